package dev.mailroom.pool;

import java.time.Duration;
import java.util.Map;

/**
 * What has happened so far.
 *
 * @param opened resources opened
 * @param openFailures failed attempts at it
 * @param leases leases given
 * @param exhausted callers that got none because there was no place for them in time
 * @param discarded resources closed, by reason; only reasons that occurred
 * @param waits from the call of acquire to the lease, opening included
 * @param uses from the lease to its end
 */
public record Activity(
        long opened,
        long openFailures,
        long leases,
        long exhausted,
        Map<DiscardReason, Long> discarded,
        Times waits,
        Times uses) {

    /**
     * How long something took, since the key was first used. Percentiles are at most a quarter (or 1 µs) too high,
     * never above {@code max}; ZERO where nothing was counted.
     */
    public record Times(long count, Duration total, Duration max, Duration p50, Duration p95, Duration p99) {
    }

    /** Takes an immutable copy. */
    public Activity {
        discarded = Map.copyOf(discarded);
    }
}
