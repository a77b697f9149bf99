package dev.mailroom.spool;

import dev.mailroom.SmtpReply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the spool knows of a mail, without its content.
 *
 * @param caller who handed it in
 * @param queue the session that sends it
 * @param size octets of its content
 * @param accepted when it was handed in, or sent again by hand
 * @param attempts how often it was tried
 * @param next when it is due again (PENDING) or its lease ends (SENDING); empty = it is finished
 * @param settled when it was finished; empty = it is not
 * @param reply the server's last reply, or {@link SmtpReply#NONE}
 * @param error why the last attempt failed, for a person; empty = none did
 * @param recipients the outcome of each recipient
 * @param incident what put it in doubt, a connection that broke or a server that died: those of one incident can be
 *     sent again, or deleted, together; empty = it is not IN_DOUBT
 * @param sendAt when it was to be sent at the earliest; empty = at once
 * @param expires when it is given up, if it was not sent; empty = only by its age
 */
public record MailStatus(
        MailIdentifier id,
        String caller,
        SpoolQueue queue,
        String messageId,
        long size,
        Instant accepted,
        SpoolState state,
        int attempts,
        Optional<Instant> next,
        Optional<Instant> settled,
        SmtpReply reply,
        String error,
        List<RecipientOutcome> recipients,
        String incident,
        Optional<Instant> sendAt,
        Optional<Instant> expires) {
    /** Of a mail that nothing has put in doubt. */
    public MailStatus(MailIdentifier id, String caller, SpoolQueue queue, String messageId, long size,
            Instant accepted, SpoolState state, int attempts, Optional<Instant> next, Optional<Instant> settled,
            SmtpReply reply, String error, List<RecipientOutcome> recipients) {
        this(id, caller, queue, messageId, size, accepted, state, attempts, next, settled, reply, error, recipients,
                "", Optional.empty(), Optional.empty());
    }

    /** Copies the list. */
    public MailStatus {
        recipients = List.copyOf(recipients);
    }
}
