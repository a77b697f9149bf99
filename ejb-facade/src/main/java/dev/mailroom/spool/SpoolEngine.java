package dev.mailroom.spool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** The running spool of one application: the store, and what empties it. Knows no container. Thread-safe. */
final class SpoolEngine {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");

    private static final long IDLE_NANOS = Duration.ofMinutes(5).toNanos();

    private final SpoolSettings settings;
    private final SpoolStore store;
    private final KnownSessions sessions;
    private final Executor threads;
    private final SpoolListener listener;
    private final HeldMails held;
    private final Rotation rotation;
    private final DrainWorker worker;
    private final SpoolSweep sweep;
    private volatile long lookedForIdle = System.nanoTime();

    /** @param threads runs workers; may refuse */
    SpoolEngine(SpoolSettings settings, SpoolStore store, KnownSessions sessions, SpoolListener listener,
            Executor threads) {
        this.settings = settings;
        this.store = store;
        this.sessions = sessions;
        this.listener = listener;
        this.threads = threads;
        this.rotation = new Rotation(settings.drain().maxParallel(), settings.drain().maxPerQueue());
        var leases = new LeaseWatch(settings.drain().lease(), System::nanoTime);
        var schedule = new RetrySchedule(settings.retry(), Math::random);
        this.held = new HeldMails(store, listener);
        this.worker = new DrainWorker(
                rotation, new Drain(store, settings, schedule, leases, held, listener), sessions);
        this.sweep = new SpoolSweep(store, held, leases, listener, settings);
    }

    SpoolStore store() {
        return store;
    }

    KnownSessions sessions() {
        return sessions;
    }

    /** @param alone whether no other server uses the database: then whatever is claimed was claimed by a dead one */
    void start(boolean alone) throws SQLException {
        store.createSchema();
        store.openNamedQueues();
        int found = store.takeOver(settings.inDoubt(), alone);
        var fill = store.fill();
        if (fill.messages() > 0 || found > 0) {
            LOG.log(System.Logger.Level.INFO, "MR0502 the spool holds {0} mails, {1} of them were in flight when the"
                    + " server stopped", String.valueOf(fill.messages()), String.valueOf(found));
        }
    }

    /** A queue has a mail that is due. */
    void ready(String queue) {
        offer(queue, false);
    }

    private void offer(String queue, boolean backlog) {
        if (!rotation.offer(queue, backlog)) {
            return;
        }
        boolean started = false;
        try {
            threads.execute(worker::work);
            started = true;
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "no thread for the spool now; the next sweep tries again");
        } finally {
            if (!started) {
                rotation.lost();
            }
        }
    }

    /** Leases, take-overs, retries, old rows; and sessions nobody needs any more are forgotten. */
    void sweep() {
        try {
            for (QueueStatus queue : sweep.sweep()) {
                if (sessions.find(queue).isPresent()) {
                    offer(queue.queue().key(), true);
                }
            }
            forgetIdle();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "MR0503 the spool's database failed; the next sweep tries again", e);
        }
    }

    /** Sessions hold secrets and memory; one whose mails are all gone is not needed any more. */
    private void forgetIdle() throws SQLException {
        long now = System.nanoTime();
        if (now - lookedForIdle > IDLE_NANOS) {
            lookedForIdle = now;
            for (String queue : sessions.queues()) {
                if (!store.waiting(queue)) {
                    sessions.forget(queue);
                }
            }
        }
    }

    /** Deletes a mail that is not just being sent, and tells the listener. False = there is none. */
    boolean delete(MailIdentifier id) throws SQLException {
        boolean deleted = store.delete(id.number());
        if (deleted) {
            listener.deleted(id);
        }
        return deleted;
    }

    /** Claims no more, waits for mails in flight as long as the grace period lasts. True = none is left. */
    boolean stop() {
        rotation.stop();
        try {
            return rotation.awaitEnd(settings.drain().grace().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            held.writeAgain();
        }
    }
}
