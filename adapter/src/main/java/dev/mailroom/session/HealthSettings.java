package dev.mailroom.session;

import java.time.Duration;

/**
 * How the named sessions' reachability is judged.
 *
 * @param interval a session of which nothing was heard for that long is due for a check
 * @param required whether one that cannot be reached makes the application not ready
 */
public record HealthSettings(Duration interval, boolean required) {
    /** A minute; required. */
    public static final HealthSettings DEFAULTS = new HealthSettings(Duration.ofMinutes(1), false);
}
