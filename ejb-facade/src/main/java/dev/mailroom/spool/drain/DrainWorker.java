package dev.mailroom.spool.drain;

import dev.mailroom.spool.SpoolQueue;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Serves queues as long as the scheduler has one to serve. */
final class DrainWorker {
    private final QueueScheduler scheduler;
    private final Drain drain;
    private final Drain.Sessions sessions;
    private final SpoolListener listener;
    private final LongSupplier nanos;

    /** @param nanos a monotonic clock, {@link System#nanoTime} */
    DrainWorker(QueueScheduler scheduler, Drain drain, Drain.Sessions sessions, SpoolListener listener,
            LongSupplier nanos) {
        this.scheduler = scheduler;
        this.drain = drain;
        this.sessions = sessions;
        this.listener = listener;
        this.nanos = nanos;
    }

    /** Runs until the scheduler has nothing for it. Never throws for what the database or a turn does. */
    void work() {
        boolean ended = false;
        try {
            Optional<SpoolQueue> queue = scheduler.take();
            while (queue.isPresent()) {
                serve(queue.get());
                queue = scheduler.take();
            }
            ended = true;
        } finally {
            if (!ended) {
                scheduler.lost();
            }
        }
    }

    private void serve(SpoolQueue queue) {
        Drain.Result result = Drain.Result.BLOCKED;
        boolean works = true;
        try {
            var pace = new TurnPace(scheduler, queue, nanos);
            result = drain.turn(queue, sessions, pace);
            works = result != Drain.Result.BLOCKED && !pace.slow();
        } catch (SQLException | RuntimeException | Error e) {
            // An Error is caught as well: the next queue, or the next attempt, may need less memory or another class.
            listener.failed(e);
        } finally {
            scheduler.done(queue, result == Drain.Result.MORE, works);
        }
    }
}
