package dev.mailroom.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.ParameterList;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

/** The parts of a draft as Jakarta Mail's users build them; only the boundaries are taken from our mail. */
final class ReferenceParts {
    private final Draft draft;
    private final String boundaries;
    private int multiparts;

    ReferenceParts(Draft draft, MimeMessage ours) throws MessagingException {
        this.draft = draft;
        String outermost = new ContentType(ours.getContentType()).getParameter("boundary");
        this.boundaries = outermost.substring(0, outermost.lastIndexOf('_') + 1);
    }

    MimeMultipart all() throws Exception {
        List<MimeBodyPart> images = new ArrayList<>();
        List<MimeBodyPart> files = new ArrayList<>();
        for (Attachment attachment : draft.attachments()) {
            boolean inline = !attachment.contentId().isEmpty() && !draft.html().isEmpty();
            (inline ? images : files).add(file(attachment, inline ? Part.INLINE : Part.ATTACHMENT));
        }
        boolean both = !draft.text().isEmpty() && !draft.html().isEmpty();
        if (files.isEmpty()) {
            return both ? alternative(images) : related(images);
        }
        var mixed = new Numbered("mixed", "");
        if (both) {
            mixed.addBodyPart(holding(alternative(images)));
        } else if (!draft.html().isEmpty()) {
            mixed.addBodyPart(html(images));
        } else if (!draft.text().isEmpty()) {
            mixed.addBodyPart(JakartaMime.part(draft.text(), "plain"));
        }
        for (MimeBodyPart file : files) {
            mixed.addBodyPart(file);
        }
        return mixed;
    }

    private static MimeBodyPart file(Attachment attachment, String disposition) throws Exception {
        var part = new MimeBodyPart();
        String type = attachment.contentType().isEmpty()
                ? FileTypes.guess(attachment.name(), attachment.content()) : attachment.contentType();
        byte[] content = attachment.content().open().readAllBytes();
        part.setDataHandler(new DataHandler(
                new ByteArrayDataSource(content, new ContentType(type).toString())));
        // Said outright, for Jakarta Mail would give a text file without charset that of the machine, unseen.
        part.setHeader("Content-Type", new ContentType(type).toString());
        part.setHeader("Content-Transfer-Encoding", "base64");
        part.setDisposition(disposition);
        if (attachment.name().matches("[A-Za-z0-9._-]{1,60}")) {
            part.setFileName(attachment.name());
        } else if (!attachment.name().isEmpty()) {
            // Where we differ on purpose; five readers have their say about these names in another test.
            var ours = new FilePart(AttachmentRule.checked(0, attachment), disposition);
            var fields = new Rendering(512);
            ours.writeFields(fields);
            var read = new InternetHeaders(new ByteArrayInputStream(fields.bytes().crlf().array()));
            part.setHeader("Content-Type", read.getHeader("Content-Type", null));
            part.setHeader("Content-Disposition", read.getHeader("Content-Disposition", null));
            assertEquals(attachment.name(), part.getFileName());
        }
        if (!attachment.contentId().isEmpty()) {
            part.setContentID("<" + attachment.contentId() + ">");
        }
        return part;
    }

    private MimeMultipart alternative(List<MimeBodyPart> images) throws Exception {
        var alternative = new Numbered("alternative", "");
        alternative.addBodyPart(JakartaMime.part(draft.text(), "plain"));
        alternative.addBodyPart(html(images));
        return alternative;
    }

    private MimeBodyPart html(List<MimeBodyPart> images) throws Exception {
        return images.isEmpty() ? JakartaMime.part(draft.html(), "html") : holding(related(images));
    }

    private MimeMultipart related(List<MimeBodyPart> images) throws Exception {
        var related = new Numbered("related", "text/html");
        related.addBodyPart(JakartaMime.part(draft.html(), "html"));
        for (MimeBodyPart image : images) {
            related.addBodyPart(image);
        }
        return related;
    }

    private static MimeBodyPart holding(MimeMultipart multipart) throws MessagingException {
        var part = new MimeBodyPart();
        part.setContent(multipart);
        return part;
    }

    private final class Numbered extends MimeMultipart {
        Numbered(String subtype, String root) {
            var parameters = new ParameterList();
            parameters.set("boundary", boundaries + multiparts++);
            if (!root.isEmpty()) {
                parameters.set("type", root);
            }
            contentType = new ContentType("multipart", subtype, parameters).toString();
        }
    }
}
