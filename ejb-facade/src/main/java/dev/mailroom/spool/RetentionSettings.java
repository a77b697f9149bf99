package dev.mailroom.spool;

import java.time.Duration;

/**
 * How long finished mails are remembered, {@code mailroom.spool.retention.*}. It counts from the moment a mail is
 * finished, with the setting of that moment.
 *
 * @param sent for mails that were sent, of which no content is kept; ZERO = for ever
 * @param failed for mails that failed or are in doubt, with their content; ZERO = for ever
 */
public record RetentionSettings(Duration sent, Duration failed) {
    /** A week, and a month. */
    public static final RetentionSettings DEFAULTS =
            new RetentionSettings(Duration.ofDays(7), Duration.ofDays(30));

    /** Checks every value. */
    public RetentionSettings {
        notNegative("sent", sent);
        notNegative("failed", failed);
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(
                    "mailroom.spool.retention." + name + " must be 0 (for ever) or more, was " + value);
        }
    }
}
