package dev.mailroom.facade;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.mime.Attachment;
import dev.mailroom.mime.Content;
import dev.mailroom.mime.Draft;
import dev.mailroom.mime.DraftException;
import java.util.ArrayList;
import java.util.List;

/** Between WLanguage's Email and the neutral draft: properties one way, names of wrong properties the other. */
final class EmailTranslator {
    private EmailTranslator() {
    }

    /** The draft that an Email describes. */
    static Draft draft(Email email) throws MailFunctionException {
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
                List.of(),
                present("ID", email.chosenId()),
                email.isPartialSend(),
                DeliveryNotification.NONE);
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
            attachments.add(new Attachment(
                    file.name(), file.contentType(), Content.of(file.content()), file.identifier()));
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
            case ATTACHMENT_CONTENT -> "Attach" + number + ".Content";
            case EXTRA_FIELD -> "header";
            case MESSAGE_ID -> "ID";
        };
        return "Email." + property + " " + e.problem();
    }
}
