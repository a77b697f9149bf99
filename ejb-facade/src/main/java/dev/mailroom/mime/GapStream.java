package dev.mailroom.mime;

import dev.mailroom.MailData;
import jakarta.mail.util.LineOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Where Jakarta Mail writes to. Notes the places of attachments instead of holding them. Being a line stream itself it
 * saves Jakarta Mail a look-up of its stream provider, a scan of the class path, per part.
 */
final class GapStream extends OutputStream implements LineOutputStream {
    private final Bytes bytes = new Bytes(4096);
    private final List<Segments.Gap> gaps = new ArrayList<>();

    @Override
    public void write(int b) {
        bytes.add((byte) b);
    }

    @Override
    public void write(byte[] more, int from, int count) {
        bytes.add(more, from, count);
    }

    @Override
    public void writeln(String line) {
        bytes.add(line).crlf();
    }

    @Override
    public void writeln() {
        bytes.crlf();
    }

    void write(TextBody text) {
        text.writeTo(bytes);
    }

    void gap(Content content) {
        gaps.add(new Segments.Gap(bytes.length(), content));
    }

    /** What was written; nothing may be written afterwards. */
    MailData mail() {
        return new Segments(bytes, List.copyOf(gaps));
    }
}
