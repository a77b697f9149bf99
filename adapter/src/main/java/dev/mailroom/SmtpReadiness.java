package dev.mailroom;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether the administrator's named sessions can be reached, judged by what happened to their connections. Asking is
 * cheap and does no I/O. Thread-safe.
 */
public interface SmtpReadiness {
    /** Whether a session that cannot be reached makes the application not ready; else it is only reported. */
    boolean required();

    /** One verdict per named session, by name. */
    List<Verdict> verdicts();

    /**
     * Checks for those sessions of which nothing was heard for the configured interval: to be run by the caller, off
     * the probe's thread, each taking a connection for a moment and at most a few seconds. A check that was handed out
     * is not handed out again within the interval.
     */
    List<Runnable> dueChecks();

    /**
     * What is known of one session.
     *
     * @param session its name
     * @param state what the last news says
     * @param failedIn where the last attempt failed; empty unless unreachable
     * @param since when the last news came; when the application started, if there is none
     */
    record Verdict(String session, State state, Optional<Phase> failedIn, Instant since) {
    }

    /** What the last news says. */
    enum State {
        /** The server was connected and, where there is a secret, the login accepted. */
        REACHABLE,
        /** It was not. */
        UNREACHABLE,
        /** Nothing happened yet. */
        UNKNOWN
    }
}
