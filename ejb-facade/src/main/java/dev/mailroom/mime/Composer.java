package dev.mailroom.mime;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.mime.DraftException.Part;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Makes mails of drafts. Thread-safe. Attachments are read while the mail is written; composing reads the beginning of
 * one whose name does not tell its type, and an attached mail once.
 */
public final class Composer {
    private static final String ID = "{id}";
    /** RFC 5321, section 4.5.3.1. */
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_ADDRESS = 254;
    /** The null reverse-path. */
    private static final String NOBODY = "<>";

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
     * Checks a draft and renders it. The bytes need no more than 7 bits, unless an address needs SMTPUTF8 or an
     * attached mail has 8; their lines end with CRLF and are no longer than 998 characters.
     *
     * @throws DraftException naming the first part that is wrong, and its value
     */
    public ComposedMail compose(Draft draft) {
        Mailbox from = MailboxParser.parse(Part.FROM, -1, draft.from());
        List<Mailbox> to = parse(Part.TO, draft.recipients().to());
        List<Mailbox> cc = parse(Part.CC, draft.recipients().cc());
        List<String> paths = forwardPaths(to, cc, parse(Part.BCC, draft.recipients().bcc()));
        String id = draft.messageId().isEmpty() ? ids.fresh(from.domain()) : MessageIds.checked(draft.messageId());

        List<HeaderField> top = new ArrayList<>(8);
        Draft.Origin origin = draft.origin();
        top.add(new HeaderField("Date", origin.date().isEmpty() ? date.now() : date.of(origin.date().get())));
        top.add(mailboxes("From", authors(from, origin.furtherFrom())));
        if (!origin.sender().isEmpty()) {
            top.add(mailboxes("Sender", List.of(MailboxParser.parse(Part.SENDER, -1, origin.sender()))));
        } else if (!origin.furtherFrom().isEmpty()) {
            top.add(mailboxes("Sender", List.of(from)));
        }
        if (!draft.replyTo().isEmpty()) {
            top.add(mailboxes("Reply-To",
                    List.of(MailboxParser.parse(Part.REPLY_TO, -1, draft.replyTo()))));
        }
        if (!to.isEmpty()) {
            top.add(mailboxes("To", to));
        } else if (cc.isEmpty()) {
            // A mail to Bcc alone: the empty group that RFC 5322, section 3.4 knows for this.
            top.add(new HeaderField("To", "undisclosed-recipients:;"));
        }
        if (!cc.isEmpty()) {
            top.add(mailboxes("Cc", cc));
        }
        top.add(new HeaderField("Message-ID", "<" + id + ">"));
        if (!draft.subject().isEmpty()) {
            top.add(subject(draft.subject()));
        }
        top.add(new HeaderField("MIME-Version", "1.0"));

        Rendering written = write(draft, top);
        var envelope = new Envelope(reversePath(origin.envelopeSender(), id, from), paths, draft.partialSend(),
                identified(draft.notification(), id), written.utf8Header());
        return new ComposedMail(new Mail(envelope, written.mail()), id);
    }

    /**
     * The envelope of a mail that is there already: of a draft whose addresses alone are looked at.
     *
     * @param utf8Header see {@link Envelope#utf8Header}
     * @throws DraftException naming the first address that is wrong
     */
    public static Envelope envelope(Draft draft, boolean utf8Header) {
        Mailbox from = MailboxParser.parse(Part.FROM, -1, draft.from());
        List<String> paths = forwardPaths(parse(Part.TO, draft.recipients().to()),
                parse(Part.CC, draft.recipients().cc()), parse(Part.BCC, draft.recipients().bcc()));
        String id = draft.messageId().indexOf('@') > 0 ? draft.messageId() : "mail@" + from.domain();
        return new Envelope(reversePath(draft.origin().envelopeSender(), id, from), paths, draft.partialSend(),
                draft.notification(), utf8Header);
    }

    /**
     * The domain of an address, as A-labels.
     *
     * @throws DraftException saying what is wrong with the address, by the rule of every mail that is composed
     */
    public static String domain(String address) {
        return Domains.ascii(MailboxParser.parse(Part.TO, -1, address).domain());
    }

    private static List<Mailbox> authors(Mailbox first, List<String> further) {
        if (further.isEmpty()) {
            return List.of(first);
        }
        List<Mailbox> authors = new ArrayList<>(List.of(first));
        authors.addAll(parse(Part.FURTHER_FROM, further));
        return authors;
    }

    private static String reversePath(String wanted, String id, Mailbox from) {
        if (wanted.isEmpty()) {
            return from.address();
        }
        if (wanted.strip().equals(NOBODY)) {
            return "";
        }
        // Looked at for itself, so that a Message-ID is never what makes it wrong.
        Mailbox mailbox = MailboxParser.parse(Part.ENVELOPE_SENDER, -1, wanted.replace(ID, "x"));
        if (!mailbox.name().isEmpty()) {
            throw new DraftException(Part.ENVELOPE_SENDER, PrintableValue.quoted(wanted)
                    + " has a name; expected an address alone, <> or an address with {id} in it");
        }
        return wanted.contains(ID) ? withId(wanted.strip(), id.substring(0, id.indexOf('@')), from)
                : mailbox.address();
    }

    /** A Message-ID may have on its left what no address may: a mail must not fail for it. */
    private static String withId(String wanted, String left, Mailbox from) {
        String rest = wanted.replace(ID, "");
        int places = (wanted.length() - rest.length()) / ID.length();
        int room = Math.min(LONGEST_LOCAL - AddressRule.octets(rest.substring(0, rest.lastIndexOf('@'))),
                LONGEST_ADDRESS - AddressRule.octets(rest)) / places;
        String safe = left.replaceAll("[^A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]|^\\.|\\.$|(?<=\\.)\\.", "-");
        if (safe.length() > room) {
            // Cut, two may be equal: the number tells them apart.
            String number = Integer.toHexString(left.hashCode());
            safe = room < number.length() ? "" : safe.substring(0, room - number.length()).replaceAll("\\.$", "-")
                    + number;
        }
        try {
            return MailboxParser.parse(Part.ENVELOPE_SENDER, -1, wanted.replace(ID, safe)).address();
        } catch (DraftException noRoomForIt) {
            return from.address();
        }
    }

    /** Reports that are asked for name the mail even where they bring back no part of it (RFC 3461, section 4.4). */
    private static DeliveryNotification identified(DeliveryNotification wanted, String id) {
        if (wanted.events().isEmpty()) {
            return wanted;
        }
        // These two are written as three characters each.
        long written = id.length() + 2 * id.chars().filter(c -> c == '+' || c == '=').count();
        return written > DeliveryNotification.LONGEST_ENVELOPE_ID ? wanted
                : new DeliveryNotification(wanted.events(), wanted.headersOnly(), id);
    }

    /** Each recipient once, even if named twice. */
    private static List<String> forwardPaths(List<Mailbox> to, List<Mailbox> cc, List<Mailbox> bcc) {
        Map<String, String> paths = new LinkedHashMap<>();
        to.forEach(mailbox -> paths.putIfAbsent(mailbox.comparable(), mailbox.address()));
        cc.forEach(mailbox -> paths.putIfAbsent(mailbox.comparable(), mailbox.address()));
        bcc.forEach(mailbox -> paths.putIfAbsent(mailbox.comparable(), mailbox.address()));
        if (paths.isEmpty()) {
            throw new DraftException(Part.TO, "has no entry, nor have Cc and Bcc; name at least one recipient");
        }
        return List.copyOf(paths.values());
    }

    private Rendering write(Draft draft, List<HeaderField> top) {
        List<CheckedFile> attachments = new ArrayList<>(draft.attachments().size());
        for (int i = 0; i < draft.attachments().size(); i++) {
            attachments.add(AttachmentRule.checked(i, draft.attachments().get(i)));
        }
        boolean alone = draft.html().isEmpty() && attachments.isEmpty();
        Optional<TextBody> text = draft.text().isEmpty() && !alone
                ? Optional.empty() : Optional.of(TextBody.of(Part.TEXT, "plain", draft.text()));
        Optional<TextBody> html = draft.html().isEmpty()
                ? Optional.empty() : Optional.of(TextBody.of(Part.HTML, "html", draft.html()));
        boolean multipart = text.isPresent() && html.isPresent() || !attachments.isEmpty();
        var checked = new CheckedDraft(top, draft.extraFields(), text, html, attachments, multipart ? ids.token() : "");
        return MailWriter.write(checked);
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

    private static HeaderField mailboxes(String name, List<Mailbox> mailboxes) {
        return new HeaderField(name, FieldValues.mailboxes(name, mailboxes));
    }

    private static HeaderField subject(String subject) {
        HeaderValueRule.check(Part.SUBJECT, -1, subject);
        return new HeaderField("Subject", FieldValues.text("Subject", subject));
    }
}
