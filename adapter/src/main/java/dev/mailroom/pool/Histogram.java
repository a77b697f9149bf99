package dev.mailroom.pool;

import java.time.Duration;
import java.util.Arrays;

/**
 * Durations in 128 buckets, four to each doubling, up to 73 minutes: a percentile is at most a quarter, or 1 µs, too
 * high. Recording allocates nothing. Guarded by the pool's lock.
 */
final class Histogram {
    private static final int BUCKETS = 128;

    private final long[] buckets = new long[BUCKETS];
    private long total;
    private long max;

    void record(long nanos) {
        long time = Math.max(0, nanos);
        buckets[bucket(time >>> 10)]++;
        total += time;
        max = Math.max(max, time);
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

    Times times() {
        long count = Arrays.stream(buckets).sum();
        return new Times(count, Duration.ofNanos(total), Duration.ofNanos(max),
                percentile(50, count), percentile(95, count), percentile(99, count));
    }

    private Duration percentile(int percent, long count) {
        long rank = (count * percent + 99) / 100;
        long seen = 0;
        for (int i = 0; i < BUCKETS - 1 && rank > 0; i++) {
            seen += buckets[i];
            if (seen >= rank) {
                return Duration.ofNanos(Math.min(max, end(i)));
            }
        }
        return Duration.ofNanos(max);
    }
}
