package dev.mailroom.mime;

import dev.mailroom.MailData;
import java.util.ArrayList;
import java.util.List;

/** A mail while it is written: notes the places of attachments instead of holding them. */
final class Rendering {
    private final ByteArrayBuilder bytes;
    private List<SegmentedMail.Gap> gaps = List.of();

    Rendering(int expected) {
        this.bytes = new ByteArrayBuilder(expected);
    }

    ByteArrayBuilder bytes() {
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
    void gap(EncodedContent content) {
        if (gaps.isEmpty()) {
            gaps = new ArrayList<>();
        }
        gaps.add(new SegmentedMail.Gap(bytes.length(), content));
    }

    /** Whether the header holds characters beyond ASCII; texts are encoded and attachments are gaps. */
    boolean utf8Header() {
        return bytes.eightBit();
    }

    /** What was written; nothing may be written afterwards. */
    MailData mail() {
        return new SegmentedMail(bytes, gaps);
    }
}
