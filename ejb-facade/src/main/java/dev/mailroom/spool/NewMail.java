package dev.mailroom.spool;

import dev.mailroom.Envelope;
import dev.mailroom.MailData;
import java.util.Objects;

/**
 * A mail to be accepted.
 *
 * @param queue the queue that sends it; it must have been opened
 * @param caller who may ask what became of it
 * @param labels what it is known by
 * @param envelope who gets it
 * @param data what they get
 * @param schedule when it is to be sent
 */
public record NewMail(SpoolQueue queue, String caller, MailLabels labels, Envelope envelope, MailData data,
        MailSchedule schedule) {
    /** Checks what the database would refuse with a worse message. */
    public NewMail {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(schedule, "schedule");
        if (caller.length() > 255 || caller.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the caller must have at most 255 characters and no NUL, had "
                    + caller.length() + " characters");
        }
    }

    /** A mail that is to be sent at once. */
    public NewMail(SpoolQueue queue, String caller, MailLabels labels, Envelope envelope, MailData data) {
        this(queue, caller, labels, envelope, data, MailSchedule.NOW);
    }

    /** A mail whose content is not compared under its idempotency key, and without a reference. */
    public NewMail(
            SpoolQueue queue, String caller, String messageId, Envelope envelope, MailData data, String key) {
        this(queue, caller, new MailLabels(messageId, key, "", ""), envelope, data);
    }
}
