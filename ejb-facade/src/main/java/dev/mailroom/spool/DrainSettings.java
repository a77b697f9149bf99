package dev.mailroom.spool;

import java.time.Duration;

/**
 * How mails are taken out of the spool.
 *
 * @param maxParallel connections that drain at once, all queues together; 1 or more
 * @param maxPerQueue connections that drain one queue at once; 1 or more
 * @param batch mails claimed at once; 1 or more
 * @param lease how long a claim holds without a sign of life; 1 s or more
 * @param sweep how often retries, expired leases and old rows are looked for; above zero
 * @param grace how long shutting down waits for mails in flight; ZERO = not at all
 */
public record DrainSettings(
        int maxParallel, int maxPerQueue, int batch, Duration lease, Duration sweep, Duration grace) {

    /** Twelve connections of the server's sixteen asynchronous threads, two for a queue; a lease of a minute. */
    public static final DrainSettings DEFAULTS = new DrainSettings(
            12, 2, 32, Duration.ofMinutes(1), Duration.ofSeconds(2), Duration.ofSeconds(20));

    /** Checks every value. */
    public DrainSettings {
        atLeastOne("max-parallel", maxParallel);
        atLeastOne("max-per-queue", maxPerQueue);
        atLeastOne("batch", batch);
        if (lease.toMillis() < 1000) {
            throw new IllegalArgumentException("mailroom.spool.lease must be 1 s or more, was " + lease);
        }
        if (sweep.toMillis() < 1) {
            throw new IllegalArgumentException("mailroom.spool.sweep must be 1 ms or more, was " + sweep);
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException("mailroom.spool.grace must be 0 or more, was " + grace);
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("mailroom.spool." + name + " must be 1 or more, was " + value);
        }
    }
}
