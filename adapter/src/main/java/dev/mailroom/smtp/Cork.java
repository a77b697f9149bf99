package dev.mailroom.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Collects commands and content and sends them in one write, as TCP_CORK does. Counts positions from the connection's
 * first octet on, so that after a loss it can be said what the server may have seen.
 */
final class Cork {
    /** No command is longer; what starts with less room needs a flush before. */
    static final int LONGEST_COMMAND = 4096;

    private final Wire wire;
    private final Buffers buffers;
    private byte[] bytes = {};
    private int length;
    private long flushed;
    private long handed;
    private IOException failure;

    Cork(Wire wire, Buffers buffers) {
        this.wire = wire;
        this.buffers = buffers;
    }

    /** Borrows a buffer; {@link #close} gives it back. */
    void open() {
        bytes = buffers.take();
    }

    void close() {
        buffers.give(bytes);
        bytes = new byte[0];
        length = 0;
    }

    /** Position of the next octet. */
    long position() {
        return flushed + length;
    }

    /** Up to which position octets were handed to the wire; they may or may not have left. */
    long handed() {
        return handed;
    }

    int room() {
        return bytes.length - length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    Cork text(String text) {
        int count = text.length();
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
                put(rest, 0, rest.length);
                return this;
            }
            bytes[length++] = (byte) c;
        }
        return this;
    }

    Cork number(long value) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        length += digits;
        long rest = value;
        for (int i = 1; i <= digits; i++) {
            bytes[length - i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return this;
    }

    void put(byte[] from, int offset, int count) {
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    void put(int octet) {
        bytes[length++] = (byte) octet;
    }

    void endLine() {
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    /** Leaves a gap that {@link #fillGap} closes. */
    void gap(int size) {
        length += size;
    }

    /** Writes text into a gap at that position and moves up what stands behind it. */
    void fillGap(long position, int size, String text) {
        int at = (int) (position - flushed);
        int behind = length - at - size;
        length = at;
        text(text);
        System.arraycopy(bytes, at + size, bytes, length, behind);
        length += behind;
    }

    /** Forgets everything from that position on. */
    void truncate(long position) {
        length = (int) (position - flushed);
    }

    /** The characters from that position on, for the log. */
    String since(long position) {
        int at = (int) (position - flushed);
        return new String(bytes, at, length - at, StandardCharsets.UTF_8).strip();
    }

    void flush() throws IOException {
        flushTo(position());
    }

    /** Sends what stands before that position. */
    void flushTo(long position) throws IOException {
        int count = (int) (position - flushed);
        if (count == 0) {
            return;
        }
        handed = position;
        flushed = position;
        length -= count;
        try {
            wire.write(bytes, 0, count);
            System.arraycopy(bytes, count, bytes, 0, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Whether a write has failed; the content's own reading may fail as well, with other consequences. */
    boolean failed() {
        return failure != null;
    }

    /** The failure of the write, once {@link #failed}. */
    IOException failure() {
        return failure;
    }
}
