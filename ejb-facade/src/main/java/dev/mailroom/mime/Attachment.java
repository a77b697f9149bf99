package dev.mailroom.mime;

/**
 * A file that travels with a mail.
 *
 * @param name the file name that recipients see; empty = none
 * @param contentType a MIME type, neither multipart nor message but for message/rfc822, whose content travels as it is;
 *     text/calendar with a method is a body besides text and HTML; empty = guessed from the name and the first octets
 * @param content the bytes; not copied, not to be changed while the mail is in use
 * @param contentId what {@code cid:} in the HTML refers to; empty = an ordinary attachment
 */
public record Attachment(String name, String contentType, ContentSource content, String contentId) {
}
