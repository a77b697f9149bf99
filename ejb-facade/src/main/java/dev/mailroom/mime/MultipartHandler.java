package dev.mailroom.mime;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Has a multipart write itself. Jakarta Activation would look for a handler through the thread's context class loader
 * and mailcap files for every part, and fails on threads whose class loader does not see Jakarta Mail.
 */
final class MultipartHandler extends DataHandler {
    private final MimeMultipart multipart;

    private MultipartHandler(MimeMultipart multipart) {
        super(multipart, multipart.getContentType());
        this.multipart = multipart;
    }

    static void set(MimeMessage message, MimeMultipart content) throws MessagingException {
        message.setContent(content);
        message.setDataHandler(new MultipartHandler(content));
        message.saveChanges();
    }

    static MimeBodyPart part(MimeMultipart content) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setContent(content);
        part.setDataHandler(new MultipartHandler(content));
        return part;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try {
            multipart.writeTo(out);
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }
}
