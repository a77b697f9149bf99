package dev.mailroom.mime;

import dev.mailroom.MailData;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.ParameterList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Writes letters with attachments with Jakarta Mail: {@code mixed} around {@code alternative} around {@code related},
 * as far as the letter needs them. Thread-safe.
 */
final class StructuredWriter {
    // Of no server: it only makes Jakarta Mail write header fields in UTF-8, which addresses under SMTPUTF8 need.
    private final Session session;

    StructuredWriter() {
        Properties settings = new Properties();
        settings.setProperty("mail.mime.allowutf8", "true");
        session = Session.getInstance(settings);
    }

    MailData write(Letter letter) {
        try {
            MimeMessage message = new KeepsItsId(session);
            for (HeaderField field : letter.top()) {
                message.setHeader(field.name(), field.value());
            }
            for (HeaderField field : letter.extra()) {
                message.addHeader(field.name(), field.value());
            }
            new Layout(letter).into(message);
            GapStream out = new GapStream();
            message.writeTo(out);
            return out.mail();
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("Jakarta Mail could not write the mail", e);
        }
    }

    /** The value of Content-Type of a multipart. */
    static String multipart(String subtype, String boundary, String type) {
        ParameterList parameters = new ParameterList();
        parameters.set("boundary", boundary);
        if (!type.isEmpty()) {
            parameters.set("type", type);
        }
        return new ContentType("multipart", subtype, parameters).toString();
    }

    /** Jakarta Mail would replace a Message-ID whenever headers are updated, by one that tells user and host name. */
    private static final class KeepsItsId extends MimeMessage {
        KeepsItsId(Session session) {
            super(session);
        }

        @Override
        protected void updateMessageID() {
            // Ours stays.
        }
    }

    /** A multipart with our boundary; Jakarta Mail's own tells the time and an object's hash code. */
    private static final class OurMultipart extends MimeMultipart {
        OurMultipart(String contentType) {
            this.contentType = contentType;
        }
    }

    /** Which part goes into which. */
    private static final class Layout {
        private final Letter letter;
        private final List<Attachment> inline = new ArrayList<>();
        private final List<Attachment> files = new ArrayList<>();
        private int multiparts;

        Layout(Letter letter) {
            this.letter = letter;
            for (Attachment attachment : letter.attachments()) {
                boolean isInline = !attachment.contentId().isEmpty() && letter.html().isPresent();
                (isInline ? inline : files).add(attachment);
            }
        }

        void into(MimeMessage message) throws MessagingException {
            if (files.isEmpty()) {
                MultipartHandler.set(message, letter.text().isPresent() ? alternative() : related());
                return;
            }
            var mixed = multipart("mixed", "");
            if (letter.text().isPresent() || letter.html().isPresent()) {
                mixed.addBodyPart(body());
            }
            for (Attachment file : files) {
                mixed.addBodyPart(new LeafPart(file, Part.ATTACHMENT));
            }
            MultipartHandler.set(message, mixed);
        }

        private MimeBodyPart body() throws MessagingException {
            if (letter.text().isPresent() && letter.html().isPresent()) {
                return MultipartHandler.part(alternative());
            }
            return letter.html().isPresent() ? html() : new LeafPart(letter.text().orElseThrow());
        }

        private MimeMultipart alternative() throws MessagingException {
            var alternative = multipart("alternative", "");
            alternative.addBodyPart(new LeafPart(letter.text().orElseThrow()));
            alternative.addBodyPart(html());
            return alternative;
        }

        private MimeBodyPart html() throws MessagingException {
            return inline.isEmpty() ? new LeafPart(letter.html().orElseThrow()) : MultipartHandler.part(related());
        }

        private MimeMultipart related() throws MessagingException {
            var related = multipart("related", "text/html");
            related.addBodyPart(new LeafPart(letter.html().orElseThrow()));
            for (Attachment image : inline) {
                related.addBodyPart(new LeafPart(image, Part.INLINE));
            }
            return related;
        }

        private MimeMultipart multipart(String subtype, String type) {
            return new OurMultipart(StructuredWriter.multipart(subtype, letter.boundary(multiparts++), type));
        }
    }
}
