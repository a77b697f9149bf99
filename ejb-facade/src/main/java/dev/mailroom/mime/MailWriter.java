package dev.mailroom.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes mails: {@code mixed} around {@code alternative} around {@code related}, as far as a draft needs them.
 * Jakarta Mail's MimeBodyPart and MimeMultipart are not used, since each of them looks through the whole class path for
 * a stream provider when it is made (jakartaee/mail-api#861). They would write the very same bytes, but for file names
 * that need more than a word; a test compares the two over thousands of drafts.
 */
final class MailWriter {
    /** Enough for a short header and bodies that are not encoded: most mails, and little of it stays unused. */
    private static final int HEADER = 512;
    private static final int PART = 512;

    private final CheckedDraft draft;
    private int multiparts;

    private MailWriter(CheckedDraft draft) {
        this.draft = draft;
    }

    static Rendering write(CheckedDraft draft) {
        int bodies = draft.text().map(t -> t.bytes().length()).orElse(0)
                + draft.html().map(t -> t.bytes().length()).orElse(0);
        int parts = draft.attachments().size() + (draft.boundary().isEmpty() ? 0 : 1);
        Rendering out = new Rendering(HEADER + bodies + PART * parts);
        Entity content = new MailWriter(draft).content();
        out.fields(draft.top());
        content.writeFields(out);
        out.fields(draft.extra());
        out.bytes().crlf();
        content.writeBody(out);
        return out;
    }

    private Entity content() {
        List<Entity> images = new ArrayList<>();
        List<Entity> files = new ArrayList<>();
        List<Entity> calendars = new ArrayList<>();
        for (CheckedFile attachment : draft.attachments()) {
            if (attachment.isCalendar()) {
                calendars.add(new CalendarPart(attachment));
                continue;
            }
            boolean inline = !attachment.contentId().isEmpty() && draft.html().isPresent();
            (inline ? images : files).add(new FilePart(attachment, inline ? "inline" : "attachment"));
        }
        if (files.isEmpty()) {
            return body(images, calendars);
        }
        String boundary = boundary();
        if (draft.text().isPresent() || draft.html().isPresent() || !calendars.isEmpty()) {
            files.add(0, body(images, calendars));
        }
        return new Multipart("mixed", "", boundary, files);
    }

    /** The bodies that say the same, the plainest first (RFC 2046, section 5.1.4). */
    private Entity body(List<Entity> images, List<Entity> calendars) {
        int bodies = (draft.text().isPresent() ? 1 : 0) + (draft.html().isPresent() ? 1 : 0) + calendars.size();
        String boundary = bodies > 1 ? boundary() : "";
        List<Entity> alternatives = new ArrayList<>(bodies);
        draft.text().ifPresent(text -> alternatives.add(new TextPart(text)));
        draft.html().ifPresent(html -> alternatives.add(html(html, images)));
        alternatives.addAll(calendars);
        return bodies == 1 ? alternatives.get(0) : new Multipart("alternative", "", boundary, alternatives);
    }

    private Entity html(TextBody body, List<Entity> images) {
        Entity html = new TextPart(body);
        if (images.isEmpty()) {
            return html;
        }
        images.add(0, html);
        return new Multipart("related", "text/html", boundary(), images);
    }

    /** From the outermost to the innermost. */
    private String boundary() {
        return draft.boundary(multiparts++);
    }
}
