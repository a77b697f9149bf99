package dev.mailroom.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a mail is to be sent at the earliest, and until when it is of use. By this server's clock: the spool keeps the
 * time that is left, by its own.
 *
 * @param sendAt it is not sent before; empty = at once
 * @param expires it is given up then, if it was not sent; empty = only by its age
 */
public record MailSchedule(Optional<Instant> sendAt, Optional<Instant> expires) {
    /** At once, as long as it takes. */
    public static final MailSchedule NOW = new MailSchedule(Optional.empty(), Optional.empty());
    /** Nobody plans further ahead: a later moment is a mistake. */
    public static final Duration LONGEST = Duration.ofDays(3_660);

    /** Checks that there is time to send it. */
    public MailSchedule {
        if (sendAt.isPresent() && expires.isPresent() && !expires.get().isAfter(sendAt.get())) {
            throw new IllegalArgumentException("the mail is to be sent at " + sendAt.get() + " and expires at "
                    + expires.get() + ", which is not later; nothing would be sent");
        }
    }

    /** Whether nothing is said. */
    public boolean usual() {
        return sendAt.isEmpty() && expires.isEmpty();
    }

    /** How long it waits from now on; zero = it does not. */
    public Duration delay(Instant now) {
        return sendAt.filter(now::isBefore).map(moment -> Duration.between(now, moment)).orElse(Duration.ZERO);
    }

    /** What is left until it expires, not below zero; empty = it does not. */
    public Optional<Duration> left(Instant now) {
        return expires.map(moment -> moment.isAfter(now) ? Duration.between(now, moment) : Duration.ZERO);
    }
}
