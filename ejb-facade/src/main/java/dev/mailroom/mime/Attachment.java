package dev.mailroom.mime;

/**
 * A file that travels with a mail.
 *
 * @param name the file name that recipients see; empty = none
 * @param contentType a MIME type that is neither multipart nor message; empty = application/octet-stream
 * @param content the bytes; not copied, not to be changed while the mail is in use
 * @param contentId what {@code cid:} in the HTML refers to; empty = an ordinary attachment
 */
public record Attachment(String name, String contentType, Content content, String contentId) {
}
