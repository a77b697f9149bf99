package dev.mailroom.mime;

import dev.mailroom.mime.DraftException.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParseException;

/** What an attachment may be called and be. */
final class AttachmentRule {
    private static final String DEFAULT_TYPE = "application/octet-stream";
    private static final int LONGEST_NAME = 255;

    private AttachmentRule() {
    }

    /**
     * Checks every value and fills in what is missing.
     *
     * @param index the position among the attachments
     */
    static Attachment checked(int index, Attachment attachment) {
        checkName(index, attachment.name());
        return new Attachment(attachment.name(), type(index, attachment.contentType()), attachment.content(),
                contentId(index, attachment.contentId()));
    }

    private static void checkName(int index, String name) {
        // What most file systems allow. Jakarta Mail does not fold names: a longer one would not fit into a line.
        if (AddressRule.octets(name) > LONGEST_NAME) {
            throw new DraftException(Part.ATTACHMENT_NAME, index,
                    Visible.quoted(name) + " is longer than " + LONGEST_NAME + " octets in UTF-8");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\r' || c == '\n' || c == '\0') {
                throw new DraftException(Part.ATTACHMENT_NAME, index,
                        Visible.quoted(name) + " contains CR, LF or NUL; remove it");
            }
        }
    }

    private static String type(int index, String type) {
        if (type.isBlank()) {
            return DEFAULT_TYPE;
        }
        String expected = Visible.quoted(type) + " is not a MIME type; expected type/subtype, for example image/png";
        if (!type.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new DraftException(Part.ATTACHMENT_TYPE, index, expected);
        }
        try {
            ContentType parsed = new ContentType(type.strip());
            if (parsed.match("multipart/*") || parsed.match("message/*")) {
                throw new DraftException(Part.ATTACHMENT_TYPE, index, Visible.quoted(type)
                        + " cannot be carried as base64 (RFC 2045, section 6.4); use " + DEFAULT_TYPE);
            }
            return parsed.toString();
        } catch (ParseException e) {
            throw new DraftException(Part.ATTACHMENT_TYPE, index, expected);
        }
    }

    private static String contentId(int index, String given) {
        String id = MessageIds.bare(given);
        if (!id.isEmpty() && !MessageIds.isSafe(id)) {
            throw new DraftException(Part.ATTACHMENT_ID, index, Visible.quoted(given)
                    + " is not a content id; expected printable ASCII characters without spaces, brackets or quotes");
        }
        return id;
    }
}
