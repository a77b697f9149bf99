package dev.mailroom.spool;

import dev.mailroom.SmtpSession;
import dev.mailroom.spool.Disposition.QueueEffect;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes mails out of the store: looks after what a turn has learned about its queue.
 *
 * @param batch mails claimed at once and outcomes written at once
 */
record Drain(
        SpoolStore store,
        RetrySchedule schedule,
        Disposition disposition,
        LeaseWatch leases,
        HeldMails held,
        SpoolListener listener,
        int batch) {

    /** The sessions that this server can send with. */
    interface Sessions {
        /** The open session of a queue; empty = its mails must wait until somebody starts it. */
        Optional<SmtpSession> find(QueueStatus queue);
    }

    /** The place that a turn holds among others. */
    interface Place {
        /** Asked before each mail; true = take no more. */
        boolean leave();

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

    Drain(SpoolStore store, SpoolSettings settings, RetrySchedule schedule, LeaseWatch leases, HeldMails held,
            SpoolListener listener) {
        this(store, schedule, new Disposition(schedule, settings.inDoubt()), leases, held, listener,
                // A crash holds every claimed mail, sent or not: then none is claimed before its turn.
                settings.inDoubt() == InDoubt.HOLD ? 1 : settings.drain().batch());
    }

    /** Gives a queue a turn; blocks until it is over. */
    Result turn(String key, Sessions sessions, Place place) throws SQLException {
        Optional<QueueStatus> found = store.queue(key);
        if (found.isEmpty() || found.get().parked() || !found.get().delay().isZero()) {
            return Result.BLOCKED;
        }
        QueueStatus status = found.get();
        Optional<SmtpSession> session = sessions.find(status);
        if (session.isEmpty()) {
            return Result.BLOCKED;
        }
        var turn = new DrainTurn(this, status.queue(), place);
        try {
            turn.run(session.get());
        } finally {
            learn(status, turn);
        }
        if (turn.effect() != QueueEffect.WORKS) {
            return Result.BLOCKED;
        }
        return turn.exhausted() ? Result.EMPTY : Result.MORE;
    }

    private void learn(QueueStatus status, DrainTurn turn) throws SQLException {
        String key = status.queue().key();
        Duration wait = wait(status, turn.effect());
        switch (turn.effect()) {
            case WORKS -> {
                if (turn.tried() && (status.failures() > 0 || !status.error().isEmpty())) {
                    store.queueWorks(key);
                }
            }
            case DELAY, PARK -> {
                if (wait.isZero()) {
                    store.parkQueue(key, turn.error());
                } else {
                    store.delayQueue(key, wait, turn.error());
                }
            }
            default -> {
                // BUSY: our own pool is exhausted; the next sweep tries again.
            }
        }
        if (turn.effect() != QueueEffect.WORKS) {
            listener.blocked(status.queue(), turn.effect(), wait, turn.error());
        }
    }

    /** How long the queue must wait; ZERO = until its session is started again. Nobody starts a named one. */
    private Duration wait(QueueStatus status, QueueEffect effect) {
        return switch (effect) {
            case DELAY -> schedule.afterFailures(status.failures() + 1);
            case PARK -> status.queue().named() ? schedule.longest() : Duration.ZERO;
            default -> Duration.ZERO;
        };
    }
}
