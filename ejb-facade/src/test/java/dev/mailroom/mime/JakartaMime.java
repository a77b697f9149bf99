package dev.mailroom.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** Jakarta Mail used the way its users use it: what our bytes are compared with, and what reads them again. */
final class JakartaMime {
    static {
        // Jakarta Mail writes file names in the charset of the machine unless told otherwise.
        System.setProperty("mail.mime.charset", "UTF-8");
    }

    private static final Session SESSION = Session.getInstance(new Properties());

    private JakartaMime() {
    }

    static MimeMessage read(byte[] mail) throws Exception {
        return new MimeMessage(SESSION, new ByteArrayInputStream(mail));
    }

    static byte[] bytes(ComposedMail composed) throws Exception {
        var out = new ByteArrayOutputStream();
        composed.mail().data().writeTo(out);
        return out.toByteArray();
    }

    /** The same draft with Jakarta Mail's own setters; Date, Message-ID and boundary are taken from our mail. */
    static byte[] write(Draft draft, MimeMessage ours) throws Exception {
        var message = new MimeMessage(SESSION) {
            @Override
            protected void updateMessageID() {
                // Taken from ours.
            }
        };
        message.setHeader("Date", ours.getHeader("Date", null));
        message.setHeader("Message-ID", ours.getHeader("Message-ID", null));
        message.setFrom(address(draft.from()));
        if (!draft.replyTo().isEmpty()) {
            message.setReplyTo(new InternetAddress[] {address(draft.replyTo())});
        }
        message.setRecipients(RecipientType.TO, addresses(draft.recipients().to()));
        message.setRecipients(RecipientType.CC, addresses(draft.recipients().cc()));
        if (!draft.subject().isEmpty()) {
            message.setSubject(draft.subject(), "UTF-8");
            if (firstWordTooLong(message.getHeader("Subject", null))) {
                // Where we differ on purpose: RFC 2047, section 2 allows 76 characters a line.
                message.setHeader("Subject", readsAs(draft.subject(), ours));
            }
        }
        if (!draft.attachments().isEmpty() || !draft.text().isEmpty() && !draft.html().isEmpty()) {
            message.setContent(new ReferenceParts(draft, ours).all());
        } else {
            boolean html = draft.text().isEmpty() && !draft.html().isEmpty();
            String text = crlf(html ? draft.html() : draft.text());
            message.setText(text, charset(text), html ? "html" : "plain");
        }
        message.saveChanges();
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toByteArray();
    }

    private static boolean firstWordTooLong(String field) {
        return field.startsWith("=?") && "Subject: ".length() + field.lines().findFirst().orElseThrow().length() > 76;
    }

    private static String readsAs(String subject, MimeMessage ours) throws Exception {
        // White space at the end of a line is nobody's.
        assertEquals(subject.stripTrailing(), ours.getSubject().stripTrailing());
        String field = ours.getHeader("Subject", null);
        assertFalse(firstWordTooLong(field), field);
        return field;
    }

    static MimeBodyPart part(String text, String subtype) throws Exception {
        var part = new MimeBodyPart();
        String clean = crlf(text);
        part.setText(clean, charset(clean), subtype);
        return part;
    }

    private static String crlf(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    }

    private static String charset(String text) {
        boolean ascii = text.chars().allMatch(c -> c >= ' ' && c < 127 || c == '\t' || c == '\r' || c == '\n');
        return ascii ? "us-ascii" : "UTF-8";
    }

    private static InternetAddress[] addresses(List<String> mailboxes) throws Exception {
        if (mailboxes.isEmpty()) {
            return null;
        }
        var addresses = new InternetAddress[mailboxes.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = address(mailboxes.get(i));
        }
        return addresses;
    }

    private static InternetAddress address(String mailbox) throws Exception {
        int open = mailbox.lastIndexOf('<');
        if (open < 0) {
            return new InternetAddress(mailbox, true);
        }
        String name = mailbox.substring(0, open).strip();
        if (name.startsWith("\"")) {
            name = name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        return new InternetAddress(
                mailbox.substring(open + 1, mailbox.length() - 1), name.isEmpty() ? null : name, "UTF-8");
    }

    static String header(byte[] mail) {
        String all = new String(mail, StandardCharsets.UTF_8);
        return all.substring(0, all.indexOf("\r\n\r\n") + 2);
    }
}
