package dev.mailroom.session;

import java.time.Duration;

/**
 * How sessions are kept.
 *
 * @param scope who shares a session
 * @param idleTimeout a session unused for longer ends by itself; ZERO = never
 * @param maxSessions most sessions open at once; 1 or more
 */
public record SessionsSettings(Scope scope, Duration idleTimeout, int maxSessions) {
    /** Who shares a session. */
    public enum Scope {
        /** Each security principal has sessions of its own. */
        CALLER,
        /** All callers of the application share them. */
        APPLICATION
    }

    /** Caller-bound, an hour of idleness, 10,000 sessions. */
    public static final SessionsSettings DEFAULTS =
            new SessionsSettings(Scope.CALLER, Duration.ofHours(1), 10_000);

    /** Checks every value. */
    public SessionsSettings {
        if (maxSessions < 1) {
            throw new IllegalArgumentException("maxSessions must be 1 or more, was " + maxSessions);
        }
        if (idleTimeout.isNegative()) {
            throw new IllegalArgumentException("idleTimeout must not be negative, was " + idleTimeout);
        }
    }
}
