package dev.mailroom.pool;

import java.util.concurrent.locks.LockSupport;

/** Monotonic time, and waiting until a moment. Tests have a clock of their own. */
@FunctionalInterface
public interface NanoClock {
    /** The JVM's. */
    NanoClock SYSTEM = System::nanoTime;

    /** Nanoseconds since some fixed moment; only differences mean anything. */
    long nanoTime();

    /**
     * Blocks until the thread is unparked, interrupted, {@code deadline} has come, or for no reason at all.
     *
     * @param blocker shown in thread dumps
     * @param deadline a value of {@link #nanoTime}
     */
    default void parkUntil(Object blocker, long deadline) {
        long left = deadline - nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(blocker, left);
        }
    }
}
