package dev.mailroom.spool.drain;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Knows on this server's own clock how long claims surely hold, so that a server that was paused (a long garbage
 * collection, a suspended machine) does not send mails that another has taken over meanwhile. Thread-safe.
 */
final class LeaseClock {
    /** Transactions whose end was not heard of are looked for every few minutes, by whoever recovers them. */
    private static final int RECOVERY = 20;

    private final long safeNanos;
    private final long recoveryNanos;
    private final long beginNanos;
    private final LongSupplier nanos;
    private volatile long extendedAt;

    /** @param nanos a monotonic clock, {@link System#nanoTime} */
    LeaseClock(Duration lease, LongSupplier nanos) {
        // A tenth is kept for the difference between the two clocks and for the command that is about to be sent.
        this.safeNanos = lease.toNanos() / 10 * 9;
        // The rest is for the mail itself: without the database nothing extends its lease.
        this.beginNanos = lease.toNanos() / 2;
        this.recoveryNanos = lease.toNanos() * RECOVERY;
        this.nanos = nanos;
        this.extendedAt = nanos.getAsLong() - lease.toNanos();
    }

    /** The time; to be asked before a claim or an extension, because the lease runs from then. */
    long now() {
        return nanos.getAsLong();
    }

    /** The leases of all mails that were held then were extended. */
    void extended(long begunAt) {
        extendedAt = begunAt;
    }

    /** Whether a claim that began then still holds; extensions count that began since its mails are held. */
    boolean holds(long claimedAt, long heldSince) {
        return since(claimedAt, heldSince) < safeNanos;
    }

    /** Whether it also holds long enough to begin with a mail. */
    boolean mayBegin(long claimedAt, long heldSince) {
        return since(claimedAt, heldSince) < beginNanos;
    }

    /** Whether a transaction that was committed then may still have to be recovered before its rows are seen. */
    boolean mayAppear(long committedAt) {
        return nanos.getAsLong() - committedAt < recoveryNanos;
    }

    /** Whether so much time has passed since then. */
    boolean isOver(Duration time, long since) {
        return nanos.getAsLong() - since >= time.toNanos();
    }

    private long since(long claimedAt, long heldSince) {
        long extended = extendedAt;
        return nanos.getAsLong() - (extended - heldSince >= 0 ? extended : claimedAt);
    }
}
