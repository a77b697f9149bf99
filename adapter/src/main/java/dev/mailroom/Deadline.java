package dev.mailroom;

import java.time.Duration;

/**
 * A moment on the monotonic clock ({@link System#nanoTime}) by which something must be over.
 *
 * @param nanos the moment; meaningless if {@code !bounded}
 * @param bounded false: there is no deadline
 */
public record Deadline(long nanos, boolean bounded) {
    /** No deadline at all. */
    public static final Deadline NEVER = new Deadline(0, false);

    /** The moment that lies {@code time} ahead; ZERO = never. */
    public static Deadline after(Duration time) {
        return time.isZero() ? NEVER : new Deadline(System.nanoTime() + time.toNanos(), true);
    }

    /** What is left, but never more than {@code most}; ZERO when the deadline has passed. */
    public Duration remaining(Duration most) {
        if (!bounded) {
            return most;
        }
        long left = Math.max(0, nanos - System.nanoTime());
        return most.compareTo(Duration.ofNanos(left)) <= 0 ? most : Duration.ofNanos(left);
    }

    /** Whether the moment has passed. */
    public boolean passed() {
        return bounded && nanos - System.nanoTime() <= 0;
    }
}
