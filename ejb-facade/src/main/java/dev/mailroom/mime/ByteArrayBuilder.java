package dev.mailroom.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes. */
final class ByteArrayBuilder {
    private byte[] bytes;
    private int length;
    private boolean eightBit;

    ByteArrayBuilder(int expected) {
        bytes = new byte[expected];
    }

    int length() {
        return length;
    }

    /** The array itself, used up to {@link #length}: nothing may be written afterwards. */
    byte[] array() {
        return bytes;
    }

    ByteArrayBuilder add(byte b) {
        room(1);
        bytes[length++] = b;
        return this;
    }

    ByteArrayBuilder add(byte[] more, int from, int count) {
        room(count);
        System.arraycopy(more, from, bytes, length, count);
        length += count;
        return this;
    }

    /** Adds the text in UTF-8. */
    ByteArrayBuilder add(String text) {
        room(text.length());
        int at = length;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 127) {
                eightBit = true;
                byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
                length = at;
                return add(rest, 0, rest.length);
            }
            bytes[at++] = (byte) c;
        }
        length = at;
        return this;
    }

    /** Whether a text had a character beyond ASCII. */
    boolean eightBit() {
        return eightBit;
    }

    ByteArrayBuilder crlf() {
        room(2);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
        return this;
    }

    /** Makes room for that many more bytes and returns the array, to be filled from {@link #length} on. */
    byte[] room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, Math.addExact(bytes.length, bytes.length >> 1)));
        }
        return bytes;
    }

    /** Says how many of the bytes given by {@link #room} were filled. */
    void filled(int count) {
        length += count;
    }
}
