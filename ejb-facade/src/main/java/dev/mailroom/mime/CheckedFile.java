package dev.mailroom.mime;

/**
 * An attachment that can be written.
 *
 * @param name of at most 255 octets; empty = none
 * @param type its own or a likely one
 * @param content ready for its place
 * @param contentId without angle brackets; empty = none
 */
record CheckedFile(String name, MediaType type, EncodedContent content, String contentId) {
    /** Whether it is an invitation or an answer to one, which mail programs show as such where it is a body. */
    boolean isCalendar() {
        return contentId.isEmpty() && type.is("text/calendar") && type.parameters().containsKey("method");
    }
}
