package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSession;
import dev.mailroom.mime.Composed;
import dev.mailroom.spool.Accepted;
import dev.mailroom.spool.Spool;
import dev.mailroom.spool.SpoolException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/** Where composed mails leave: at once over their session, or, for asynchronous sessions, into the spool. */
@Dependent
final class Departure {
    private final Spool spool;

    @Inject
    Departure(Spool spool) {
        this.spool = spool;
    }

    /** A session was started: what waits for it in the spool can be sent. */
    void started(Caller caller, SmtpSession session) throws SpoolException {
        if (session.asynchronous()) {
            spool.started(caller, session);
        }
    }

    /**
     * Sends it and tells the Email its identifiers.
     *
     * @return the recipients that were refused, as far as that is known when this returns
     */
    List<RefusedRecipient> send(Caller caller, SmtpSession session, Composed composed, Email email)
            throws SmtpException, SpoolException {
        if (!session.asynchronous()) {
            List<RefusedRecipient> refused = session.send(composed.mail()).refused();
            email.sentAs(composed.messageId());
            return refused;
        }
        Accepted accepted = spool.accept(
                caller, session, composed.mail(), composed.messageId(), email.getIdempotencyKey());
        email.acceptedAs(accepted.id());
        email.sentAs(accepted.messageId());
        return List.of();
    }
}
