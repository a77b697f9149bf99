package dev.mailroom;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A server's reply (RFC 5321, section 4.2).
 *
 * @param code three digits, 200 to 599; 0 for {@link #NONE}
 * @param enhancedStatus class.subject.detail (RFC 3463), or empty
 * @param text the text without codes, lines joined by one LF, control characters removed, invisible ones escaped
 */
public record SmtpReply(int code, String enhancedStatus, String text) {
    /** No reply was received. */
    public static final SmtpReply NONE = new SmtpReply(0, "", "");

    private static final String MAILS = "(e-?mails|mails|messages|transactions)";
    private static final Pattern NUMBER_OF_MAILS = Pattern.compile("too many (mail |smtp )?" + MAILS
            + "|(maximum|max\\.?|limit)( number)?( of)?( \\d+)? " + MAILS
            + "|\\b(mail|message|transaction|batch)( count)? limit|\\b" + MAILS + "\\b.{0,40}(limit|maximum|exceed)");
    private static final Pattern CONNECTION = Pattern.compile("\\b(connection|session|batch)\\b");
    private static final Pattern TIME =
            Pattern.compile("\\b(second|minute|hour|hourly|day|daily|today|week|month)s?\\b");

    /** Checks every value. */
    public SmtpReply {
        if (code != 0 && (code < 200 || code > 599)) {
            throw new IllegalArgumentException("a reply code is between 200 and 599, was " + code);
        }
        Objects.requireNonNull(enhancedStatus, "enhancedStatus");
        Objects.requireNonNull(text, "text");
    }

    /** Splits the enhanced status code, where there is one, from the text; lines are separated by one LF. */
    public static SmtpReply of(int code, String text) {
        int end = enhancedEnd(text, code);
        String enhanced = text.substring(0, end);
        int start = end;
        // Every mail has a reply: what would only be cut off again is not copied first.
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        String rest = text.substring(start);
        if (end > 0 && rest.indexOf('\n') >= 0) {
            rest = rest.replace("\n" + enhanced + " ", "\n");
        }
        return new SmtpReply(code, enhanced, printable(rest));
    }

    /** Where class.subject.detail at the beginning of the text ends; 0 = there is none of the reply's class. */
    private static int enhancedEnd(String text, int code) {
        if (text.length() < 5 || text.charAt(0) - '0' != code / 100 || text.charAt(1) != '.') {
            return 0;
        }
        int subject = digitsEnd(text, 2);
        if (subject == 2 || subject == text.length() || text.charAt(subject) != '.') {
            return 0;
        }
        int detail = digitsEnd(text, subject + 1);
        boolean ends = detail == text.length() || Character.isWhitespace(text.charAt(detail));
        return detail > subject + 1 && ends ? detail : 0;
    }

    private static int digitsEnd(String text, int from) {
        int i = from;
        while (i < text.length() && i < from + 3 && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private static String printable(String text) {
        boolean clean = true;
        for (int i = 0; clean && i < text.length(); i++) {
            char c = text.charAt(i);
            clean = !Character.isISOControl(c) || c == '\n' || c == '\t';
        }
        return VisibleText.of(clean ? text : text.replaceAll("[\\p{Cc}&&[^\n\t]]", "")).strip();
    }

    /** Whether the server said anything at all. */
    public boolean isPresent() {
        return code != 0;
    }

    /** 4yz: trying again later may succeed. */
    public boolean isTransient() {
        return code / 100 == 4;
    }

    /** 5yz: trying again will not help. */
    public boolean isPermanent() {
        return code / 100 == 5;
    }

    /** "Too many recipients" (RFC 3463, X.5.3), which some servers say of recipients or mails of the connection. */
    public boolean saysTooManyRecipients() {
        return enhancedStatus.isEmpty() ? text.toLowerCase(Locale.ROOT).contains("too many recipients")
                : enhancedStatus.startsWith(".5.3", 1) && enhancedStatus.length() == 5;
    }

    /**
     * Whether it plainly speaks of the number of mails that the server takes on one connection, such as "too many
     * messages in this session" or "maximum number of messages per connection exceeded"; not of an address (X.1.z,
     * X.2.z), nor of a number per time.
     */
    public boolean speaksOfMailsPerConnection() {
        String words = text.toLowerCase(Locale.ROOT);
        return !enhancedStatus.startsWith(".1.", 1) && !enhancedStatus.startsWith(".2.", 1)
                && NUMBER_OF_MAILS.matcher(words).find() && CONNECTION.matcher(words).find()
                && !TIME.matcher(words).find();
    }

    /** The reply on one line, as a log or an error message shows it. */
    @Override
    public String toString() {
        String line = (code + " " + enhancedStatus).strip() + " " + text.replace('\n', ' ');
        return isPresent() ? line.strip() : "no reply";
    }
}
