package dev.mailroom.mime;

import java.util.List;
import java.util.Optional;

/**
 * A draft that was checked and only has to be written.
 *
 * @param top the fields from Date to MIME-Version, in their order
 * @param extra the fields that follow those about the content
 * @param text the plain text, absent only where there is something else
 * @param html the HTML
 * @param attachments all of them, inline ones included
 * @param boundary a word that occurs in no body
 */
record CheckedDraft(
        List<HeaderField> top,
        List<HeaderField> extra,
        Optional<TextBody> text,
        Optional<TextBody> html,
        List<CheckedFile> attachments,
        String boundary) {

    /** The boundary of the multipart with that number, counted from the outermost. No encoding yields {@code =_}. */
    String boundary(int number) {
        return "----=_" + boundary + "_" + number;
    }
}
