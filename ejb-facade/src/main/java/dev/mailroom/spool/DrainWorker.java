package dev.mailroom.spool;

import java.sql.SQLException;
import java.util.Optional;

/** Serves queues as long as the rotation has one to serve. */
final class DrainWorker {
    /** How long a queue may keep its place while others wait. */
    private static final long TURN_NANOS = 1_000_000_000L;

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
        long begin = drain.leases().now();
        try {
            result = drain.turn(queue, sessions, () -> rotation.stopped()
                    || drain.leases().now() - begin > TURN_NANOS && rotation.crowded());
            works = result != Drain.Result.BLOCKED;
        } catch (SQLException | RuntimeException e) {
            drain.listener().troubled(queue, e);
        } finally {
            rotation.done(queue, result == Drain.Result.MORE, works);
        }
    }
}
