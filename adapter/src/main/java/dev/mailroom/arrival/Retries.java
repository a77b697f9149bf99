package dev.mailroom.arrival;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** When mails whose listener has failed come again: each later than the time before. For one thread. */
final class Retries {
    static final Duration LONGEST = Duration.ofHours(1);

    private final long first;
    private final LongSupplier nanos;
    private final Map<String, Long> due = new HashMap<>();

    /** @param first the wait after the first failure; it doubles */
    Retries(Duration first, LongSupplier nanos) {
        this.first = first.toNanos();
        this.nanos = nanos;
    }

    /** How long it waits now that it has failed so often. */
    Duration failed(String identifier, int deliveries) {
        long wait = first;
        for (int i = 1; i < deliveries && wait < LONGEST.toNanos(); i++) {
            wait *= 2;
        }
        wait = Math.max(first, Math.min(wait, LONGEST.toNanos()));
        due.put(identifier, nanos.getAsLong() + wait);
        return Duration.ofNanos(wait);
    }

    boolean isDue(String identifier) {
        Long when = due.get(identifier);
        return when == null || when - nanos.getAsLong() <= 0;
    }

    void forget(String identifier) {
        due.remove(identifier);
    }

    /** Until the next of them is due, at most that long. */
    Duration next(Duration most) {
        long now = nanos.getAsLong();
        long wait = due.values().stream().mapToLong(when -> Math.max(1, when - now)).min().orElse(Long.MAX_VALUE);
        return Duration.ofNanos(Math.min(wait, most.toNanos()));
    }
}
