package dev.mailroom;

import java.time.Duration;

/**
 * What one session (pool key) may hold in connections. Used by Mailroom's own pool; an application server's pool has
 * limits of its own, and of these keeps {@code maxUses} only.
 *
 * @param maxConnections most connections open at once; 1 or more
 * @param minIdle connections kept warm; 0 = none
 * @param idleTimeout a connection idle for longer is closed; ZERO = never
 * @param maxLifetime a connection older than this is closed when it comes back; ZERO = never
 * @param maxUses mails given to a connection after which it is closed, refused ones counted too; 0 = no limit
 * @param validateAfterIdle idle time after which a connection is probed with NOOP before it is lent; ZERO = never
 */
public record ConnectionLimits(
        int maxConnections,
        int minIdle,
        Duration idleTimeout,
        Duration maxLifetime,
        int maxUses,
        Duration validateAfterIdle) {

    /** Four connections, closed after a minute of idleness or half an hour of life, probed after 30 idle seconds. */
    public static final ConnectionLimits DEFAULTS = new ConnectionLimits(
            4, 0, Duration.ofSeconds(60), Duration.ofMinutes(30), 0, Duration.ofSeconds(30));

    /** Checks every value. */
    public ConnectionLimits {
        atLeast("maxConnections", maxConnections, 1);
        atLeast("minIdle", minIdle, 0);
        atLeast("maxUses", maxUses, 0);
        if (minIdle > maxConnections) {
            throw new IllegalArgumentException(
                    "minIdle must not exceed maxConnections (" + maxConnections + "), was " + minIdle);
        }
        notNegative("idleTimeout", idleTimeout);
        notNegative("maxLifetime", maxLifetime);
        notNegative("validateAfterIdle", validateAfterIdle);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be " + least + " or more, was " + value);
        }
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + value);
        }
    }
}
