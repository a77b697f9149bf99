package dev.mailroom.mime;

/** A text. */
record TextPart(TextBody text) implements Entity {
    @Override
    public void writeFields(Rendering out) {
        out.field("Content-Type", text.contentType());
        out.field("Content-Transfer-Encoding", text.encoding().word());
    }

    @Override
    public void writeBody(Rendering out) {
        text.writeTo(out.bytes());
    }
}
