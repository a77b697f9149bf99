package dev.mailroom.receiving;

import java.time.Duration;
import java.util.Objects;

/**
 * How mails of a mailbox come to its listener. Immutable.
 *
 * @param interval how often the mailbox is looked into, and a connection that waits for news is checked; 1 ms or more
 * @param idle whether the server is asked to tell of news (IMAP IDLE, RFC 2177), where it can
 * @param maxDeliveries how often a mail is given to a listener that fails; 1 or more
 * @param done what becomes of a mail that was handled
 * @param doneFolder where it is moved to; empty unless {@code done} is {@link Done#MOVE}
 * @param deadLetterFolder where a mail is moved to whose listener has failed so often; POP3 has none
 */
public record ArrivalSettings(Duration interval, boolean idle, int maxDeliveries, Done done, String doneFolder,
        String deadLetterFolder) {
    /** IMAP's defaults. */
    public static final ArrivalSettings DEFAULTS =
            new ArrivalSettings(Duration.ofMinutes(1), true, 5, Done.SEEN, "", "Failed");

    /** What becomes of a mail once the transaction of its listener has committed. */
    public enum Done {
        /** It is marked as seen; what somebody else has marked so is never given to the listener. */
        SEEN,
        /** It is moved to a folder. */
        MOVE,
        /** It is deleted; all that POP3 can do. */
        DELETE
    }

    /** Checks every value. */
    public ArrivalSettings {
        Objects.requireNonNull(done, "done");
        if (interval.toMillis() < 1) {
            throw new IllegalArgumentException("interval must be 1 ms or more, was " + interval);
        }
        if (maxDeliveries < 1) {
            throw new IllegalArgumentException("maxDeliveries must be 1 or more, was " + maxDeliveries);
        }
        if (doneFolder.isBlank() == (done == Done.MOVE)) {
            throw new IllegalArgumentException(done == Done.MOVE
                    ? "doneFolder must name the folder that mails are moved to"
                    : "doneFolder must be empty unless mails are moved, was \"" + doneFolder + "\"");
        }
        if (deadLetterFolder.isBlank()) {
            throw new IllegalArgumentException("deadLetterFolder must name a folder");
        }
    }
}
