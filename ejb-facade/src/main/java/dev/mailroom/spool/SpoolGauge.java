package dev.mailroom.spool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps the spool below its limits without a counter row, which every insert would have to lock until its caller
 * commits. It counts the table now and then, estimates in between, and counts again before it refuses: the numbers in a
 * refusal are the table's. The limit can be exceeded by mails of transactions that are open while it counts, and, where
 * several servers share a spool, by what the others accept within a second. Thread-safe.
 */
final class SpoolGauge {
    private static final long FRESH = Duration.ofMillis(250).toNanos();
    private static final long STALE = Duration.ofSeconds(1).toNanos();
    private static final SpoolFill UNKNOWN = new SpoolFill(Long.MAX_VALUE, Long.MAX_VALUE);

    /** Counts the table. */
    interface Count {
        SpoolFill now() throws SQLException;
    }

    private final long maxMessages;
    private final long maxBytes;
    private final Count count;
    private final LongSupplier nanos;
    private SpoolFill estimate = UNKNOWN;
    private long countedAt;
    private long cost;
    private boolean counting;

    /** @param nanos a monotonic clock, {@link System#nanoTime} */
    SpoolGauge(SpoolSettings settings, Count count, LongSupplier nanos) {
        this.maxMessages = settings.maxMessages();
        this.maxBytes = settings.maxBytes();
        this.count = count;
        this.nanos = nanos;
    }

    /** Makes room for a mail, or refuses it. */
    void admit(long bytes) throws SQLException, SpoolFullException {
        if (maxMessages == 0 && maxBytes == 0) {
            return;
        }
        countIfOlderThan(STALE);
        if (!taken(bytes)) {
            countIfOlderThan(FRESH);
            if (!taken(bytes)) {
                throw refusal(bytes);
            }
        }
    }

    /** A waiting mail is finished. */
    synchronized void left(long bytes) {
        if (estimate != UNKNOWN) {
            estimate = estimate.plus(-1, -bytes);
        }
    }

    private synchronized boolean taken(long bytes) {
        if (full(bytes)) {
            return false;
        }
        estimate = estimate.plus(1, bytes);
        return true;
    }

    private boolean full(long bytes) {
        return maxMessages > 0 && estimate.messages() >= maxMessages
                || maxBytes > 0 && estimate.bytes() > maxBytes - bytes;
    }

    private synchronized SpoolFullException refusal(long bytes) {
        boolean tooMany = maxMessages > 0 && estimate.messages() >= maxMessages;
        return new SpoolFullException(tooMany
                ? "the spool is full (" + estimate.messages() + " of " + maxMessages
                        + "); try again when mails have been sent, or raise mailroom.spool.max-messages"
                : "the spool is full (" + estimate.bytes() + " of " + maxBytes + " octets, this mail has " + bytes
                        + "); try again when mails have been sent, or raise mailroom.spool.max-bytes");
    }

    /** One thread counts while the others go on with the estimate; the first ever makes the others wait. */
    private void countIfOlderThan(long age) throws SQLException {
        synchronized (this) {
            // A large table must not be counted so often that counting it becomes the work: at most 1/20 of the time.
            long patience = Math.max(age, 20 * cost);
            boolean known = estimate != UNKNOWN;
            if (known && (counting || nanos.getAsLong() - countedAt < patience)) {
                return;
            }
            counting = true;
        }
        long begin = nanos.getAsLong();
        SpoolFill counted = null;
        try {
            counted = count.now();
        } finally {
            synchronized (this) {
                counting = false;
                if (counted != null) {
                    estimate = counted;
                    countedAt = nanos.getAsLong();
                    cost = countedAt - begin;
                }
            }
        }
    }
}
