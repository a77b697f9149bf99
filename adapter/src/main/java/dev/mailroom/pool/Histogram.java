package dev.mailroom.pool;

import java.time.Duration;
import java.util.Arrays;

/**
 * Durations in 128 buckets, four to each doubling, up to 73 minutes: a percentile is at most a quarter, or 1 µs, too
 * high. Holds no more buckets than were needed: there are two histograms for each key, and what is small stays in the
 * processor's caches. Guarded by the pool's lock.
 */
final class Histogram {
    private static final int BUCKETS = 128;
    private static final long[] NONE = {};

    /** How many are in each bucket but the first, which has those that are in no other. */
    private long[] counts = NONE;
    private long count;
    private long total;
    private long max;

    void record(long nanos) {
        long time = Math.max(0, nanos);
        count++;
        total += time;
        max = Math.max(max, time);
        int bucket = bucket(time >>> 10);
        if (bucket > 0) {
            if (bucket >= counts.length) {
                counts = Arrays.copyOf(counts, bucket + 1);
            }
            counts[bucket]++;
        }
    }

    private static int bucket(long unit) {
        if (unit < 4) {
            return (int) unit;
        }
        int doubling = 63 - Long.numberOfLeadingZeros(unit);
        return Math.min(BUCKETS - 1, (doubling - 1) * 4 + (int) (unit >>> (doubling - 2) & 3));
    }

    /** The first duration, in nanoseconds, that no longer belongs to the bucket. */
    private static long end(int bucket) {
        long unit = bucket < 4 ? bucket + 1 : (long) (bucket % 4 + 5) << (bucket / 4 - 1);
        return unit << 10;
    }

    long count() {
        return count;
    }

    Activity.Times times() {
        return new Activity.Times(count, Duration.ofNanos(total), Duration.ofNanos(max),
                percentile(50), percentile(95), percentile(99));
    }

    private Duration percentile(int percent) {
        long rank = (count * percent + 99) / 100;
        long seen = count - Arrays.stream(counts).sum();
        int bucket = 0;
        while (seen < rank) {
            seen += counts[++bucket];
        }
        return Duration.ofNanos(bucket < BUCKETS - 1 ? Math.min(max, end(bucket)) : max);
    }
}
