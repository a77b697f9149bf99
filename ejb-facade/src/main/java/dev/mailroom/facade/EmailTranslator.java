package dev.mailroom.facade;

import dev.mailroom.DeliveryNotification.Event;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.SmtpSession.MailDefaults;
import dev.mailroom.facade.fields.EmailOrigin;
import dev.mailroom.facade.request.LocalImages;
import dev.mailroom.facade.request.MailFile;
import dev.mailroom.mime.Attachment;
import dev.mailroom.mime.Composer;
import dev.mailroom.mime.Draft;
import dev.mailroom.mime.DraftException.Part;
import dev.mailroom.mime.DraftException;
import dev.mailroom.mime.HeaderField;
import dev.mailroom.parsing.ParsedMail;
import dev.mailroom.parsing.ReceivedHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Between WLanguage's Email and the neutral draft: properties one way, names of wrong properties the other. */
final class EmailTranslator {
    private static final DeliveryNotification DELIVERY_RECEIPT =
            new DeliveryNotification(EnumSet.of(Event.SUCCESS, Event.FAILURE), true, "");

    private EmailTranslator() {
    }

    /**
     * The draft that an Email describes.
     *
     * @param usual what holds where the Email says nothing
     * @param bccInHeader write Bcc into the header, which no mail that is sent may have
     */
    static Draft draft(Email email, MailDefaults usual, boolean bccInHeader) throws MailFunctionException {
        String sender = email.getSender().isEmpty() ? usual.from() : email.getSender();
        return new Draft(
                sender,
                email.getSenderAddress().isEmpty() ? usual.replyTo() : email.getSenderAddress(),
                new Draft.Recipients(present("Recipient", email.getRecipient()),
                present("Cc", email.getCc()),
                present("Bcc", email.getBcc())),
                email.getSubject(),
                email.getMessage(),
                email.getHtml(),
                attachments(email.getAttach()),
                fields(email, sender, bccInHeader),
                email.chosenId(),
                email.isPartialSend(),
                email.isAcknowledgementOfReceipt() && !email.isDispositionNotification()
                        ? DELIVERY_RECEIPT : DeliveryNotification.NONE,
                origin(email, usual.envelopeSender()));
    }

    private static Draft.Origin origin(Email email, String usualEnvelopeSender) throws MailFunctionException {
        if (email.chosenOrigin().isEmpty()) {
            return usualEnvelopeSender.isEmpty() ? Draft.Origin.USUAL
                    : new Draft.Origin(List.of(), "", usualEnvelopeSender, Optional.empty());
        }
        EmailOrigin origin = email.chosenOrigin().get();
        present("Origin.FurtherAuthors", origin.getFurtherAuthors());
        return origin.written(usualEnvelopeSender);
    }

    private static List<HeaderField> fields(Email email, String sender, boolean bccInHeader)
            throws MailFunctionException {
        List<HeaderField> fields = new ArrayList<>(2);
        if (bccInHeader && !email.getBcc().isEmpty()) {
            fields.add(HeaderField.ofMailboxes("Bcc", Part.BCC, present("Bcc", email.getBcc())));
        }
        if (email.getPriority() == null || email.getSensitivity() == null) {
            throw Arguments.bad("Email." + (email.getPriority() == null ? "Priority" : "Sensitivity")
                    + " is null; leave it as it is");
        }
        switch (email.getPriority()) {
            case EMAIL_HIGH_PRIORITY -> {
                fields.add(new HeaderField("X-Priority", "1"));
                fields.add(new HeaderField("Importance", "High"));
            }
            case EMAIL_LOW_PRIORITY -> {
                fields.add(new HeaderField("X-Priority", "5"));
                fields.add(new HeaderField("Importance", "Low"));
            }
            default -> {
                // No field means normal.
            }
        }
        if (!email.getSensitivity().value().isEmpty()) {
            fields.add(new HeaderField("Sensitivity", email.getSensitivity().value()));
        }
        if (email.isDispositionNotification() || email.isAcknowledgementOfReceipt()) {
            String name = email.isDispositionNotification() ? "Disposition-Notification-To" : "Return-Receipt-To";
            fields.add(HeaderField.ofMailboxes(name, Part.FROM, List.of(sender)));
        }
        if (email.chosenFields().isPresent()) {
            fields.addAll(email.chosenFields().get().written());
        }
        return fields;
    }

    /** Describes a mail that was received, or imported. */
    static void fill(Email email, ParsedMail mail) {
        ReceivedHeader header = mail.header();
        email.setSender(first(header.mailboxes("From")));
        email.setSenderAddress(first(header.mailboxes("Reply-To")));
        email.setRecipient(header.mailboxes("To"));
        email.setCc(header.mailboxes("Cc"));
        email.setBcc(header.mailboxes("Bcc"));
        email.setSubject(header.text("Subject"));
        fillContent(email, mail);
        email.setId(first(header.identifiers("Message-ID")));
        email.setPriority(priority(header));
        email.setSensitivity(Arrays.stream(EmailSensitivity.values())
                .filter(one -> one.value().equalsIgnoreCase(header.text("Sensitivity").strip())).findFirst()
                .orElse(EmailSensitivity.EMAIL_NORMAL));
        email.setDispositionNotification(!header.all("Disposition-Notification-To").isEmpty());
        email.setAcknowledgementOfReceipt(!header.all("Return-Receipt-To").isEmpty());
    }

    /** Describes what is below the header. */
    static void fillContent(Email email, ParsedMail mail) {
        email.setMessage(mail.text());
        email.setHtml(mail.html());
        email.setAttach(mail.parts().stream().map(EmailAttachment::received).toList());
    }

    /** Sets HTML whose images are files of a directory. */
    static void inline(Email email, String html, Path directory) throws MailFunctionException {
        try {
            LocalImages.Inlined inlined = LocalImages.of(html, directory);
            List<String> there = email.getAttach().stream().map(EmailAttachment::identifier).toList();
            inlined.files().forEach((identifier, file) -> {
                if (!there.contains(identifier)) {
                    email.getAttach().add(EmailAttachment.file(file, "", "", identifier));
                }
            });
            email.setHtml(inlined.html());
        } catch (IOException e) {
            throw Arguments.bad("the argument <HTML> cannot be used: " + e.getMessage());
        }
    }

    /** The envelope of a mail that is a file: the Email's addresses, and the file's where it has none. */
    static Envelope envelope(Email email, MailDefaults usual, MailFile file) throws MailFunctionException {
        Draft given = draft(email, usual, false);
        ReceivedHeader header = file.fields();
        Draft.Recipients recipients = given.recipients();
        if (recipients.to().isEmpty() && recipients.cc().isEmpty() && recipients.bcc().isEmpty()) {
            recipients = new Draft.Recipients(addresses(header, "To"), addresses(header, "Cc"),
                    addresses(header, "Bcc"));
        }
        String from = email.getSender().isBlank() ? first(addresses(header, "From")) : given.from();
        return Composer.envelope(new Draft(from.isEmpty() ? given.from() : from, "", recipients, "", "", "", List.of(),
                List.of(), first(header.identifiers("Message-ID")), given.partialSend(), given.notification(),
                given.origin()), file.utf8Header());
    }

    /** Without the names, which say nothing to an envelope. */
    private static List<String> addresses(ReceivedHeader header, String name) {
        return header.mailboxes(name).stream().map(one -> one.endsWith(">") && one.indexOf('<') >= 0
                ? one.substring(one.lastIndexOf('<') + 1, one.length() - 1) : one).toList();
    }

    private static String first(List<String> values) {
        return values.isEmpty() ? "" : values.get(0);
    }

    private static EmailPriority priority(ReceivedHeader header) {
        String said = (header.text("X-Priority") + header.text("Importance")).strip().toLowerCase(Locale.ROOT);
        boolean high = said.startsWith("1") || said.startsWith("2") || said.startsWith("high");
        boolean low = said.startsWith("4") || said.startsWith("5") || said.startsWith("low");
        return high ? EmailPriority.EMAIL_HIGH_PRIORITY
                : low ? EmailPriority.EMAIL_LOW_PRIORITY : EmailPriority.EMAIL_NORMAL_PRIORITY;
    }

    private static List<String> present(String property, List<String> values) throws MailFunctionException {
        int empty = values.indexOf(null);
        if (empty >= 0) {
            throw Arguments.bad("Email." + property + "[" + (empty + 1) + "] is null; remove it");
        }
        return values;
    }

    private static List<Attachment> attachments(List<EmailAttachment> attach) throws MailFunctionException {
        List<Attachment> attachments = new ArrayList<>(attach.size());
        for (int i = 0; i < attach.size(); i++) {
            EmailAttachment file = attach.get(i);
            if (file == null) {
                throw Arguments.bad("Email.Attach[" + (i + 1) + "] is null; remove it");
            }
            try {
                attachments.add(new Attachment(file.name(), file.contentType(), file.source(), file.identifier()));
            } catch (IOException e) {
                throw Arguments.bad("Email.Attach[" + (i + 1) + "] cannot be read: " + e.getMessage()
                        + "; pass a readable file");
            }
        }
        return attachments;
    }

    /** The error of a draft, in terms of the Email that it was made of. WLanguage counts from 1. */
    static String inWords(DraftException e) {
        String number = e.index() < 0 ? "" : "[" + (e.index() + 1) + "]";
        String property = switch (e.part()) {
            case FROM -> "Sender";
            case FURTHER_FROM -> "Origin.FurtherAuthors" + number;
            case SENDER -> "Origin.Transmitter";
            case ENVELOPE_SENDER -> "Origin.EnvelopeSender";
            case DATE -> "Origin.Date";
            case REPLY_TO -> "SenderAddress";
            case TO -> "Recipient" + number;
            case CC -> "Cc" + number;
            case BCC -> "Bcc" + number;
            case SUBJECT -> "Subject";
            case TEXT -> "Message";
            case HTML -> "HTML";
            case ATTACHMENT_NAME -> "Attach" + number + ".Name";
            case ATTACHMENT_TYPE -> "Attach" + number + ".ContentType";
            case ATTACHMENT_ID -> "Attach" + number + ".Identifier";
            case ATTACHMENT_CONTENT -> "Attach" + number + ".Content";
            case EXTRA_FIELD -> "header";
            case MESSAGE_ID -> "ID";
        };
        return "Email." + property + " " + e.problem();
    }
}
