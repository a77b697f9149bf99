package dev.mailroom.pool;

import java.time.Duration;

/**
 * The pool as a whole; what one key may hold is {@link dev.mailroom.ConnectionLimits}.
 *
 * @param maxTotal most connections open at once, all keys together; 1 or more
 * @param maxOpenings most connections being opened at one destination at once, and never more than half of maxTotal,
 *        rounded up; 1 or more
 * @param maxWait longest wait for a connection; ZERO = do not wait
 * @param sweepInterval how often idle connections are looked over; above zero
 * @param leakAfter a lease held for longer is reported as a leak; ZERO = off
 * @param leakStacks whether the report shows where the lease was taken; costs a stack trace per lease
 * @param closeGrace how long closing the pool waits for leases in use
 * @param regrowInterval a maximum halved because the server refused more grows back by one this often; above zero
 */
public record PoolSettings(
        int maxTotal,
        int maxOpenings,
        Duration maxWait,
        Duration sweepInterval,
        Duration leakAfter,
        boolean leakStacks,
        Duration closeGrace,
        Duration regrowInterval) {

    /** A hundred connections, thirty seconds of patience. */
    public static final PoolSettings DEFAULTS = new PoolSettings(
            100, 16, Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ZERO, false, Duration.ofSeconds(10),
            Duration.ofMinutes(1));

    /** Checks every value. */
    public PoolSettings {
        atLeastOne("maxTotal", maxTotal);
        atLeastOne("maxOpenings", maxOpenings);
        notNegative("maxWait", maxWait);
        notNegative("leakAfter", leakAfter);
        notNegative("closeGrace", closeGrace);
        atLeastOneMilli("sweepInterval", sweepInterval);
        atLeastOneMilli("regrowInterval", regrowInterval);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more, was " + value);
        }
    }

    private static void atLeastOneMilli(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + " must be 1 ms or more, was " + value);
        }
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + value);
        }
    }
}
