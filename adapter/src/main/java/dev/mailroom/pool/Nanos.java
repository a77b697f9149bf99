package dev.mailroom.pool;

import java.time.Duration;

/** Durations as nanoseconds that can be added to a clock's value without overflow. */
final class Nanos {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Nanos() {
    }

    /** At most a hundred years, at least 0. */
    static long of(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.compareTo(LONGEST) < 0 ? duration.toNanos() : LONGEST.toNanos();
    }
}
