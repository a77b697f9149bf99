package dev.mailroom.mime;

import dev.mailroom.MailData;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A mail whose attachments stay where they are: everything but them is in one array, and they are encoded into their
 * places while it is written.
 */
final class Segments implements MailData {
    /**
     * An attachment's place.
     *
     * @param offset in front of which octet of the array it belongs
     * @param content not encoded yet
     */
    record Gap(int offset, Content content) {
    }

    private final byte[] bytes;
    private final int length;
    private final List<Gap> gaps;
    private final long size;
    private final boolean eightBit;

    /** A mail whose gaps are given in the order of their offsets. */
    Segments(Bytes rest, List<Gap> gaps) {
        this.bytes = rest.array();
        this.length = rest.length();
        this.gaps = gaps;
        this.eightBit = rest.eightBit();
        long sum = length;
        for (Gap gap : gaps) {
            sum += Base64Lines.encodedSize(gap.content().size());
        }
        this.size = sum;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean eightBit() {
        return eightBit;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        int written = 0;
        for (Gap gap : gaps) {
            out.write(bytes, written, gap.offset() - written);
            written = gap.offset();
            Base64Lines.encode(gap.content(), out);
        }
        out.write(bytes, written, length - written);
    }
}
