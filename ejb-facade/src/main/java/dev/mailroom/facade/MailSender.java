package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.Delivery;
import dev.mailroom.Mail;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSession;
import dev.mailroom.facade.request.ContentDigest;
import dev.mailroom.facade.request.MailFile;
import dev.mailroom.mime.ComposedMail;
import dev.mailroom.mime.Composer;
import dev.mailroom.mime.Draft;
import dev.mailroom.spool.AcceptedMail;
import dev.mailroom.spool.MailLabels;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.service.Spool;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/**
 * Sends Emails: composes them first, so that no connection waits for that; then they leave at once over their session
 * or, if that is asynchronous, go into the spool.
 */
@Dependent
class MailSender {
    private final Composer composer = new Composer(Clock.systemDefaultZone(), new SecureRandom());
    private final Spool spool;

    @Inject
    MailSender(Spool spool) {
        this.spool = spool;
    }

    /** A session was started: mails that wait for it in the spool can be sent. */
    void started(Caller owner, SmtpSession session) throws SpoolException {
        if (session.asynchronous()) {
            spool.started(owner, session);
        }
    }

    /**
     * Sends a mail and tells the Email its identifiers.
     *
     * @return what became of each recipient, as far as that is known when this returns
     */
    List<RecipientOutcome> send(Caller owner, SmtpSession session, Email email)
            throws SmtpException, SpoolException, MailFunctionException {
        if (!session.asynchronous()) {
            return send(session, composer.compose(EmailTranslator.draft(
                    Arguments.withoutKey(email, session), session.defaults(), false)), email);
        }
        Draft draft = EmailTranslator.draft(email, session.defaults(), false);
        ComposedMail composed = composer.compose(draft);
        String key = email.getIdempotencyKey();
        spool(owner, session, composed.mail(), email, new MailLabels(
                composed.messageId(), key, key.isEmpty() ? "" : digest(draft), email.getReference()));
        return List.of();
    }

    /** Sends a mail that is a file; the Email has what is to be said of it, and is told how it went. */
    List<RecipientOutcome> send(Caller owner, SmtpSession session, MailFile file, Email email)
            throws SpoolException, MailFunctionException {
        Mail mail = new Mail(EmailTranslator.envelope(email, session.defaults(), file), file);
        String id = file.fields().identifiers("Message-ID").stream().findFirst().orElse("");
        if (!session.asynchronous()) {
            return send(session, new ComposedMail(mail, id), Arguments.withoutKey(email, session));
        }
        String key = email.getIdempotencyKey();
        try {
            spool(owner, session, mail, email,
                    new MailLabels(id, key, key.isEmpty() ? "" : ContentDigest.of(mail), email.getReference()));
        } catch (IOException e) {
            throw Arguments.bad("the file cannot be read: " + e.getMessage());
        }
        return List.of();
    }

    private static String digest(Draft draft) throws MailFunctionException {
        try {
            return ContentDigest.of(draft);
        } catch (IOException e) {
            throw Arguments.bad("an attachment cannot be read: " + e.getMessage() + "; pass a readable file");
        }
    }

    private static List<RecipientOutcome> send(SmtpSession session, ComposedMail composed, Email email)
            throws MailFunctionException {
        try {
            Receipt receipt = session.send(composed.mail());
            email.sentAs(composed.messageId());
            return RecipientOutcome.of(composed.mail().envelope(), receipt);
        } catch (SmtpException e) {
            if (e.failure().delivery() == Delivery.IN_DOUBT) {
                // It may have arrived: whoever looks for it, or sends it again as the same mail, needs its id.
                email.sentAs(composed.messageId());
            }
            throw new MailFunctionException(Errors.of("SendMessage", e).to(composed.mail().envelope()));
        }
    }

    private void spool(Caller owner, SmtpSession session, Mail mail, Email email, MailLabels labels)
            throws SpoolException, MailFunctionException {
        AcceptedMail accepted = spool.accept(owner, session, mail, labels, Arguments.schedule(email));
        email.acceptedAs(accepted.id(), accepted.duplicateOf());
        email.sentAs(accepted.messageId());
    }

    /** Sends what it can; how each mail ended is in the mailing, unless it never came to that. */
    void send(Caller owner, SmtpSession session, Mailing mailing) throws SmtpException, SpoolException {
        if (!session.asynchronous()) {
            new MailStream(mailing, session, composer).run();
            return;
        }
        for (int index = 0; index < mailing.size(); index++) {
            try {
                mailing.sent(index, send(owner, session, mailing.email(index)));
            } catch (MailFunctionException | RuntimeException e) {
                mailing.failed(index, Errors.of("SendAll", e));
            }
        }
    }

    /** Tells the Email its source: what would be sent, under the Message-ID that the next send has. */
    void build(Email email, boolean bccInHeader) throws MailFunctionException {
        ComposedMail composed = composer.compose(
                EmailTranslator.draft(email, SmtpSession.MailDefaults.NONE, bccInHeader));
        var out = new ByteArrayOutputStream();
        try {
            composed.mail().data().writeTo(out);
        } catch (IOException e) {
            throw Arguments.bad("an attachment cannot be read: " + e.getMessage());
        }
        email.builtAs(out.toByteArray(), composed.messageId());
    }
}
