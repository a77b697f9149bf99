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

    /** Runs until the rotation has nothing for it. Never throws for what the database or a server does. */
    void work() {
        Optional<String> queue = rotation.take();
        while (queue.isPresent()) {
            serve(queue.get());
            queue = rotation.take();
        }
    }

    private void serve(String queue) {
        Drain.Result result = Drain.Result.BLOCKED;
        boolean works = true;
        var pace = new TurnPace(rotation, queue, drain.leases()::now);
        try {
            result = drain.turn(queue, sessions, pace);
            works = result != Drain.Result.BLOCKED && !pace.slow();
        } catch (SQLException | RuntimeException e) {
            drain.listener().troubled(queue, e);
        } finally {
            rotation.done(queue, result == Drain.Result.MORE, works);
        }
    }
}
