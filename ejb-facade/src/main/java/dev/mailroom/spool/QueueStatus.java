package dev.mailroom.spool;

import java.time.Duration;

/**
 * How a queue stands.
 *
 * @param parked whether the server refused the login, so that nothing is tried until the session is started again;
 *        never of a named session, which nobody starts: it is delayed
 * @param failures attempts to reach the server that failed since the last one that worked
 * @param delay how long until the server is tried again; ZERO = now
 * @param error what went wrong last; empty = nothing
 * @param sealed the session's settings, encrypted; empty = none
 */
public record QueueStatus(
        SpoolQueue queue, boolean parked, int failures, Duration delay, String error, byte[] sealed) {
}
