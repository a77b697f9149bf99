package dev.mailroom.mime;

import java.util.List;

/**
 * Parts and the lines between them (RFC 2046, section 5.1.1).
 *
 * @param subtype what the parts are to each other
 * @param root the type of the part that the others are related to (RFC 2387), else empty
 * @param boundary a line that occurs in no part
 */
record Multipart(String subtype, String root, String boundary, List<Entity> parts) implements Entity {
    @Override
    public void writeFields(Rendering out) {
        Parameters type = new Parameters("Content-Type", "multipart/" + subtype).add("boundary", boundary);
        if (!root.isEmpty()) {
            type.add("type", root);
        }
        out.field("Content-Type", type.value());
    }

    @Override
    public void writeBody(Rendering out) {
        for (Entity part : parts) {
            out.bytes().add("--").add(boundary).crlf();
            part.writeFields(out);
            out.bytes().crlf();
            part.writeBody(out);
            out.bytes().crlf();
        }
        out.bytes().add("--").add(boundary).add("--").crlf();
    }
}
