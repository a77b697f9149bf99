package dev.mailroom;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One session's part of the pool, or all of it, at one moment.
 *
 * @param id names the row for {@link SmtpPool}'s operations; {@link #TOTAL} for all sessions together
 * @param session whose it is; empty in the total
 * @param authenticated whether its connections are logged in; false without a secret, and in the total
 * @param limits what it may have
 * @param places what it has
 * @param counts what has happened so far
 * @param waits how long callers waited, opening included
 * @param uses how long leases lasted
 */
public record PoolRow(
        String id,
        Optional<SessionKey> session,
        boolean authenticated,
        Limits limits,
        Places places,
        Counts counts,
        Spread waits,
        Spread uses) {

    /** The id of the row for all sessions together. */
    public static final String TOTAL = "total";

    /**
     * What a row may have; zeros where the application server pools, whose limits are its own.
     *
     * @param connections most connections
     * @param effective the same while the server wants fewer
     * @param mails mails that its server was found to take on one connection; 0 = no limit was met, and in the total
     */
    public record Limits(int connections, int effective, int mails) {
    }

    /**
     * What a row has.
     *
     * @param open places taken: idle, in use, being opened, checked or closed
     * @param idle waiting to be lent
     * @param inUse lent
     * @param waiting callers in the queue
     * @param suspended whether callers wait because of {@link SmtpPool#suspend}
     */
    public record Places(int open, int idle, int inUse, int waiting, boolean suspended) {
    }

    /**
     * What has happened so far.
     *
     * @param opened connections opened
     * @param openFailures attempts that failed
     * @param leases times a connection was lent
     * @param exhausted callers that got none because there was no place for them in time
     * @param discarded connections closed, by reason; those of the application server's pool were {@code BROKEN}, or
     *        just {@code CLOSED}
     * @param messages mails that servers accepted
     * @param failures requests that failed, by {@link Phase}: no connection could be had, or a mail was not accepted
     */
    public record Counts(
            long opened,
            long openFailures,
            long leases,
            long exhausted,
            Map<String, Long> discarded,
            long messages,
            Map<Phase, Long> failures) {

        /** Copies the maps. */
        public Counts {
            discarded = Map.copyOf(discarded);
            failures = Map.copyOf(failures);
        }
    }

    /** How durations are spread. Percentiles are estimates, at most a quarter too high. */
    public record Spread(long count, Duration max, Duration p50, Duration p95, Duration p99) {
        /** Of no durations. */
        public static final Spread NONE =
                new Spread(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
}
