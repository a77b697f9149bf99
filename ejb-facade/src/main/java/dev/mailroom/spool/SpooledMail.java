package dev.mailroom.spool;

import dev.mailroom.Envelope;
import dev.mailroom.MailData;
import java.time.Duration;
import java.util.Optional;

/**
 * A mail that this server has claimed and must settle.
 *
 * @param caller who may ask what became of it
 * @param messageId its Message-ID without angle brackets
 * @param envelope the recipients that are still to be served
 * @param data its content; a large one is read from the store while it is written
 * @param attempts the number of this attempt, 1 for the first
 * @param doubts attempts after which nobody knew whether the server had taken it; 0 or more
 * @param age how long ago it was accepted, by the spool's time
 * @param lease names this claim of it; another claim, by this server too, has another name
 * @param left what was left of its time when it was claimed, by the spool's time; empty = it does not expire
 */
public record SpooledMail(
        long id,
        String caller,
        String messageId,
        Envelope envelope,
        MailData data,
        int attempts,
        int doubts,
        Duration age,
        String lease,
        Optional<Duration> left) {

    /** One that does not expire. */
    public SpooledMail(long id, String caller, String messageId, Envelope envelope, MailData data, int attempts,
            int doubts, Duration age, String lease) {
        this(id, caller, messageId, envelope, data, attempts, doubts, age, lease, Optional.empty());
    }

    /** Whether both are the same claim of the same mail. */
    public boolean sameClaim(SpooledMail other) {
        return id == other.id && lease.equals(other.lease);
    }
}
