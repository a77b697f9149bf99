package dev.mailroom.mime;

/** A mail's content, or a part of it (RFC 2045, section 2.4): fields that tell what it is, and a body. */
interface Entity {
    /** Writes Content-Type and what belongs to it. */
    void writeFields(Rendering out);

    /** Writes what follows the blank line. */
    void writeBody(Rendering out);
}
