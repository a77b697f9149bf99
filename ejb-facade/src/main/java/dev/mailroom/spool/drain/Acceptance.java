package dev.mailroom.spool.drain;

import dev.mailroom.SmtpSession;
import dev.mailroom.spool.AcceptedMail;
import dev.mailroom.spool.MailIntake;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.SpoolFullException;
import dev.mailroom.spool.SpooledMail;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The acceptance of one mail, from the caller to the drain. It must be told how it ended: {@link #committed} or
 * {@link #undone}. For one thread at a time.
 */
public final class Acceptance {
    private final NewMail mail;
    private final SmtpSession session;
    private final MailIntake intake;
    private final FreshMails fresh;
    private final LeasedMails leased;
    private final SpoolEngine engine;
    private final boolean inMemory;
    private final long begunAt;
    private Optional<SpooledMail> claimed = Optional.empty();
    private boolean ended;

    /** @param session sends it */
    Acceptance(NewMail mail, SmtpSession session, MailIntake intake, FreshMails fresh, LeasedMails leased,
            SpoolEngine engine) {
        this.mail = mail;
        this.session = session;
        this.intake = intake;
        this.fresh = fresh;
        this.leased = leased;
        this.engine = engine;
        this.begunAt = leased.now();
        // One that is sent later, or has little time, waits in the table.
        this.inMemory = mail.schedule().usual() && fresh.begin(mail.queue(), mail.data().size());
    }

    /** Writes the mail, in the caller's transaction where there is one. */
    public AcceptedMail store() throws SQLException, SpoolFullException {
        if (!inMemory) {
            return intake.accept(mail);
        }
        MailIntake.Claimed stored = intake.acceptClaimed(mail);
        claimed = stored.claim();
        return stored.accepted();
    }

    /** It is in the table for good: it is sent. */
    public void committed() {
        // It may have been forgotten meanwhile, as one without mails.
        engine.use(mail.queue(), session);
        if (ended) {
            engine.ready(mail.queue());
            return;
        }
        ended = true;
        if (!inMemory) {
            engine.ready(mail.queue());
        } else if (claimed.isPresent()) {
            leased.hold(claimed.get(), fresh, begunAt);
            fresh.came(mail.queue(), claimed.get(), mail.data().size());
            engine.came(mail.queue());
        } else {
            fresh.didNotCome(mail.queue(), mail.data().size());
            engine.ready(mail.queue());
        }
    }

    /** It is not in the table, or nobody knows: then it comes free when its lease ends. */
    public void undone() {
        if (ended) {
            return;
        }
        ended = true;
        if (inMemory) {
            fresh.didNotCome(mail.queue(), mail.data().size());
        } else {
            fresh.filled(mail.queue());
        }
    }
}
