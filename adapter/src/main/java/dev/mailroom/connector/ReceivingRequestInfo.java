package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpSettings;
import dev.mailroom.receiving.ReceivingSettings;

/**
 * Which mailbox a request is for. A connection belongs to one request alone: it knows which mails are marked as
 * deleted.
 */
record ReceivingRequestInfo(ReceivingSettings mailbox, SessionKey session, Deadline deadline) implements PoolRequest {
    @Override
    public SmtpSettings settings() {
        return mailbox.server();
    }

    @Override
    public String toString() {
        return session.toString();
    }
}
