package dev.mailroom.sevenbit;

import dev.mailroom.MailData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** The mail in one array, and its lines. A line ends with CRLF, CR or LF: the wire makes CRLF of each. */
final class Octets {
    final byte[] bytes;
    final int length;

    private Octets(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    static Octets of(MailData data) throws IOException {
        return new Gathering(Math.toIntExact(data.size())).read(data);
    }

    /** The end of the line that begins or goes on there, in front of its line end. */
    int lineEnd(int from, int limit) {
        int at = from;
        while (at < limit && bytes[at] != '\r' && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** Where the next line begins, given the end of this one. */
    int nextLine(int lineEnd, int limit) {
        if (lineEnd >= limit) {
            return limit;
        }
        boolean both = bytes[lineEnd] == '\r' && lineEnd + 1 < limit && bytes[lineEnd + 1] == '\n';
        return lineEnd + (both ? 2 : 1);
    }

    boolean eightBit(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return true;
            }
        }
        return false;
    }

    boolean isUtf8(int from, int to) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer out = CharBuffer.allocate(1024);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return !result.isError();
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Gives its array away instead of a copy. */
    private static final class Gathering extends ByteArrayOutputStream {
        Gathering(int size) {
            super(size);
        }

        Octets read(MailData data) throws IOException {
            data.writeTo(this);
            return new Octets(buf, count);
        }
    }
}
