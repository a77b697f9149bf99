package dev.mailroom.spool;

import java.time.Duration;

/**
 * When a failed attempt is repeated, {@code mailroom.spool.retry.*}.
 *
 * @param initial the longest wait after the first failure; above zero
 * @param max the longest wait ever; not below {@code initial}
 * @param maxAttempts attempts after which a mail is given up; 0 = only its age counts. An attempt is what a server
 *     answered to the mail, or did when it got it: that there was no connection is none
 * @param maxAge age at which a mail is given up; ZERO = only the attempts count
 * @param maxCopies how often a mail in doubt is sent in all, the first time included, before it is held; 1 or more
 */
public record RetrySettings(Duration initial, Duration max, int maxAttempts, Duration maxAge, int maxCopies) {
    /** From half a minute to an hour between attempts, for two days (RFC 5321, section 4.5.4.1 asks for days). */
    public static final RetrySettings DEFAULTS =
            new RetrySettings(Duration.ofSeconds(30), Duration.ofHours(1), 0, Duration.ofDays(2), 3);

    /** Checks every value. */
    public RetrySettings {
        if (initial.toMillis() < 1) {
            throw new IllegalArgumentException("mailroom.spool.retry.initial must be 1 ms or more, was " + initial);
        }
        if (max.compareTo(initial) < 0) {
            throw new IllegalArgumentException(
                    "mailroom.spool.retry.max must not be below retry.initial (" + initial + "), was " + max);
        }
        if (maxAttempts < 0) {
            throw new IllegalArgumentException(
                    "mailroom.spool.retry.max-attempts must be 0 (no limit) or more, was " + maxAttempts);
        }
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("mailroom.spool.retry.max-age must be 0 (off) or more, was " + maxAge);
        }
        if (maxCopies < 1) {
            throw new IllegalArgumentException("mailroom.spool.retry.max-copies must be 1 or more"
                    + " (with 1, as with mailroom.spool.in-doubt=hold, nothing is sent again), was " + maxCopies);
        }
        if (maxAttempts == 0 && maxAge.isZero()) {
            throw new IllegalArgumentException(
                    "mailroom.spool.retry.max-attempts and retry.max-age are both 0: no mail would ever be given up");
        }
    }
}
