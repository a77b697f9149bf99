package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.Delivery;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSession;
import dev.mailroom.mime.Composed;
import dev.mailroom.mime.Composer;
import dev.mailroom.mime.DraftException;
import dev.mailroom.spool.SpoolException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** Sends an Email over a session: composes it first, so that no connection waits for that, and fills in the results. */
@Dependent
final class Sending {
    private final Composer composer = new Composer(Clock.systemDefaultZone(), new SecureRandom());
    private final Departure departure;

    @Inject
    Sending(Departure departure) {
        this.departure = departure;
    }

    List<RefusedRecipient> send(Caller caller, SmtpSession session, Email email)
            throws SmtpException, SpoolException, MailFunctionException {
        Composed composed = composer.compose(EmailTranslator.draft(email, false));
        try {
            return departure.send(caller, session, composed, email);
        } catch (SmtpException e) {
            if (e.failure().delivery() == Delivery.IN_DOUBT) {
                // It may have arrived: whoever looks for it, or sends it again as the same mail, needs its id.
                email.sentAs(composed.messageId());
            }
            throw e;
        }
    }

    /** Sends what it can; how each mail ended is in the mailing, unless it never came to that. */
    void send(Caller caller, SmtpSession session, Mailing mailing) throws SmtpException, SpoolException {
        if (!session.asynchronous()) {
            new MailStream(mailing, session, composer).run();
            return;
        }
        for (int index = 0; index < mailing.size(); index++) {
            try {
                mailing.sent(index, send(caller, session, mailing.email(index)));
            } catch (MailFunctionException | DraftException e) {
                mailing.failed(index, Errors.of("SendAll", e));
            }
        }
    }

    /** What would be sent, as text. */
    String source(Email email, boolean bccInHeader) throws MailFunctionException {
        var out = new ByteArrayOutputStream();
        try {
            composer.compose(EmailTranslator.draft(email, bccInHeader)).mail().data().writeTo(out);
        } catch (IOException e) {
            throw Arguments.bad("an attachment cannot be read: " + e.getMessage());
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
