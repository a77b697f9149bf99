package dev.mailroom.facade;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.DeliveryNotification.Event;
import dev.mailroom.mime.Attachment;
import dev.mailroom.mime.Draft;
import dev.mailroom.mime.DraftException;
import dev.mailroom.mime.DraftException.Part;
import dev.mailroom.mime.HeaderField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Between WLanguage's Email and the neutral draft: properties one way, names of wrong properties the other. */
final class EmailTranslator {
    private static final DeliveryNotification DELIVERY_RECEIPT =
            new DeliveryNotification(EnumSet.of(Event.SUCCESS, Event.FAILURE), true, "");

    private EmailTranslator() {
    }

    /**
     * The draft that an Email describes.
     *
     * @param bccInHeader write Bcc into the header, which no mail that is sent may have
     */
    static Draft draft(Email email, boolean bccInHeader) throws MailFunctionException {
        return new Draft(
                present("Sender", email.getSender()),
                present("SenderAddress", email.getSenderAddress()),
                present("Recipient", email.getRecipient()),
                present("Cc", email.getCc()),
                present("Bcc", email.getBcc()),
                present("Subject", email.getSubject()),
                present("Message", email.getMessage()),
                present("HTML", email.getHtml()),
                attachments(email.getAttach()),
                fields(email, bccInHeader),
                present("ID", email.chosenId()),
                email.isPartialSend(),
                email.isAcknowledgementOfReceipt() && !email.isDispositionNotification()
                        ? DELIVERY_RECEIPT : DeliveryNotification.NONE);
    }

    private static List<HeaderField> fields(Email email, boolean bccInHeader) throws MailFunctionException {
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
                // Normal is what everybody assumes.
            }
        }
        if (!email.getSensitivity().value().isEmpty()) {
            fields.add(new HeaderField("Sensitivity", email.getSensitivity().value()));
        }
        if (email.isDispositionNotification() || email.isAcknowledgementOfReceipt()) {
            String name = email.isDispositionNotification() ? "Disposition-Notification-To" : "Return-Receipt-To";
            fields.add(HeaderField.ofMailboxes(name, Part.FROM, List.of(email.getSender())));
        }
        return fields;
    }

    private static String present(String property, String value) throws MailFunctionException {
        if (value == null) {
            throw Arguments.bad("Email." + property + " is null; leave it empty");
        }
        return value;
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
                attachments.add(new Attachment(file.name(), file.contentType(), file.open(), file.identifier()));
            } catch (IOException e) {
                throw Arguments.bad("Email.Attach[" + (i + 1) + "] cannot be read: " + e.getMessage()
                        + "; pass a readable file");
            }
        }
        return attachments;
    }

    /** What is wrong with a draft, said of the Email it came from. WLanguage counts from 1. */
    static String inWords(DraftException e) {
        String number = e.index() < 0 ? "" : "[" + (e.index() + 1) + "]";
        String property = switch (e.part()) {
            case FROM -> "Sender";
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
            case EXTRA_FIELD -> "header";
            case MESSAGE_ID -> "ID";
        };
        return "Email." + property + " " + e.problem();
    }
}
