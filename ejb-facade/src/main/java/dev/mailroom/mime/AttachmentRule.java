package dev.mailroom.mime;

import dev.mailroom.mime.DraftException.Part;
import java.io.IOException;

/** Checks an attachment's name and type. */
final class AttachmentRule {
    private static final String MESSAGE = "message/rfc822";
    private static final int LONGEST_NAME = 255;

    private AttachmentRule() {
    }

    /**
     * Checks every value and fills in what is missing.
     *
     * @param index the position among the attachments
     */
    static CheckedFile checked(int index, Attachment attachment) {
        checkName(index, attachment.name());
        MediaType type = type(index, attachment);
        return new CheckedFile(attachment.name(), type, content(index, type, attachment.content()),
                contentId(index, attachment.contentId()));
    }

    private static void checkName(int index, String name) {
        // What most file systems allow, and what fits into a line in every form.
        if (AddressRule.octets(name) > LONGEST_NAME) {
            throw new DraftException(Part.ATTACHMENT_NAME, index,
                    PrintableValue.quoted(name) + " is longer than " + LONGEST_NAME + " octets in UTF-8");
        }
        HeaderValueRule.check(Part.ATTACHMENT_NAME, index, name);
    }

    private static MediaType type(int index, Attachment attachment) {
        boolean given = !attachment.contentType().isBlank();
        String type = given ? attachment.contentType()
                : FileTypes.guess(attachment.name(), attachment.content());
        MediaType parsed = MediaType.of(type).orElseThrow(() -> new DraftException(Part.ATTACHMENT_TYPE, index,
                PrintableValue.quoted(type) + " is not a MIME type; expected type/subtype, for example image/png"));
        if (parsed.is("multipart/") || parsed.is("message/") && !parsed.is(MESSAGE)) {
            throw new DraftException(Part.ATTACHMENT_TYPE, index, PrintableValue.quoted(type)
                    + " cannot be carried as base64 (RFC 2045, section 6.4); use " + FileTypes.UNKNOWN);
        }
        return parsed;
    }

    private static EncodedContent content(int index, MediaType type, ContentSource content) {
        if (!type.is(MESSAGE)) {
            return EncodedContent.base64(content);
        }
        try {
            return EnclosedMessage.of(content);
        } catch (IOException e) {
            throw new DraftException(Part.ATTACHMENT_CONTENT, index, "cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new DraftException(Part.ATTACHMENT_CONTENT, index, e.getMessage());
        }
    }

    private static String contentId(int index, String given) {
        String id = MessageIds.bare(given);
        if (!id.isEmpty() && !MessageIds.isSafe(id)) {
            throw new DraftException(Part.ATTACHMENT_ID, index, PrintableValue.quoted(given)
                    + " is not a content id; expected printable ASCII characters without spaces, brackets or quotes");
        }
        return id;
    }
}
