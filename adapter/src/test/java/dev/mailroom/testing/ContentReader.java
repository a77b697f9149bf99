package dev.mailroom.testing;

import java.io.IOException;
import java.util.Arrays;

/** Reads the content of one mail and keeps it, if wanted. */
final class ContentReader {
    /** Called once, when as many bytes as the script wants have come over the wire. */
    @FunctionalInterface
    interface Interruption {
        void run() throws IOException;
    }

    private final ServerWire wire;
    private final boolean keep;
    private final long interruptAfter;
    private final Interruption interruption;
    private byte[] kept = new byte[1024];
    private long received;
    private long size;
    private boolean eightBit;
    private boolean bareLineEnd;
    private int previous;

    /** @param interruptAfter negative = never */
    ContentReader(ServerWire wire, boolean keep, long interruptAfter, Interruption interruption) {
        this.wire = wire;
        this.keep = keep;
        this.interruptAfter = interruptAfter;
        this.interruption = interruption;
    }

    /** Reads to the final dot and undoes dot-stuffing (RFC 5321, section 4.5.2). Only CRLF ends a line. */
    void readToDot() throws IOException {
        interruptWhenDue();
        // How much of CRLF . CRLF is there; the content starts as if after a CRLF.
        int matched = 2;
        while (true) {
            int b = wire.readByte(true);
            received++;
            switch (matched) {
                case 2 -> {
                    if (b == '.') {
                        matched = 3;
                    } else {
                        add(b);
                        matched = b == '\r' ? 1 : 0;
                    }
                }
                case 3 -> {
                    if (b == '\r') {
                        matched = 4;
                    } else {
                        add(b);
                        matched = 0;
                    }
                }
                case 4 -> {
                    if (b == '\n') {
                        return;
                    }
                    add('\r');
                    add(b);
                    matched = b == '\r' ? 1 : 0;
                }
                default -> {
                    add(b);
                    matched = b == '\r' ? 1 : matched == 1 && b == '\n' ? 2 : 0;
                }
            }
            interruptWhenDue();
        }
    }

    /** Reads one BDAT chunk (RFC 3030). */
    void readChunk(long bytes) throws IOException {
        interruptWhenDue();
        for (long i = 0; i < bytes; i++) {
            add(wire.readByte(false));
            received++;
            interruptWhenDue();
        }
    }

    byte[] bytes() {
        return keep ? Arrays.copyOf(kept, Math.toIntExact(size)) : new byte[0];
    }

    long size() {
        return size;
    }

    boolean eightBit() {
        return eightBit;
    }

    /** Whether a CR or LF stood alone. */
    boolean bareLineEnd() {
        return bareLineEnd || previous == '\r';
    }

    private void add(int b) {
        if (keep) {
            if (size == kept.length) {
                kept = Arrays.copyOf(kept, 2 * kept.length);
            }
            kept[(int) size] = (byte) b;
        }
        size++;
        eightBit |= b > 0x7f;
        bareLineEnd |= previous == '\r' != (b == '\n');
        previous = b;
    }

    private void interruptWhenDue() throws IOException {
        if (received == interruptAfter) {
            interruption.run();
        }
    }
}
