package dev.mailroom.spool.drain;

import dev.mailroom.SmtpSession;
import dev.mailroom.spool.QueueStatus;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolQueues;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Gives queues their turns, and notes what a turn has learned about a queue's server. Thread-safe. */
final class Drain {
    /** The sessions that this server can send with. */
    interface Sessions {
        /** The open session of a queue; empty = its mails must wait until somebody starts it. */
        Optional<SmtpSession> find(QueueStatus queue);
    }

    /** How long a turn may last among others. */
    interface Pace {
        /** Asked before each mail; true = take no more. */
        boolean mustEnd();

        /** A mail's outcome is there. */
        default void heard() {
            // Not everybody measures.
        }
    }

    /** How a turn ended. */
    enum Result {
        /** Nothing is due any more. */
        EMPTY,
        /** There may be more: the turn was stopped in favour of others. */
        MORE,
        /** The queue must wait: server, login, connection or session are missing. */
        BLOCKED
    }

    private final SpoolQueues queues;
    private final SpoolSettings settings;
    private final RetrySchedule schedule;
    private final SettlementRule rule;
    private final LeasedMails leased;
    private final FreshMails fresh;
    private final LeaseClock clock;
    private final SpoolListener listener;
    private final Executor threads;

    /** Without mails in memory. */
    Drain(SpoolStore store, SpoolSettings settings, RetrySchedule schedule, LeasedMails leased, LeaseClock clock,
            SpoolListener listener, Executor threads) {
        this(store, settings, schedule, leased, new FreshMails(false), clock, listener, threads);
    }

    /** @param threads exchange mails with the store beside the turns; may refuse */
    Drain(SpoolStore store, SpoolSettings settings, RetrySchedule schedule, LeasedMails leased, FreshMails fresh,
            LeaseClock clock, SpoolListener listener, Executor threads) {
        this.fresh = fresh;
        this.queues = store.queues();
        this.settings = settings;
        this.schedule = schedule;
        this.rule = new SettlementRule(schedule, settings.inDoubt(), settings.retry().maxCopies());
        this.leased = leased;
        this.clock = clock;
        this.listener = listener;
        this.threads = threads;
    }

    /** Gives a queue a turn; blocks until it is over. */
    Result turn(SpoolQueue queue, Sessions sessions, Pace pace) throws SQLException {
        Optional<QueueStatus> found = queues.find(queue);
        if (found.isEmpty() || found.get().parked() || !found.get().delay().isZero()) {
            return blocked(queue);
        }
        QueueStatus status = found.get();
        Optional<SmtpSession> session = sessions.find(status);
        if (session.isEmpty()) {
            return blocked(queue);
        }
        var mails = new TurnMails(queue, leased, fresh, BatchSize.of(settings), threads, clock);
        var turn = new DrainTurn(mails, leased, rule, pace);
        try {
            turn.run(session.get());
        } finally {
            learn(status, turn);
        }
        if (turn.effect() != QueueEffect.WORKS) {
            return blocked(queue);
        }
        return turn.exhausted() ? Result.EMPTY : Result.MORE;
    }

    /** What waits in memory waits in the table now, where everybody sees it. */
    private Result blocked(SpoolQueue queue) throws SQLException {
        leased.giveBack(fresh.takeBack(queue));
        return Result.BLOCKED;
    }

    private void learn(QueueStatus status, DrainTurn turn) throws SQLException {
        boolean failedBefore = status.failures() > 0 || !status.error().isEmpty();
        if (failedBefore && (turn.progress() || turn.tried() && turn.effect() == QueueEffect.WORKS)) {
            queues.works(status.queue());
        }
        if (turn.effect() != QueueEffect.WORKS) {
            hold(status, turn, turn.progress() || turn.unconfirmed() ? 0 : status.failures());
        }
    }

    private void hold(QueueStatus status, DrainTurn turn, int failures) throws SQLException {
        Duration wait = wait(status.queue(), turn.effect(), failures);
        switch (turn.effect()) {
            case DELAY, UNUSABLE, PARK -> {
                if (wait.isZero()) {
                    queues.park(status.queue(), turn.error());
                } else {
                    queues.delay(status.queue(), wait, turn.error());
                }
            }
            default -> {
                // BUSY: our own pool is exhausted; the next sweep tries again.
            }
        }
        listener.blocked(status.queue(), turn.effect(), wait, turn.error());
    }

    /**
     * How long the queue must wait; ZERO = until its session is started again. Nobody starts a named one.
     *
     * @param failures in a row, before this one; a turn in which the server accepted a mail begins a new row,
     *     and what it said to few senders only counts for each of their mails
     */
    private Duration wait(SpoolQueue queue, QueueEffect effect, int failures) {
        return switch (effect) {
            case DELAY -> schedule.afterFailures(failures + 1);
            case UNUSABLE -> schedule.longest();
            case PARK -> queue.named() ? schedule.longest() : Duration.ZERO;
            default -> Duration.ZERO;
        };
    }
}
