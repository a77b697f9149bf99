package dev.mailroom.spool.jdbc;

import java.time.Duration;

/** Turns "how long to keep" into milliseconds to add to the clock. */
final class Retention {
    private static final Duration FOR_EVER = Duration.ofDays(365_000);

    private Retention() {
    }

    /** ZERO = for ever. */
    static long millis(Duration retention) {
        return (retention.isZero() ? FOR_EVER : retention).toMillis();
    }
}
