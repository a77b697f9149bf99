package dev.mailroom.bounces;

import dev.mailroom.parsing.MailParser;
import dev.mailroom.parsing.ParsedMail;
import dev.mailroom.parsing.ParsedPart;
import dev.mailroom.parsing.ReceivedHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells delivery reports from other mails, and reads them. Stateless; never throws. */
public final class DeliveryReportReader {
    private static final String STATUS_PART = "message/delivery-status";
    private static final String GLOBAL_STATUS_PART = "message/global-delivery-status";

    private DeliveryReportReader() {
    }

    /**
     * Reads a mail.
     *
     * @param source its octets
     * @return empty = it is no delivery report, or none that names a recipient
     */
    public static Optional<DeliveryReport> read(byte[] source) {
        ParsedMail mail = MailParser.parse(source);
        Optional<ParsedPart> status = part(mail, STATUS_PART).or(() -> part(mail, GLOBAL_STATUS_PART));
        return status.isPresent() ? standard(mail, status.get()) : InformalBounces.read(mail);
    }

    private static Optional<DeliveryReport> standard(ParsedMail mail, ParsedPart status) {
        List<ReceivedHeader> groups = groups(status.content());
        String envelopeId = "";
        Set<RecipientReport> recipients = new LinkedHashSet<>();
        for (ReceivedHeader group : groups) {
            if (envelopeId.isEmpty()) {
                envelopeId = Xtext.decode(group.text("Original-Envelope-Id").strip());
            }
            if (recipients.size() < InformalBounces.MOST_RECIPIENTS) {
                recipient(group).ifPresent(recipients::add);
            }
        }
        return recipients.isEmpty() ? Optional.empty()
                : Optional.of(new DeliveryReport(messageId(mail), envelopeId, to(mail), List.copyOf(recipients)));
    }

    /** Groups of fields, separated by empty lines (RFC 3464, section 2.1). */
    private static List<ReceivedHeader> groups(byte[] fields) {
        List<ReceivedHeader> groups = new ArrayList<>();
        int begin = 0;
        int at = 0;
        while (at < fields.length) {
            int end = lineEnd(fields, at);
            if (isEmpty(fields, at, end)) {
                add(groups, fields, begin, at);
                begin = end;
            }
            at = end;
        }
        add(groups, fields, begin, fields.length);
        return groups;
    }

    private static void add(List<ReceivedHeader> groups, byte[] fields, int from, int to) {
        if (to > from) {
            groups.add(MailParser.header(Arrays.copyOfRange(fields, from, to)));
        }
    }

    private static int lineEnd(byte[] octets, int from) {
        int at = from;
        while (at < octets.length && octets[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, octets.length);
    }

    private static boolean isEmpty(byte[] octets, int from, int to) {
        for (int at = from; at < to; at++) {
            if (octets[at] != '\r' && octets[at] != '\n' && octets[at] != ' ' && octets[at] != '\t') {
                return false;
            }
        }
        return true;
    }

    private static Optional<RecipientReport> recipient(ReceivedHeader group) {
        String address = mailbox(group.text("Final-Recipient"));
        String original = mailbox(group.text("Original-Recipient"));
        Optional<DeliveryAction> action = action(group.text("Action"));
        if (address.isEmpty() && original.isEmpty() || action.isEmpty()) {
            return Optional.empty();
        }
        String status = InformalBounces.status(group.text("Status"));
        return Optional.of(new RecipientReport(address, original, action.get(), status,
                typed(group.text("Diagnostic-Code"))));
    }

    /** What stands behind {@code rfc822;}. */
    private static String mailbox(String field) {
        String mailbox = typed(field);
        boolean encoded = field.toLowerCase(Locale.ROOT).startsWith("rfc822");
        String bare = mailbox.startsWith("<") && mailbox.endsWith(">")
                ? mailbox.substring(1, mailbox.length() - 1) : mailbox;
        return encoded ? Xtext.decode(bare) : bare;
    }

    private static String typed(String field) {
        int type = field.indexOf(';');
        return field.substring(type + 1).replaceAll("\\s+", " ").strip();
    }

    private static Optional<DeliveryAction> action(String field) {
        String word = field.strip().split("[\\s(]", 2)[0].toUpperCase(Locale.ROOT);
        for (DeliveryAction action : DeliveryAction.values()) {
            if (action.name().equals(word)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    /** That of the mail that came back, or of what the report answers. */
    private static String messageId(ParsedMail report) {
        for (ParsedPart part : report.parts()) {
            String type = part.contentType().toLowerCase(Locale.ROOT);
            if (type.startsWith("message/rfc822") || type.startsWith("message/global")
                    || type.startsWith("text/rfc822-headers")) {
                Optional<String> id = first(MailParser.header(part.content()), "Message-ID");
                if (id.isPresent()) {
                    return id.get();
                }
            }
        }
        return first(report.header(), "In-Reply-To").orElse("");
    }

    /** Where it came to: first what the receiving server has noted of the envelope. */
    static List<String> to(ParsedMail report) {
        return Stream.of("Delivered-To", "X-Original-To", "Envelope-To", "To")
                .flatMap(field -> report.header().mailboxes(field).stream())
                .map(mailbox -> mailbox.endsWith(">") ? mailbox.substring(mailbox.lastIndexOf('<') + 1,
                        mailbox.length() - 1) : mailbox)
                .distinct().limit(10).toList();
    }

    static Optional<String> first(ReceivedHeader header, String field) {
        return header.identifiers(field).stream().findFirst();
    }

    private static Optional<ParsedPart> part(ParsedMail mail, String type) {
        return mail.parts().stream()
                .filter(part -> part.contentType().toLowerCase(Locale.ROOT).startsWith(type)).findFirst();
    }
}
