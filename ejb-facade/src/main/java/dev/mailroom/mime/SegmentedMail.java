package dev.mailroom.mime;

import dev.mailroom.MailData;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A mail whose attachments stay where they are: everything but them is in one array, and they are encoded into their
 * places while it is written.
 */
final class SegmentedMail implements MailData {
    /**
     * An attachment's place.
     *
     * @param offset the octet of the array in front of which it is inserted
     * @param content encoded while it is written
     */
    record Gap(int offset, EncodedContent content) {
    }

    private final byte[] bytes;
    private final int length;
    private final List<Gap> gaps;
    private final long size;
    private final boolean eightBit;

    /** A mail whose gaps are given in the order of their offsets. */
    SegmentedMail(ByteArrayBuilder rest, List<Gap> gaps) {
        this.bytes = rest.array();
        this.length = rest.length();
        this.gaps = gaps;
        boolean high = rest.eightBit();
        long sum = length;
        for (Gap gap : gaps) {
            sum += gap.content().size();
            high |= gap.content().encoding().equals("8bit");
        }
        this.size = sum;
        this.eightBit = high;
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
            gap.content().writeTo(out);
        }
        out.write(bytes, written, length - written);
    }
}
