package dev.mailroom.mime;

import dev.mailroom.DeliveryNotification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A mail as its author describes it; nothing is checked before {@link Composer#compose}. Empty strings and lists stand
 * for what is not there. Mailboxes are written {@code name <address>} or {@code address}, one in each string.
 *
 * @param from the author and, as an address, the reverse-path
 * @param replyTo where answers go; empty = to the author
 * @param recipients who gets the mail
 * @param subject one line of any characters
 * @param text the plain text body, line ends of any kind
 * @param html the HTML body; with a text as well the mail is multipart/alternative
 * @param attachments files that travel along
 * @param extraFields further header fields, ready for the header
 * @param messageId with or without angle brackets; empty = a fresh one
 * @param partialSend see {@link dev.mailroom.Envelope#partialSend}
 * @param notification see {@link dev.mailroom.Envelope#notification}
 * @param origin what is said of its origin beside the author
 */
public record Draft(
        String from,
        String replyTo,
        Recipients recipients,
        String subject,
        String text,
        String html,
        List<Attachment> attachments,
        List<HeaderField> extraFields,
        String messageId,
        boolean partialSend,
        DeliveryNotification notification,
        Origin origin) {

    /** A draft of which nothing but its author is said of its origin. */
    public Draft(String from, String replyTo, Recipients recipients, String subject, String text, String html,
            List<Attachment> attachments, List<HeaderField> extraFields, String messageId, boolean partialSend,
            DeliveryNotification notification) {
        this(from, replyTo, recipients, subject, text, html, attachments, extraFields, messageId, partialSend,
                notification, Origin.USUAL);
    }

    /** The same under that Message-ID; empty = a fresh one. */
    public Draft withMessageId(String id) {
        return new Draft(from, replyTo, recipients, subject, text, html, attachments, extraFields, id, partialSend,
                notification, origin);
    }

    /**
     * Whom a mail comes from beside its author, and when.
     *
     * @param furtherFrom those who wrote it together with the author
     * @param sender who sends it for them (RFC 5322, section 3.6.2); empty = where there are several, the author
     * @param envelopeSender the reverse-path, in which <code>{id}</code> stands for what is before the at sign of the
     *     Message-ID; {@code <>} = the null reverse-path; empty = the author's address
     * @param date the field Date; empty = now
     */
    public record Origin(List<String> furtherFrom, String sender, String envelopeSender, Optional<Instant> date) {
        /** The author alone, now. */
        public static final Origin USUAL = new Origin(List.of(), "", "", Optional.empty());
    }

    /**
     * Who gets a mail.
     *
     * @param to those named in the header
     * @param cc more of them, named there as well
     * @param bcc those in the envelope only
     */
    public record Recipients(List<String> to, List<String> cc, List<String> bcc) {
        /** Nobody but these, named in the header. */
        public static Recipients of(List<String> to) {
            return new Recipients(to, List.of(), List.of());
        }
    }

    /** The shortest draft that can be sent: everything else is empty. */
    public static Draft of(String from, List<String> to, String subject, String text) {
        return new Draft(from, "", Recipients.of(to), subject, text, "", List.of(), List.of(), "", false,
                DeliveryNotification.NONE);
    }
}
