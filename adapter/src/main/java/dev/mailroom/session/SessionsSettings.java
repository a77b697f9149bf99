package dev.mailroom.session;

import java.time.Duration;

/**
 * How sessions are kept.
 *
 * @param scope who shares a session
 * @param idleTimeout a session unused for longer ends by itself; ZERO = never
 * @param maxSessions most sessions open at once; 1 or more
 * @param maxPerCaller most of them that one caller has opened, so that one cannot take them all; 1 or more
 */
public record SessionsSettings(Scope scope, Duration idleTimeout, int maxSessions, int maxPerCaller) {
    /** Who shares a session. */
    public enum Scope {
        /** Each security principal has sessions of its own. */
        CALLER,
        /** All callers of the application share them. */
        APPLICATION
    }

    /** Caller-bound, an hour of idleness, 10,000 sessions, half of them a caller's. */
    public static final SessionsSettings DEFAULTS =
            new SessionsSettings(Scope.CALLER, Duration.ofHours(1), 10_000, 5_000);

    /** Checks every value. */
    public SessionsSettings {
        if (maxSessions < 1 || maxPerCaller < 1) {
            throw new IllegalArgumentException("maxSessions and maxPerCaller must be 1 or more, were " + maxSessions
                    + " and " + maxPerCaller);
        }
        if (idleTimeout.isNegative()) {
            throw new IllegalArgumentException("idleTimeout must not be negative, was " + idleTimeout);
        }
    }
}
