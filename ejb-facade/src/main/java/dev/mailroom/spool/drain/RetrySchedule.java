package dev.mailroom.spool.drain;

import dev.mailroom.spool.RetrySettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Exponential backoff with full jitter: the n-th wait is a random part of {@code initial * 2^(n-1)}, at most {@code
 * max}, so that mails that failed together do not come back together. Never below a tenth of that, so that an unlucky
 * random number does not lead to attempts in quick succession.
 */
public final class RetrySchedule {
    private final RetrySettings settings;
    private final DoubleSupplier random;

    /** @param random yields values from 0 (inclusive) to 1 (exclusive) */
    public RetrySchedule(RetrySettings settings, DoubleSupplier random) {
        this.settings = settings;
        this.random = random;
    }

    /** The wait after that many failures in a row, 1 or more. */
    public Duration afterFailures(int failures) {
        int doublings = Math.min(failures - 1, 40);
        double ceiling = Math.min(settings.max().toMillis(), settings.initial().toMillis() * Math.pow(2, doublings));
        return Duration.ofMillis(Math.max(1, Math.round(ceiling * (0.1 + 0.9 * random.getAsDouble()))));
    }

    /** The longest wait there is, without jitter. */
    Duration longest() {
        return settings.max();
    }

    /** The wait before the next attempt of a mail, the last one at its maximum age; empty = it is given up. */
    Optional<Duration> next(int attempts, Duration age) {
        Duration wait = afterFailures(attempts);
        if (settings.maxAttempts() > 0 && attempts >= settings.maxAttempts()) {
            return Optional.empty();
        }
        if (settings.maxAge().isZero()) {
            return Optional.of(wait);
        }
        Duration left = settings.maxAge().minus(age);
        boolean tooOld = left.isZero() || left.isNegative();
        return tooOld ? Optional.empty() : Optional.of(wait.compareTo(left) < 0 ? wait : left);
    }
}
