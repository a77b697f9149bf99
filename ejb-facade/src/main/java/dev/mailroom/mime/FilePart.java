package dev.mailroom.mime;

import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParameterList;
import jakarta.mail.internet.ParseException;

/**
 * An attachment; its body is a gap.
 *
 * @param attachment checked
 * @param disposition {@code attachment} or {@code inline} (RFC 2183)
 */
record FilePart(Attachment attachment, String disposition) implements Entity {
    private static final String CHARSET = "UTF-8";

    @Override
    public void writeFields(Rendering out) {
        out.field("Content-Type", namedType());
        out.field("Content-Transfer-Encoding", "base64");
        out.field("Content-Disposition", namedDisposition());
        if (!attachment.contentId().isEmpty()) {
            out.field("Content-ID", "<" + attachment.contentId() + ">");
        }
    }

    /** The name stands here too, where RFC 1341 had it: some readers look nowhere else. */
    private String namedType() {
        if (attachment.name().isEmpty()) {
            return attachment.contentType();
        }
        try {
            ContentType type = new ContentType(attachment.contentType());
            ParameterList parameters = type.getParameterList() == null ? new ParameterList() : type.getParameterList();
            parameters.set("name", attachment.name(), CHARSET);
            type.setParameterList(parameters);
            return type.toString();
        } catch (ParseException e) {
            throw new IllegalStateException("not a checked attachment", e);
        }
    }

    private String namedDisposition() {
        if (attachment.name().isEmpty()) {
            return disposition;
        }
        ParameterList parameters = new ParameterList();
        parameters.set("filename", attachment.name(), CHARSET);
        return new ContentDisposition(disposition, parameters).toString();
    }

    @Override
    public void writeBody(Rendering out) {
        out.gap(attachment.content());
    }
}
