package dev.mailroom.smtp;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Content on its way into the cork: every line end becomes CRLF (RFC 5321, section 2.3.8; a bare CR or LF is how mails
 * are smuggled), and lines that begin with a dot get a second one where the dot ends the content (section 4.5.2).
 */
final class ContentStream extends OutputStream {
    /** Called when the cork is full; makes room. */
    @FunctionalInterface
    interface Overflow {
        void full() throws IOException;
    }

    private final Cork cork;
    private Overflow overflow;
    private boolean stuffing;
    private boolean lineStart;
    private boolean afterReturn;
    private byte[] single;

    ContentStream(Cork cork) {
        this.cork = cork;
    }

    void begin(boolean dots, Overflow whenFull) {
        stuffing = dots;
        overflow = whenFull;
        lineStart = true;
        afterReturn = false;
    }

    @Override
    public void write(int octet) throws IOException {
        if (single == null) {
            single = new byte[1];
        }
        single[0] = (byte) octet;
        write(single, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        int end = offset + count;
        int i = offset;
        while (i < end) {
            if (afterReturn) {
                if (from[i] == '\n') {
                    i++;
                }
                endLine();
                continue;
            }
            int run = i;
            while (i < end && from[i] != '\r' && from[i] != '\n') {
                i++;
            }
            copy(from, run, i - run);
            if (i < end) {
                if (from[i] == '\r') {
                    afterReturn = true;
                } else {
                    endLine();
                }
                i++;
            }
        }
    }

    /** Ends the last line if it has no end. */
    void finish() throws IOException {
        if (afterReturn || !lineStart) {
            endLine();
        }
    }

    private void endLine() throws IOException {
        need(2);
        cork.endLine();
        lineStart = true;
        afterReturn = false;
    }

    private void copy(byte[] from, int offset, int count) throws IOException {
        if (count == 0) {
            return;
        }
        if (lineStart && stuffing && from[offset] == '.') {
            need(1);
            cork.put('.');
        }
        lineStart = false;
        int done = 0;
        while (done < count) {
            need(1);
            int part = Math.min(count - done, cork.room());
            cork.put(from, offset + done, part);
            done += part;
        }
    }

    private void need(int octets) throws IOException {
        if (cork.room() < octets) {
            overflow.full();
        }
    }
}
