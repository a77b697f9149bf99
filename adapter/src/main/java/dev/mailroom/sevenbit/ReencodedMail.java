package dev.mailroom.sevenbit;

import dev.mailroom.MailData;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The re-encoded mail: stretches of the given one, lines of ours, and parts that are encoded anew each time the mail is
 * written, so that no second copy of it is kept.
 */
final class ReencodedMail implements MailData {
    @FunctionalInterface
    private interface Piece {
        void writeTo(OutputStream out) throws IOException;
    }

    private final Octets octets;
    private final List<Piece> pieces = new ArrayList<>();
    private long size;

    ReencodedMail(Octets octets) {
        this.octets = octets;
    }

    void keep(int from, int to) {
        if (to > from) {
            pieces.add(out -> out.write(octets.bytes, from, to - from));
        }
    }

    void line(String text) {
        byte[] line = (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
        pieces.add(out -> out.write(line));
    }

    void quotedPrintable(int from, int to) {
        pieces.add(out -> {
            OutputStream buffer = new BufferedOutputStream(out, 8192);
            new QuotedLines(octets, buffer).encode(from, to);
            buffer.flush();
        });
    }

    void base64(int from, int to) {
        pieces.add(out -> {
            OutputStream buffer = new BufferedOutputStream(new Unclosed(out), 8192);
            try (OutputStream encoder = Base64.getMimeEncoder().wrap(buffer)) {
                encoder.write(octets.bytes, from, to - from);
            }
        });
    }

    /** Closing is what ends base64, and the mail goes on behind it. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** Nothing may be added afterwards. */
    MailData mail() throws IOException {
        Counter counter = new Counter();
        writeTo(counter);
        size = counter.count;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean eightBit() {
        return false;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        for (Piece piece : pieces) {
            piece.writeTo(out);
        }
    }

    private static final class Counter extends OutputStream {
        private long count;

        @Override
        public void write(int octet) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
