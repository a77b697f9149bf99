package dev.mailroom.spool;

import dev.mailroom.SmtpReply;
import java.time.Instant;
import java.util.List;

/**
 * What the spool knows of a mail, without its content.
 *
 * @param attempts how often it was tried
 * @param accepted when it was inserted
 * @param next when it is due again (PENDING), when its lease ends (SENDING), when its state became final (others)
 * @param reply the server's last reply, or {@link SmtpReply#NONE}
 * @param error why the last attempt failed, for a person; empty = none did
 * @param recipients the outcome of each recipient
 */
public record MailStatus(
        MailIdentifier id,
        String owner,
        String queue,
        String messageId,
        SpoolState state,
        int attempts,
        long size,
        Instant accepted,
        Instant next,
        SmtpReply reply,
        String error,
        List<RecipientOutcome> recipients) {

    /** Copies the list. */
    public MailStatus {
        recipients = List.copyOf(recipients);
    }

    /** The session that sends it. */
    public SpoolQueue session() {
        return SpoolQueue.ofKey(queue);
    }
}
