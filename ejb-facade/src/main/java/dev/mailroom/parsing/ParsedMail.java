package dev.mailroom.parsing;

import java.util.List;

/**
 * What a mail says.
 *
 * @param header its fields
 * @param text the plain text, its lines ended by LF; empty = there is none
 * @param html the HTML, its lines ended by LF; empty = there is none
 * @param parts what is neither: files, images of the HTML, mails within the mail, what could not be taken apart
 */
public record ParsedMail(ReceivedHeader header, String text, String html, List<ParsedPart> parts) {
    /** Copies the list. */
    public ParsedMail {
        parts = List.copyOf(parts);
    }
}
