package dev.mailroom.mime;

import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.mime.DraftException.Part;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes mails of drafts. Thread-safe; does no I/O, but for attachments that are read while the mail is written. */
public final class Composer {
    private final DateField date;
    private final MessageIds ids;

    /**
     * A composer.
     *
     * @param clock gives Date, in its zone
     * @param random gives Message-IDs and boundaries; thread-safe
     */
    public Composer(Clock clock, RandomGenerator random) {
        this.date = new DateField(clock);
        this.ids = new MessageIds(random);
    }

    /**
     * Checks a draft and renders it. The bytes need no more than 7 bits, unless an address needs SMTPUTF8; their lines
     * end with CRLF and are no longer than 998 characters.
     *
     * @throws DraftException naming the first part that is wrong, and its value
     */
    public Composed compose(Draft draft) {
        Mailbox from = MailboxParser.parse(Part.FROM, -1, draft.from());
        List<Mailbox> to = parse(Part.TO, draft.to());
        List<Mailbox> cc = parse(Part.CC, draft.cc());
        Set<String> paths = new LinkedHashSet<>();
        to.forEach(mailbox -> paths.add(mailbox.address()));
        cc.forEach(mailbox -> paths.add(mailbox.address()));
        parse(Part.BCC, draft.bcc()).forEach(mailbox -> paths.add(mailbox.address()));
        if (paths.isEmpty()) {
            throw new DraftException(Part.TO, "has no entry, nor have Cc and Bcc; name at least one recipient");
        }
        String id = draft.messageId().isEmpty() ? ids.fresh(from.domain()) : MessageIds.checked(draft.messageId());

        List<HeaderField> top = new ArrayList<>(8);
        top.add(new HeaderField("Date", date.now()));
        top.add(mailboxes("From", Part.FROM, List.of(from)));
        if (!draft.replyTo().isEmpty()) {
            top.add(mailboxes("Reply-To", Part.REPLY_TO,
                    List.of(MailboxParser.parse(Part.REPLY_TO, -1, draft.replyTo()))));
        }
        if (!to.isEmpty()) {
            top.add(mailboxes("To", Part.TO, to));
        } else if (cc.isEmpty()) {
            // A mail to Bcc alone: the empty group that RFC 5322, section 3.4 knows for this.
            top.add(new HeaderField("To", "undisclosed-recipients:;"));
        }
        if (!cc.isEmpty()) {
            top.add(mailboxes("Cc", Part.CC, cc));
        }
        top.add(new HeaderField("Message-ID", "<" + id + ">"));
        if (!draft.subject().isEmpty()) {
            top.add(subject(draft.subject()));
        }
        top.add(new HeaderField("MIME-Version", "1.0"));

        var envelope = new Envelope(from.address(), List.copyOf(paths), draft.partialSend(), draft.notification());
        return new Composed(new Mail(envelope, write(draft, top)), id);
    }

    private MailData write(Draft draft, List<HeaderField> top) {
        List<Attachment> attachments = new ArrayList<>(draft.attachments().size());
        for (int i = 0; i < draft.attachments().size(); i++) {
            attachments.add(AttachmentRule.checked(i, draft.attachments().get(i)));
        }
        boolean alone = draft.html().isEmpty() && attachments.isEmpty();
        Optional<TextBody> text = draft.text().isEmpty() && !alone
                ? Optional.empty() : Optional.of(TextBody.of(Part.TEXT, "plain", draft.text()));
        Optional<TextBody> html = draft.html().isEmpty()
                ? Optional.empty() : Optional.of(TextBody.of(Part.HTML, "html", draft.html()));
        boolean multipart = text.isPresent() && html.isPresent() || !attachments.isEmpty();
        var letter = new Letter(top, draft.extraFields(), text, html, attachments, multipart ? ids.token() : "");
        return LetterWriter.write(letter);
    }

    private static List<Mailbox> parse(Part part, List<String> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        List<Mailbox> mailboxes = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            mailboxes.add(MailboxParser.parse(part, i, entries.get(i)));
        }
        return mailboxes;
    }

    private static HeaderField mailboxes(String name, Part part, List<Mailbox> mailboxes) {
        return new HeaderField(name, FieldValues.mailboxes(name, part, mailboxes));
    }

    private static HeaderField subject(String subject) {
        for (int i = 0; i < subject.length(); i++) {
            char c = subject.charAt(i);
            if (c == '\r' || c == '\n' || c == '\0') {
                throw new DraftException(Part.SUBJECT, Visible.quoted(subject)
                        + " contains CR, LF or NUL; a subject is one line");
            }
        }
        return new HeaderField("Subject", FieldValues.text("Subject", subject));
    }
}
