package dev.mailroom.spool.drain;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpReply;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpooledMail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what an outcome means for a mail and for the queue it came from. Pure; the schedule draws the jitter. */
final class SettlementRule {
    private final RetrySchedule schedule;
    private final InDoubt policy;
    private final int maxCopies;

    /** @param maxCopies how often a mail in doubt is sent in all where the policy says so */
    SettlementRule(RetrySchedule schedule, InDoubt policy, int maxCopies) {
        this.schedule = schedule;
        this.policy = policy;
        this.maxCopies = maxCopies;
    }

    /** What the outcome says about the server. */
    QueueEffect effect(Outcome outcome) {
        if (!(outcome instanceof Failure failure)) {
            return QueueEffect.WORKS;
        }
        if (failure.phase() == Phase.LEASE) {
            return QueueEffect.BUSY;
        }
        // 530 in a mail transaction as well: nothing is possible without another login.
        if (failure.scope() == FailureScope.SESSION && !failure.isTransient()) {
            return QueueEffect.PARK;
        }
        // What is refused for good in a mail transaction fails the mail, and the next one must learn it for itself.
        if (failure.scope().compareTo(FailureScope.SENDER) <= 0) {
            return QueueEffect.WORKS;
        }
        if (failure.isTransient()) {
            return QueueEffect.DELAY;
        }
        return failure.phase().compareTo(Phase.CHECK) < 0 ? QueueEffect.UNUSABLE : QueueEffect.WORKS;
    }

    /** What is to be written about the mail. */
    Settlement settle(SpooledMail mail, Outcome outcome) {
        Settlement settlement = outcome instanceof Failure failure
                ? failed(mail, failure) : received(mail, (Receipt) outcome);
        return settlement.endedIfNobodyRemains();
    }

    private Settlement received(SpooledMail mail, Receipt receipt) {
        List<RefusedRecipient> again = receipt.refused().stream().filter(one -> open(one, true)).toList();
        Optional<Duration> wait = again.isEmpty() ? Optional.empty() : schedule.next(mail.attempts(), mail.age());
        if (wait.isEmpty()) {
            return new Settlement(mail, SpoolState.SENT, Duration.ZERO, true, receipt.reply(),
                    describe(receipt.refused()), refused(receipt.refused()));
        }
        var known = new ArrayList<RecipientOutcome>(soFar(receipt.refused(), true));
        var refusedAddresses = receipt.refused().stream().map(RefusedRecipient::address).toList();
        mail.envelope().forwardPaths().stream()
                .filter(path -> !refusedAddresses.contains(path))
                .forEach(path -> known.add(new RecipientOutcome(path, SpoolState.SENT, receipt.reply())));
        return new Settlement(mail, SpoolState.PENDING, wait.get(), true, again.get(0).reply(),
                describe(receipt.refused()), known);
    }

    private Settlement failed(SpooledMail mail, Failure failure) {
        boolean aboutOthers = failure.phase().compareTo(Phase.CHECK) < 0
                || effect(failure).compareTo(QueueEffect.DELAY) > 0
                || failure.scope() == FailureScope.CONNECTION && failure.isTransient();
        if (aboutOthers && failure.delivery() != Delivery.IN_DOUBT) {
            return atOnce(mail, failure);
        }
        boolean inDoubt = failure.delivery() == Delivery.IN_DOUBT;
        if (inDoubt && (policy == InDoubt.HOLD || mail.doubts() + 1 >= maxCopies)) {
            return ended(mail, SpoolState.IN_DOUBT, failure);
        }
        if (!inDoubt && !mayHelp(mail, failure)) {
            return ended(mail, SpoolState.FAILED, failure);
        }
        var wait = schedule.next(mail.attempts(), mail.age());
        if (wait.isEmpty()) {
            // Given up, not refused: a copy that was sent before, without an answer, may have been delivered.
            return ended(mail, inDoubt || mail.doubts() > 0 ? SpoolState.IN_DOUBT : SpoolState.FAILED, failure);
        }
        // In doubt only because of the mail before it: it need not wait with that.
        Duration pause = failure.scope() == FailureScope.CONNECTION ? Duration.ZERO : wait.get();
        return new Settlement(mail, SpoolState.PENDING, pause, true, failure.reply(), failure.message(),
                decided(failure, soFar(failure.refused(), failure.phase().compareTo(Phase.RCPT) > 0)), inDoubt);
    }

    /** The mail was not the cause: it waits, with its queue or not, as if it had not been tried. */
    private static Settlement atOnce(SpooledMail mail, Failure failure) {
        return new Settlement(mail, SpoolState.PENDING, Duration.ZERO, false, failure.reply(), failure.message(),
                List.of());
    }

    /** All or nobody: one recipient refused for good makes the mail hopeless. Partial: one that may help suffices. */
    private static boolean mayHelp(SpooledMail mail, Failure failure) {
        if (failure.phase() != Phase.RCPT || failure.refused().isEmpty() || failure.lasting()) {
            return failure.isTransient();
        }
        return mail.envelope().partialSend()
                ? permanent(failure).size() < mail.envelope().forwardPaths().size()
                : permanent(failure).isEmpty();
    }

    private static Settlement ended(SpooledMail mail, SpoolState state, Failure failure) {
        return new Settlement(mail, state, Duration.ZERO, true, failure.reply(), failure.message(),
                decided(failure, refused(failure.refused())));
    }

    /** Recipients that got the mail before the rest of it failed do not get it again. */
    private static List<RecipientOutcome> decided(Failure failure, List<RecipientOutcome> refused) {
        List<RecipientOutcome> all = new ArrayList<>(refused);
        failure.accepted().forEach(path -> all.add(new RecipientOutcome(path, SpoolState.SENT, SmtpReply.NONE)));
        return all;
    }

    private static List<RefusedRecipient> permanent(Failure failure) {
        return failure.refused().stream().filter(one -> !one.isTransient()).toList();
    }

    private static List<RecipientOutcome> refused(List<RefusedRecipient> recipients) {
        return recipients.stream().map(RecipientOutcome::refused).toList();
    }

    /**
     * For a mail that is tried again: recipients refused for the time being stay with it.
     *
     * @param someAccepted whether the server had accepted others: only then is one too many not refused
     */
    private static List<RecipientOutcome> soFar(List<RefusedRecipient> recipients, boolean someAccepted) {
        return recipients.stream().map(one -> new RecipientOutcome(one.address(),
                open(one, someAccepted) ? SpoolState.PENDING : SpoolState.FAILED, one.reply())).toList();
    }

    private static boolean open(RefusedRecipient one, boolean someAccepted) {
        return one.isTransient() || someAccepted && one.isOneTooMany();
    }

    private static String describe(List<RefusedRecipient> recipients) {
        return recipients.isEmpty() ? "" : "refused: " + String.join("; ",
                recipients.stream().map(RefusedRecipient::toString).toList());
    }
}
