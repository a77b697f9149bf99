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

    /** The leases of all mails that were held then were extended. */
    void extended(long begunAt) {
        extendedAt = begunAt;
    }

    /** Whether a claim that began then still holds; extensions count that began since its mails are held. */
    boolean holds(long claimedAt, long heldSince) {
        long extended = extendedAt;
        long from = extended - heldSince >= 0 ? extended : claimedAt;
        return nanos.getAsLong() - from < safeNanos;
    }
}
