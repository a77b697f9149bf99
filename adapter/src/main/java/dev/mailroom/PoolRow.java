package dev.mailroom;

import java.time.Duration;
import java.util.Map;

/**
 * One session's part of the pool, or all of it, at one moment.
 *
 * @param id names the row for {@link SmtpPool}'s operations; {@link #TOTAL} for all sessions together
 * @param user the user name; empty in the total
 * @param host the server; empty in the total
 * @param port its port; 0 in the total
 * @param tls how its connections are protected; {@link TlsMode#NONE} in the total
 * @param limit most connections
 * @param effectiveLimit the same while the server wants fewer
 * @param open places taken: idle, in use, being opened, checked or closed
 * @param idle waiting to be lent
 * @param inUse lent
 * @param waiting callers in the queue
 * @param suspended whether callers wait because of {@link SmtpPool#suspend}
 * @param opened connections opened so far
 * @param openFailures attempts that failed
 * @param leases times a connection was lent
 * @param exhausted callers that got none because there was no place for them in time
 * @param messages mails that servers accepted
 * @param failures requests that failed, by {@link Phase}: no connection could be had, or a mail was not accepted
 * @param discarded connections closed, by reason; those of the application server's pool were {@code BROKEN}, or just
 *        {@code CLOSED}
 * @param waits how long callers waited, opening included
 * @param uses how long leases lasted
 */
public record PoolRow(
        String id,
        String user,
        String host,
        int port,
        TlsMode tls,
        int limit,
        int effectiveLimit,
        int open,
        int idle,
        int inUse,
        int waiting,
        boolean suspended,
        long opened,
        long openFailures,
        long leases,
        long exhausted,
        long messages,
        Map<Phase, Long> failures,
        Map<String, Long> discarded,
        Spread waits,
        Spread uses) {

    /** The id of the row for all sessions together. */
    public static final String TOTAL = "total";

    /** Copies the maps. */
    public PoolRow {
        failures = Map.copyOf(failures);
        discarded = Map.copyOf(discarded);
    }

    /** How durations are spread. Percentiles are estimates, at most a quarter too high. */
    public record Spread(long count, Duration max, Duration p50, Duration p95, Duration p99) {
    }
}
