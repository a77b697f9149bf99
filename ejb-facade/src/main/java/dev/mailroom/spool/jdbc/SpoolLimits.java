package dev.mailroom.spool.jdbc;

import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolFill;
import dev.mailroom.spool.SpoolFullException;
import dev.mailroom.spool.SpoolSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keeps the spool below its limits without a counter row, which every insert would have to lock until its caller
 * commits. It counts the table now and then, estimates in between, and counts again before it refuses: the numbers in a
 * refusal are the table's. The limit can be exceeded by mails of transactions that are open while it counts, and, where
 * several servers share a spool, by what the others accept within a second.
 *
 * <p>A session may have as much waiting as a multiple of what is still free: alone it gets its share, and the more
 * others have, the less, so that something is left for sessions that have none. Thread-safe.
 */
final class SpoolLimits {
    private static final long FRESH = Duration.ofMillis(250).toNanos();
    private static final long STALE = Duration.ofSeconds(1).toNanos();
    private static final SpoolFill UNKNOWN = new SpoolFill(Long.MAX_VALUE, Long.MAX_VALUE);
    private static final SpoolFill NONE = new SpoolFill(0, 0);

    /** Counts the table, by queue. */
    interface Count {
        Map<String, SpoolFill> now() throws SQLException;
    }

    private final long maxMessages;
    private final long maxBytes;
    private final int maxShare;
    private final Count count;
    private final LongSupplier nanos;
    private SpoolFill estimate = UNKNOWN;
    private Map<String, SpoolFill> byQueue = new HashMap<>();
    /** Finished since the count, in all queues together. */
    private SpoolFill gone = NONE;
    private long countedAt;
    private long cost;
    private boolean counting;

    /** @param nanos a monotonic clock, {@link System#nanoTime} */
    SpoolLimits(SpoolSettings settings, Count count, LongSupplier nanos) {
        this.maxMessages = settings.maxMessages();
        this.maxBytes = settings.maxBytes();
        this.maxShare = settings.maxShare();
        this.count = count;
        this.nanos = nanos;
    }

    /** Makes room for a mail, or refuses it. */
    void admit(String queue, long bytes) throws SQLException, SpoolFullException {
        if (maxMessages == 0 && maxBytes == 0) {
            return;
        }
        countIfOlderThan(STALE);
        if (!taken(queue, bytes)) {
            countIfOlderThan(FRESH);
            if (!taken(queue, bytes)) {
                throw refusal(queue, bytes);
            }
        }
    }

    /** What was finished makes room. */
    void left(List<Settlement> written) {
        written.stream().filter(one -> !one.state().open()).forEach(one -> left(one.mail().data().size()));
    }

    /** A waiting mail is finished. */
    synchronized void left(long bytes) {
        if (estimate != UNKNOWN) {
            estimate = estimate.plus(-1, -bytes);
            gone = gone.plus(1, bytes);
        }
    }

    private synchronized boolean taken(String queue, long bytes) {
        if (full(bytes) || hasItsShare(queue, bytes)) {
            return false;
        }
        estimate = estimate.plus(1, bytes);
        byQueue.merge(queue, new SpoolFill(1, bytes), (one, more) -> one.plus(more.messages(), more.bytes()));
        return true;
    }

    private boolean full(long bytes) {
        return maxMessages > 0 && estimate.messages() >= maxMessages
                || maxBytes > 0 && estimate.bytes() > maxBytes - bytes;
    }

    /** In favour of the session: what was finished since the count may have been its own. */
    private SpoolFill own(String queue) {
        return byQueue.getOrDefault(queue, NONE).plus(-gone.messages(), -gone.bytes());
    }

    private boolean hasItsShare(String queue, long bytes) {
        SpoolFill own = own(queue);
        if (maxShare == 100 || own.messages() == 0) {
            return false;
        }
        double others = 100.0 - maxShare;
        return maxMessages > 0 && own.messages() * others >= maxShare * (double) (maxMessages - estimate.messages())
                || maxBytes > 0
                        && (own.bytes() + bytes) * others > maxShare * (double) (maxBytes - estimate.bytes() - bytes);
    }

    private synchronized SpoolFullException refusal(String queue, long bytes) {
        if (!full(bytes)) {
            SpoolFill own = own(queue);
            return new SpoolFullException("this session has its share of the spool (" + own.messages()
                    + " mails of " + own.bytes() + " octets wait, " + estimate.messages() + " of " + estimate.bytes()
                    + " with those of others); try again when mails of it have been sent, or raise"
                    + " mailroom.spool.max-share (now " + maxShare + "), max-messages or max-bytes");
        }
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
        Map<String, SpoolFill> counted = null;
        try {
            counted = count.now();
        } finally {
            synchronized (this) {
                counting = false;
                if (counted != null) {
                    byQueue = new HashMap<>(counted);
                    gone = NONE;
                    estimate = counted.values().stream()
                            .reduce(NONE, (sum, one) -> sum.plus(one.messages(), one.bytes()));
                    countedAt = nanos.getAsLong();
                    cost = countedAt - begin;
                }
            }
        }
    }
}
