package dev.mailroom.bounces;

import dev.mailroom.parsing.MailParser;
import dev.mailroom.parsing.ParsedMail;
import dev.mailroom.parsing.ParsedPart;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reports that are written for people only: the forms of Exim (a field X-Failed-Recipients), of qmail and of Postfix's
 * older versions ({@code <mailbox>: reason}). A mail is taken for one only if it says that it comes from a mail system
 * and names the mail that came back, if only by the address it came to; what is unclear is no report.
 */
final class InformalBounces {
    private static final Pattern STATUS = Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");
    private static final Pattern REPLY = Pattern.compile("(?<![\\d.])5\\d\\d[ -]");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^[ \\t>]*Message-ID:\\s*<([^<>\\s]{1,998})>");
    /** At the begin of a line: a mailbox in angle brackets and a colon, as qmail and Postfix write it. */
    private static final Pattern NAMED = Pattern.compile(
            "(?m)^[ \\t]*<([^<>\\s@]{1,64}@[^<>\\s]{1,255})>[^\\n]{0,200}:");
    private static final Pattern COPY = Pattern.compile("(?im)^[ \\t>]*(?:Return-Path|Received|Message-ID):");
    /** How much of a text is looked at. */
    private static final int MOST = 100_000;
    static final int MOST_RECIPIENTS = 1_000;
    private static final int LONGEST_REASON = 1_000;

    private InformalBounces() {
    }

    static Optional<DeliveryReport> read(ParsedMail mail) {
        if (!fromMailSystem(mail)) {
            return Optional.empty();
        }
        String text = mail.text().length() > MOST ? mail.text().substring(0, MOST) : mail.text();
        String id = messageId(mail, text);
        String speech = beforeCopy(text);
        List<RecipientReport> recipients = failed(mail, speech);
        if (recipients.isEmpty()) {
            return Optional.empty();
        }
        DeliveryReport report = new DeliveryReport(id, "", DeliveryReportReader.to(mail), recipients);
        return report.messageIds().isEmpty() ? Optional.empty() : Optional.of(report);
    }

    /** RFC 3834, section 4, and RFC 5321, section 4.5.5: no sender to answer to, or the mail system's own name. */
    private static boolean fromMailSystem(ParsedMail mail) {
        String from = mail.header().text("From").toLowerCase(Locale.ROOT);
        boolean named = from.contains("mailer-daemon") || from.contains("postmaster")
                || from.contains("mail delivery s");
        boolean nobody = mail.header().text("Return-Path").strip().equals("<>");
        return named || nobody && !mail.header().text("Auto-Submitted").toLowerCase(Locale.ROOT).startsWith("auto-gen");
    }

    private static List<RecipientReport> failed(ParsedMail mail, String speech) {
        Set<String> mailboxes = new LinkedHashSet<>();
        for (String field : mail.header().all("X-Failed-Recipients")) {
            for (String mailbox : field.split("[,\\s]+")) {
                if (mailbox.indexOf('@') > 0 && mailboxes.size() < MOST_RECIPIENTS) {
                    mailboxes.add(mailbox);
                }
            }
        }
        List<RecipientReport> recipients = new ArrayList<>();
        for (String mailbox : mailboxes) {
            recipients.add(report(mailbox, reasonBehind(speech, speech.indexOf(mailbox), mailbox.length())));
        }
        return mailboxes.isEmpty() ? named(speech) : recipients;
    }

    /** Without such a field only a mailbox whose reason is a permanent refusal counts. */
    private static List<RecipientReport> named(String speech) {
        List<RecipientReport> recipients = new ArrayList<>();
        Matcher named = NAMED.matcher(speech);
        while (named.find() && recipients.size() < MOST_RECIPIENTS) {
            String reason = reasonBehind(speech, named.start(1), named.group(1).length());
            if (REPLY.matcher(reason).find() || status(reason).startsWith("5.")) {
                recipients.add(report(named.group(1), reason));
            }
        }
        return recipients;
    }

    private static RecipientReport report(String mailbox, String reason) {
        return new RecipientReport(mailbox, "", DeliveryAction.FAILED, status(reason), reason);
    }

    /** What stands behind the mailbox, up to the next empty line, on one line. */
    private static String reasonBehind(String speech, int at, int length) {
        if (at < 0) {
            return "";
        }
        String rest = speech.substring(at + length, Math.min(speech.length(), at + length + 2 * LONGEST_REASON));
        int end = rest.indexOf("\n\n");
        String reason = (end < 0 ? rest : rest.substring(0, end)).replaceAll("\\s+", " ")
                .replaceFirst("^[>:\\s]+", "").strip();
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    }

    /** The first enhanced status code; empty = there is none. */
    static String status(String text) {
        Matcher status = STATUS.matcher(text);
        return status.find() ? status.group(1) : "";
    }

    private static String messageId(ParsedMail mail, String text) {
        for (ParsedPart part : mail.parts()) {
            if (part.contentType().toLowerCase(Locale.ROOT).startsWith("message/rfc822")) {
                Optional<String> id = DeliveryReportReader.first(MailParser.header(part.content()), "Message-ID");
                if (id.isPresent()) {
                    return id.get();
                }
            }
        }
        Matcher copied = MESSAGE_ID.matcher(text);
        return copied.find() ? copied.group(1)
                : DeliveryReportReader.first(mail.header(), "In-Reply-To").orElse("");
    }

    /** Without the mail that came back, whose lines may look like anything. */
    private static String beforeCopy(String text) {
        Matcher copy = COPY.matcher(text);
        return copy.find() ? text.substring(0, copy.start()) : text;
    }
}
