package dev.mailroom.smtp;

import java.util.concurrent.ArrayBlockingQueue;

/**
 * Write buffers shared by all connections of a factory, so that an idle connection holds none. Thread-safe.
 */
public final class Buffers {
    /** Holds a mail of 64 KiB with a large envelope in one write. */
    static final int SIZE = 96 * 1024;

    private static final int KEPT = 16;
    private final ArrayBlockingQueue<byte[]> idle = new ArrayBlockingQueue<>(KEPT);

    byte[] take() {
        byte[] buffer = idle.poll();
        return buffer == null ? new byte[SIZE] : buffer;
    }

    void give(byte[] buffer) {
        // More than these are left to the garbage collector.
        idle.offer(buffer);
    }
}
