package dev.mailroom.facade;

import dev.mailroom.Delivery;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSession;
import dev.mailroom.mime.Composed;
import dev.mailroom.mime.Composer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;

/** Sends an Email over a session: composes it first, so that no connection waits for that, and fills in the results. */
@ApplicationScoped
class Sending {
    private final Composer composer = new Composer(Clock.systemDefaultZone(), new SecureRandom());
    private final Departure departure = new Departure();

    Departure departure() {
        return departure;
    }

    Receipt send(SmtpSession session, Email email) throws SmtpException, MailFunctionException {
        Composed composed = composer.compose(EmailTranslator.draft(email, false));
        try {
            Receipt receipt = departure.send(session, composed.mail());
            email.sentAs(composed.messageId());
            return receipt;
        } catch (SmtpException e) {
            if (e.failure().delivery() == Delivery.IN_DOUBT) {
                // It may have arrived: whoever looks for it, or sends it again as the same mail, needs its id.
                email.sentAs(composed.messageId());
            }
            throw e;
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
