package dev.mailroom.spool;

import dev.mailroom.spool.Disposition.QueueEffect;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** Tells administrators (log), applications (event) and waiting callers what the spool does. */
final class SpoolReporter implements SpoolListener {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");

    private final Consumer<MailSettled> events;
    private final Consumer<MailIdentifier> waiting;

    SpoolReporter(Consumer<MailSettled> events, Consumer<MailIdentifier> waiting) {
        this.events = events;
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
                    mail.owner().isEmpty() ? "anonymous" : mail.owner(), settlement.state(),
                    String.valueOf(mail.attempts()), settlement.error());
        }
        events.accept(new MailSettled(
                id, mail.owner(), mail.messageId(), settlement.state(), settlement.reply(), settlement.error()));
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
        if (effect != QueueEffect.PARK) {
            return "MR0506 the mails of session {0} must wait: {1}";
        }
        return queue.named()
                ? "MR0505 the login of session {0} was refused: correct its password and restart, or its mails are"
                        + " tried again at {2}: {1}"
                : "MR0505 the mails of session {0} are parked until it is started again: {1}";
    }

    @Override
    public void troubled(Throwable error) {
        LOG.log(System.Logger.Level.WARNING, "MR0507 mails could not be taken out of the spool, or what became"
                + " of them not be written; the next sweep tries again", error);
    }
}
