package dev.mailroom.facade;

import java.util.Objects;

/**
 * WLanguage's {@code emailAttach}: a file that travels with a mail.
 *
 * @param name the file name the recipient sees, any characters but CR, LF and NUL
 * @param contentType a MIME type; empty = application/octet-stream
 * @param content the bytes; not to be changed until the mail is sent
 * @param identifier the content id for images in HTML ({@code cid:…}); empty = an ordinary attachment
 */
public record EmailAttachment(String name, String contentType, byte[] content, String identifier) {
    /** Checks that nothing is null; the rest is checked when the mail is composed. */
    public EmailAttachment {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(identifier, "identifier");
    }

    /** An ordinary attachment. */
    public EmailAttachment(String name, String contentType, byte[] content) {
        this(name, contentType, content, "");
    }
}
