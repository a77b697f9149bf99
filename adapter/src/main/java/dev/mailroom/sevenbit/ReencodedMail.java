package dev.mailroom.sevenbit;

import dev.mailroom.MailData;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    void encode(String encoding, int from, int to) {
        pieces.add(out -> {
            // The encoders write octet by octet, and flushing is what ends an encoding.
            OutputStream buffer = new BufferedOutputStream(out, 8192);
            try {
                OutputStream encoder = MimeUtility.encode(buffer, encoding);
                encoder.write(octets.bytes, from, to - from);
                encoder.flush();
            } catch (MessagingException e) {
                throw new IOException(e);
            }
        });
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
