package dev.mailroom.spool;

import java.sql.SQLException;
import java.util.Optional;

/** Serves queues as long as the rotation has one to serve. */
final class DrainWorker {
    private final Rotation rotation;
    private final Drain drain;
    private final Drain.Sessions sessions;

    DrainWorker(Rotation rotation, Drain drain, Drain.Sessions sessions) {
        this.rotation = rotation;
        this.drain = drain;
        this.sessions = sessions;
    }

    /** Runs until the rotation has nothing for it. Never throws for what the database or a turn does. */
    void work() {
        boolean ended = false;
        try {
            Optional<String> queue = rotation.take();
            while (queue.isPresent()) {
                serve(queue.get());
                queue = rotation.take();
            }
            ended = true;
        } finally {
            if (!ended) {
                rotation.lost();
            }
        }
    }

    private void serve(String queue) {
        Drain.Result result = Drain.Result.BLOCKED;
        boolean works = true;
        try {
            var pace = new TurnPace(rotation, queue, drain.leases()::now);
            result = drain.turn(queue, sessions, pace);
            works = result != Drain.Result.BLOCKED && !pace.slow();
        } catch (SQLException | RuntimeException | Error e) {
            // An Error too: the next queue, or the next attempt, may need less memory or another class.
            drain.listener().troubled(e);
        } finally {
            rotation.done(queue, result == Drain.Result.MORE, works);
        }
    }
}
