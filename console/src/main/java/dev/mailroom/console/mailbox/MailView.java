package dev.mailroom.console.mailbox;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A received mail as a person reads it. What cannot be decoded is empty; the source is always there.
 *
 * @param from the From header
 * @param messageId without angle brackets
 * @param text the first plain text
 * @param html the first HTML
 */
public record MailView(
        StoredMail mail,
        String from,
        String subject,
        String messageId,
        String text,
        String html,
        List<AttachmentView> attachments) {

    /** A part that is not a body. */
    public record AttachmentView(String name, String contentType, long size) {
    }

    /** Reads a mail. */
    public static MailView of(StoredMail mail) {
        Reading reading = new Reading();
        try {
            reading.read(new MimeMessage(
                    Session.getInstance(new Properties()), new ByteArrayInputStream(mail.source())));
        } catch (MessagingException | IOException e) {
            // Whatever was read until here is shown.
            reading.text = reading.text.isEmpty() ? "(unreadable: see the source)" : reading.text;
        }
        return new MailView(mail, reading.from, reading.subject, reading.messageId, reading.text, reading.html,
                List.copyOf(reading.attachments));
    }

    /** The mail data, read as UTF-8. */
    public String source() {
        return new String(mail.source(), StandardCharsets.UTF_8);
    }

    private static final class Reading {
        private static final int MOST_PARTS = 200;

        private String from = "";
        private String subject = "";
        private String messageId = "";
        private String text = "";
        private String html = "";
        private final List<AttachmentView> attachments = new ArrayList<>();
        private int parts;

        private void read(MimeMessage message) throws MessagingException, IOException {
            from = decoded(message.getHeader("From", ", "));
            subject = decoded(message.getHeader("Subject", " "));
            messageId = decoded(message.getMessageID()).replaceAll("[<>]", "");
            part(message);
        }

        private void part(Part part) throws MessagingException, IOException {
            if (++parts > MOST_PARTS) {
                return;
            }
            boolean attached = Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition()) || part.getFileName() != null;
            Object content = part.isMimeType("text/*") || part.isMimeType("multipart/*") ? part.getContent() : "";
            if (content instanceof Multipart multipart) {
                for (int i = 0; i < multipart.getCount(); i++) {
                    part(multipart.getBodyPart(i));
                }
            } else if (!attached && part.isMimeType("text/plain") && text.isEmpty()) {
                text = content.toString();
            } else if (!attached && part.isMimeType("text/html") && html.isEmpty()) {
                html = content.toString();
            } else {
                attachments.add(new AttachmentView(decoded(part.getFileName()), part.getContentType(), size(part)));
            }
        }

        /** Decoded; the part's own size counts Base64. */
        private static long size(Part part) throws MessagingException, IOException {
            try (InputStream content = part.getInputStream()) {
                return content.transferTo(OutputStream.nullOutputStream());
            }
        }

        private static String decoded(String header) throws IOException {
            return header == null ? "" : MimeUtility.decodeText(MimeUtility.unfold(header));
        }
    }
}
