package dev.mailroom.spool;

import dev.mailroom.Envelope;
import dev.mailroom.MailData;
import java.util.Objects;

/**
 * A mail to be accepted.
 *
 * @param queue the key of the queue that sends it; the queue must have been opened
 * @param owner who may ask what became of it
 * @param messageId its Message-ID without angle brackets, for people
 * @param envelope who gets it
 * @param data what they get
 * @param idempotencyKey the owner's own name for this mail: a second mail under the same name is not accepted but
 *        answered with the first one's identifier; empty = none; at most 255 characters
 */
public record NewMail(
        String queue, String owner, String messageId, Envelope envelope, MailData data, String idempotencyKey) {

    /** Checks what the database would refuse with a worse message. */
    public NewMail {
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(data, "data");
        atMost("owner", owner, 255);
        atMost("idempotency key", idempotencyKey, 255);
        atMost("Message-ID", messageId, 998);
    }

    private static void atMost(String what, String value, int most) {
        if (value.length() > most || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the " + what + " must have at most " + most
                    + " characters and no NUL, had " + value.length() + " characters");
        }
    }
}
