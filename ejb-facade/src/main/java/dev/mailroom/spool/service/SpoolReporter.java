package dev.mailroom.spool.service;

import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.RepeatedWarning;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.drain.QueueEffect;
import dev.mailroom.spool.drain.SpoolListener;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** Tells administrators (log), applications (event) and waiting callers what the spool does. */
final class SpoolReporter implements SpoolListener {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");

    private final RepeatedWarning failures = new RepeatedWarning(System::nanoTime);
    private final Consumer<MailIdentifier> outcomes;
    private final Consumer<MailIdentifier> waiting;

    SpoolReporter(Consumer<MailIdentifier> outcomes, Consumer<MailIdentifier> waiting) {
        this.outcomes = outcomes;
        this.waiting = waiting;
    }

    @Override
    public void settled(Settlement settlement) {
        if (settlement.state().open()) {
            return;
        }
        SpooledMail mail = settlement.mail();
        var id = new MailIdentifier(mail.id());
        if (settlement.state() != SpoolState.SENT) {
            LOG.log(System.Logger.Level.WARNING, "MR0504 mail {0} of {1} is {2} after {3} attempts: {4}", id,
                    mail.caller().isEmpty() ? "anonymous" : mail.caller(), settlement.state(),
                    String.valueOf(mail.attempts()), settlement.error());
        }
        outcomes.accept(id);
        waiting.accept(id);
    }

    @Override
    public void deleted(MailIdentifier id) {
        waiting.accept(id);
    }

    @Override
    public void blocked(SpoolQueue queue, QueueEffect effect, Duration wait, String error) {
        System.Logger.Level level = effect == QueueEffect.BUSY ? System.Logger.Level.DEBUG
                : System.Logger.Level.WARNING;
        LOG.log(level, text(queue, effect), queue.session(), error,
                Instant.now().plus(wait).truncatedTo(ChronoUnit.SECONDS));
    }

    private static String text(SpoolQueue queue, QueueEffect effect) {
        if (effect == QueueEffect.UNUSABLE) {
            return "MR0505 the mails of session {0} are parked until it is started again, and tried again at {2}: {1}";
        }
        if (effect != QueueEffect.PARK) {
            return "MR0506 the mails of session {0} must wait until {2}: {1}";
        }
        return queue.named()
                ? "MR0505 the login of session {0} was refused: correct its password and restart, or its mails are"
                        + " tried again at {2}: {1}"
                : "MR0505 the mails of session {0} are parked until it is started again: {1}";
    }

    @Override
    public void failed(Throwable error) {
        failures.log(error instanceof SQLException
                ? "MR0507 the database failed while mails were taken out of the spool, or while what became of them was"
                + " written: " + RepeatedWarning.reason(error) + "; the next sweep tries again,"
                + " over another connection, and what was sent is not sent again as long as this server runs"
                : "MR0507 something unforeseen ended a turn of the spool: " + error + "; the next sweep tries again",
                error);
    }
}
