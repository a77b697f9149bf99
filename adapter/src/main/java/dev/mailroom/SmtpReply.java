package dev.mailroom;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A server's reply (RFC 5321, section 4.2).
 *
 * @param code three digits, 200 to 599; 0 for {@link #NONE}
 * @param enhancedStatus class.subject.detail (RFC 3463), or empty
 * @param text the text without codes, lines joined by one LF, control characters removed
 */
public record SmtpReply(int code, String enhancedStatus, String text) {
    /** No reply was received. */
    public static final SmtpReply NONE = new SmtpReply(0, "", "");

    private static final Pattern ENHANCED = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?:\\s+|$)");

    /** Checks every value. */
    public SmtpReply {
        if (code != 0 && (code < 200 || code > 599)) {
            throw new IllegalArgumentException("a reply code is between 200 and 599, was " + code);
        }
        Objects.requireNonNull(enhancedStatus, "enhancedStatus");
        Objects.requireNonNull(text, "text");
    }

    /** Splits the enhanced status code, where there is one, from the text of the last line read. */
    public static SmtpReply of(int code, String text) {
        var matcher = ENHANCED.matcher(text);
        String enhanced = matcher.lookingAt() && matcher.group(1).charAt(0) - '0' == code / 100 ? matcher.group(1) : "";
        String rest = enhanced.isEmpty() ? text : text.substring(matcher.end()).replace("\n" + enhanced + " ", "\n");
        return new SmtpReply(code, enhanced, printable(rest));
    }

    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "").strip();
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

    /** The reply on one line, as a log or an error message shows it. */
    @Override
    public String toString() {
        String line = (code + " " + enhancedStatus).strip() + " " + text.replace('\n', ' ');
        return isPresent() ? line.strip() : "no reply";
    }
}
