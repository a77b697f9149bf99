package dev.mailroom.mime;

import dev.mailroom.MailData;
import java.util.ArrayList;
import java.util.List;

/** A mail while it is written: notes the places of attachments instead of holding them. */
final class Rendering {
    private final Bytes bytes;
    private List<Segments.Gap> gaps = List.of();

    Rendering(int expected) {
        this.bytes = new Bytes(expected);
    }

    Bytes bytes() {
        return bytes;
    }

    /** Writes a header field. */
    void field(String name, String value) {
        bytes.add(name).add(": ").add(value).crlf();
    }

    void fields(List<HeaderField> fields) {
        for (HeaderField field : fields) {
            field(field.name(), field.value());
        }
    }

    /** Leaves a place for an attachment. */
    void gap(Content content) {
        if (gaps.isEmpty()) {
            gaps = new ArrayList<>();
        }
        gaps.add(new Segments.Gap(bytes.length(), content));
    }

    /** What was written; nothing may be written afterwards. */
    MailData mail() {
        return new Segments(bytes, gaps);
    }
}
