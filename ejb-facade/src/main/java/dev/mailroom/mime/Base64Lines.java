package dev.mailroom.mime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/** RFC 2045, section 6.8: CRLF behind each line of 76 characters and, as in Jakarta Mail, none behind a shorter one. */
final class Base64Lines {
    private static final int LINE = 57;
    private static final int CHARACTERS = 76;
    private static final int CHUNK = LINE * 128;
    private static final byte[] CRLF = {'\r', '\n'};

    private Base64Lines() {
    }

    /** Octets that {@code size} octets become. */
    static long encodedSize(long size) {
        long characters = (size + 2) / 3 * 4;
        return characters + characters / CHARACTERS * 2;
    }

    /** Encodes a text at once. */
    static void encode(ByteArrayBuilder content, ByteArrayBuilder out) {
        byte[] encoded = Base64.getMimeEncoder().encode(Arrays.copyOf(content.array(), content.length()));
        out.add(encoded, 0, encoded.length);
        if (endsFull(content.length())) {
            out.crlf();
        }
    }

    /**
     * Encodes a stream piece by piece.
     *
     * @throws IOException from either side, or when the content has not the size it was announced with
     */
    static void encode(ContentSource content, OutputStream out) throws IOException {
        Base64.Encoder encoder = Base64.getMimeEncoder();
        byte[] chunk = new byte[(int) Math.min(CHUNK, content.size())];
        byte[] encoded = new byte[(int) encodedSize(chunk.length)];
        try (InputStream in = content.open()) {
            for (long left = content.size(); left > 0; left -= chunk.length) {
                if (left < chunk.length) {
                    chunk = new byte[(int) left];
                }
                int read = in.readNBytes(chunk, 0, chunk.length);
                if (read < chunk.length) {
                    throw new IOException("an attachment is " + (left - read) + " bytes shorter than it was");
                }
                out.write(encoded, 0, encoder.encode(chunk, encoded));
                if (endsFull(chunk.length)) {
                    out.write(CRLF);
                }
            }
        }
    }

    private static boolean endsFull(int size) {
        return size > 0 && (size + 2) / 3 * 4 % CHARACTERS == 0;
    }
}
