package dev.mailroom.mime;

/**
 * An attachment; its body is a gap.
 *
 * @param disposition {@code attachment} or {@code inline} (RFC 2183)
 */
record FilePart(CheckedFile file, String disposition) implements Entity {
    @Override
    public void writeFields(Rendering out) {
        Parameters how = new Parameters("Content-Disposition", disposition);
        if (!file.name().isEmpty()) {
            how.addNameForAll("filename", file.name());
        }
        out.field("Content-Type", file.type().named(file.name()).value());
        out.field("Content-Transfer-Encoding", file.content().encoding());
        out.field("Content-Disposition", how.value());
        if (!file.contentId().isEmpty()) {
            out.field("Content-ID", "<" + file.contentId() + ">");
        }
    }

    @Override
    public void writeBody(Rendering out) {
        out.gap(file.content());
    }
}
