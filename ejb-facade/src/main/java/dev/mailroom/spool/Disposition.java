package dev.mailroom.spool;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what an outcome means for a mail and for the queue it came from. Pure; the schedule draws the jitter. */
final class Disposition {
    /** What an outcome says about the server rather than about the mail. */
    enum QueueEffect {
        /** The server can be reached and serves us. */
        WORKS,
        /** The pool has no connection to give: ask again soon. */
        BUSY,
        /** The server cannot be reached or wants to be left alone: back off with the whole queue. */
        DELAY,
        /** The server refused the login: do not try again with these credentials. */
        PARK
    }

    private final RetrySchedule schedule;
    private final InDoubt policy;

    Disposition(RetrySchedule schedule, InDoubt policy) {
        this.schedule = schedule;
        this.policy = policy;
    }

    /** What the outcome says about the server. */
    QueueEffect effect(Outcome outcome) {
        if (!(outcome instanceof Failure failure)) {
            return QueueEffect.WORKS;
        }
        boolean beforeMail = failure.phase().compareTo(Phase.MAIL) < 0;
        if (failure.phase() == Phase.LEASE) {
            return QueueEffect.BUSY;
        }
        if (failure.phase() == Phase.AUTH && !failure.isTransient()) {
            return QueueEffect.PARK;
        }
        boolean leaveAlone = failure.reply().code() == 421 || failure.phase() == Phase.MAIL && failure.isTransient();
        return beforeMail || leaveAlone ? QueueEffect.DELAY : QueueEffect.WORKS;
    }

    /** What is to be written about the mail. */
    Settlement settle(SpooledMail mail, Outcome outcome) {
        return outcome instanceof Failure failure ? failed(mail, failure) : received(mail, (Receipt) outcome);
    }

    private Settlement received(SpooledMail mail, Receipt receipt) {
        List<RefusedRecipient> again = receipt.refused().stream().filter(one -> one.reply().isTransient()).toList();
        Optional<Duration> wait = again.isEmpty() ? Optional.empty() : schedule.next(mail.attempts(), mail.age());
        if (wait.isEmpty()) {
            return new Settlement(mail, SpoolState.SENT, Duration.ZERO, true, receipt.reply(),
                    describe(receipt.refused()), refused(receipt.refused()));
        }
        var decided = new ArrayList<RecipientOutcome>(
                refused(receipt.refused().stream().filter(one -> !again.contains(one)).toList()));
        var refusedAddresses = receipt.refused().stream().map(RefusedRecipient::address).toList();
        mail.envelope().forwardPaths().stream()
                .filter(path -> !refusedAddresses.contains(path))
                .forEach(path -> decided.add(new RecipientOutcome(path, SpoolState.SENT, receipt.reply())));
        return new Settlement(mail, SpoolState.PENDING, wait.get(), true, again.get(0).reply(),
                describe(receipt.refused()), decided);
    }

    private Settlement failed(SpooledMail mail, Failure failure) {
        if (failure.phase() == Phase.LEASE || effect(failure) == QueueEffect.PARK) {
            return new Settlement(mail, SpoolState.PENDING, Duration.ZERO, false, failure.reply(), failure.message(),
                    List.of());
        }
        if (failure.delivery() == Delivery.IN_DOUBT && policy == InDoubt.HOLD) {
            return ended(mail, SpoolState.IN_DOUBT, failure);
        }
        boolean inDoubt = failure.delivery() == Delivery.IN_DOUBT;
        if (!inDoubt && !mayHelp(mail, failure)) {
            return ended(mail, SpoolState.FAILED, failure);
        }
        var wait = schedule.next(mail.attempts(), mail.age());
        if (wait.isEmpty()) {
            return ended(mail, inDoubt ? SpoolState.IN_DOUBT : SpoolState.FAILED, failure);
        }
        return new Settlement(mail, SpoolState.PENDING, wait.get(), true, failure.reply(), failure.message(),
                mail.envelope().partialSend() ? refused(permanent(failure)) : List.of());
    }

    /** All or nobody: one recipient refused for good makes the mail hopeless. Partial: one that may help suffices. */
    private static boolean mayHelp(SpooledMail mail, Failure failure) {
        if (failure.refused().isEmpty()) {
            return failure.isTransient();
        }
        return mail.envelope().partialSend()
                ? permanent(failure).size() < mail.envelope().forwardPaths().size()
                : permanent(failure).isEmpty();
    }

    private static Settlement ended(SpooledMail mail, SpoolState state, Failure failure) {
        return new Settlement(mail, state, Duration.ZERO, true, failure.reply(), failure.message(),
                refused(failure.refused()));
    }

    private static List<RefusedRecipient> permanent(Failure failure) {
        return failure.refused().stream().filter(one -> one.reply().isPermanent()).toList();
    }

    private static List<RecipientOutcome> refused(List<RefusedRecipient> recipients) {
        return recipients.stream()
                .map(one -> new RecipientOutcome(one.address(), SpoolState.FAILED, one.reply()))
                .toList();
    }

    private static String describe(List<RefusedRecipient> recipients) {
        return recipients.isEmpty() ? "" : "refused: " + String.join("; ",
                recipients.stream().map(RefusedRecipient::toString).toList());
    }
}
