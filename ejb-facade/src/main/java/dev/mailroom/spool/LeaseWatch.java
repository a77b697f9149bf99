package dev.mailroom.spool;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Knows on this server's own clock how long claims surely hold, so that a server that was paused (a long garbage
 * collection, a suspended machine) does not send mails that another has taken over meanwhile. Thread-safe.
 */
final class LeaseWatch {
    private final long safeNanos;
    private final LongSupplier nanos;
    private volatile long extendedAt;

    /** @param nanos a monotonic clock, {@link System#nanoTime} */
    LeaseWatch(Duration lease, LongSupplier nanos) {
        // A tenth is kept for the difference between the two clocks and for the command that is about to be sent.
        this.safeNanos = lease.toNanos() / 10 * 9;
        this.nanos = nanos;
        this.extendedAt = nanos.getAsLong() - lease.toNanos();
    }

    /** To be asked before a claim or an extension; the lease runs from then. */
    long now() {
        return nanos.getAsLong();
    }

    /** All leases were extended by a command that began then. */
    void extended(long begunAt) {
        extendedAt = begunAt;
    }

    /** Whether a claim that began then still holds. */
    boolean holds(long claimedAt) {
        long latest = Math.max(claimedAt - nanos.getAsLong(), extendedAt - nanos.getAsLong());
        return -latest < safeNanos;
    }
}
