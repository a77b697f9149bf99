package dev.mailroom.facade.fields;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which header fields an application may add: none that the envelope, the server or Mailroom itself writes. */
final class FieldNames {
    /** RFC 5322, section 2.2, allows more than tokens; no reader of mails needs more. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,74}[A-Za-z0-9])?");
    /** Fields that a property of the Email writes. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            entry("from", "Sender"), entry("sender", "Origin.Transmitter"), entry("reply-to", "SenderAddress"),
            entry("to", "Recipient"), entry("cc", "Cc"), entry("bcc", "Bcc"), entry("subject", "Subject"),
            entry("date", "Origin.Date"), entry("message-id", "ID"), entry("in-reply-to", "Fields.InReplyTo"),
            entry("references", "Fields.References"), entry("auto-submitted", "Fields.AutoSubmitted"),
            entry("list-unsubscribe", "Fields.unsubscribe"), entry("list-unsubscribe-post", "Fields.unsubscribe"),
            entry("return-path", "Origin.EnvelopeSender"), entry("x-priority", "Priority"),
            entry("importance", "Priority"), entry("sensitivity", "Sensitivity"),
            entry("disposition-notification-to", "DispositionNotification"),
            entry("return-receipt-to", "AcknowledgementOfReceipt"));
    /** Written by servers, by who signs, or with the content. */
    private static final Set<String> OTHERS = Set.of("received", "mime-version", "delivered-to", "x-original-to",
            "dkim-signature", "domainkey-signature", "received-spf", "authentication-results", "dispatched-to",
            "apparently-to", "resent-bcc", "tls-required");
    private static final Set<String> BEGINNINGS = Set.of("content-", "resent-", "arc-", "x-mailroom-");

    private FieldNames() {
    }

    /** Why that field cannot be added; empty = it can. */
    static Optional<String> wrong(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            return Optional.of("is not the name of a header field; expected at most 76 letters, digits and hyphens");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        String property = PROPERTIES.get(lower);
        if (property != null) {
            return Optional.of("is written by Mailroom; set Email." + property);
        }
        boolean others = OTHERS.contains(lower) || BEGINNINGS.stream().anyMatch(lower::startsWith);
        return others ? Optional.of("is not an application's field: servers, or the content, write it; choose another"
                + " name") : Optional.empty();
    }
}
