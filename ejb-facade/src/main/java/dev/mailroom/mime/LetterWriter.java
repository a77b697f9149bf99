package dev.mailroom.mime;

import dev.mailroom.MailData;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes letters: {@code mixed} around {@code alternative} around {@code related}, as far as a letter needs them.
 * Values with parameters are made by Jakarta Mail; its MimeBodyPart and MimeMultipart are not used, since each of them
 * looks through the whole class path for a stream provider when it is made (jakartaee/mail-api#861). They would write
 * the very same bytes; a test compares the two over thousands of drafts.
 */
final class LetterWriter {
    /** Enough for a short header and bodies that are not encoded: most mails, and little of it stays unused. */
    private static final int HEADER = 512;
    private static final int PART = 512;

    private final Letter letter;
    private int multiparts;

    private LetterWriter(Letter letter) {
        this.letter = letter;
    }

    static MailData write(Letter letter) {
        int bodies = letter.text().map(t -> t.bytes().length()).orElse(0)
                + letter.html().map(t -> t.bytes().length()).orElse(0);
        int parts = letter.attachments().size() + (letter.boundary().isEmpty() ? 0 : 1);
        Rendering out = new Rendering(HEADER + bodies + PART * parts);
        Entity content = new LetterWriter(letter).content();
        out.fields(letter.top());
        content.writeFields(out);
        out.fields(letter.extra());
        out.bytes().crlf();
        content.writeBody(out);
        return out.mail();
    }

    private Entity content() {
        List<Entity> images = new ArrayList<>();
        List<Entity> files = new ArrayList<>();
        for (Attachment attachment : letter.attachments()) {
            boolean inline = !attachment.contentId().isEmpty() && letter.html().isPresent();
            (inline ? images : files).add(new FilePart(attachment, inline ? "inline" : "attachment"));
        }
        if (files.isEmpty()) {
            return body(images);
        }
        String boundary = boundary();
        if (letter.text().isPresent() || letter.html().isPresent()) {
            files.add(0, body(images));
        }
        return new Multipart("mixed", "", boundary, files);
    }

    private Entity body(List<Entity> images) {
        if (letter.html().isEmpty()) {
            return new TextPart(letter.text().orElseThrow());
        }
        if (letter.text().isEmpty()) {
            return html(images);
        }
        String boundary = boundary();
        return new Multipart("alternative", "", boundary,
                List.of(new TextPart(letter.text().get()), html(images)));
    }

    private Entity html(List<Entity> images) {
        Entity html = new TextPart(letter.html().orElseThrow());
        if (images.isEmpty()) {
            return html;
        }
        images.add(0, html);
        return new Multipart("related", "text/html", boundary(), images);
    }

    /** From the outermost to the innermost. */
    private String boundary() {
        return letter.boundary(multiparts++);
    }
}
