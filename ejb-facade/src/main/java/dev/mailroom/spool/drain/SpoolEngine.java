package dev.mailroom.spool.drain;

import dev.mailroom.SmtpSession;
import dev.mailroom.arrival.DeliveryStore;
import dev.mailroom.arrival.DeliveryStoreException;
import dev.mailroom.spool.BouncedRecipient;
import dev.mailroom.spool.MailArchive;
import dev.mailroom.spool.MailBounced;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailOutcomes;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.QueueStatus;
import dev.mailroom.spool.RepeatedWarning;
import dev.mailroom.spool.SpoolFill;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * The running spool of one application: the store, and the workers that empty it. Independent of the container.
 * Thread-safe.
 */
public final class SpoolEngine {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");
    static final Duration IDLE = Duration.ofMinutes(5);

    private final SpoolSettings settings;
    private final SpoolStore store;
    private final KnownSessions sessions;
    private final Executor threads;
    private final SpoolListener listener;
    private final LeasedMails leased;
    private final FreshMails fresh;
    private final QueueScheduler scheduler;
    private final DrainWorker worker;
    private final SpoolSweep sweep;
    private final QueueMoves moves;
    private final RepeatedWarning failures;
    private final LongSupplier nanos;
    private volatile long lookedForIdle;

    /** @param threads runs workers; may refuse */
    public SpoolEngine(SpoolSettings settings, SpoolStore store, KnownSessions sessions, SpoolListener listener,
            Executor threads) {
        this(settings, store, sessions, listener, threads, System::nanoTime);
    }

    SpoolEngine(SpoolSettings settings, SpoolStore store, KnownSessions sessions, SpoolListener listener,
            Executor threads, LongSupplier nanos) {
        this.nanos = nanos;
        this.lookedForIdle = nanos.getAsLong();
        this.failures = new RepeatedWarning(nanos);
        this.settings = settings;
        this.store = store;
        this.sessions = sessions;
        this.listener = listener;
        this.threads = threads;
        this.scheduler = new QueueScheduler(settings.drain().maxParallel(), settings.drain().maxPerQueue(),
                queue -> server(queue).orElse(queue.key()));
        var clock = new LeaseClock(settings.drain().lease(), nanos);
        var schedule = new RetrySchedule(settings.retry(), Math::random);
        this.leased = new LeasedMails(store, clock, listener);
        // What is claimed is in doubt after a crash: then none is claimed before its turn.
        this.fresh = new FreshMails(BatchSize.of(settings).ahead());
        this.worker = new DrainWorker(scheduler,
                new Drain(store, settings, schedule, leased, fresh, clock, listener, threads), sessions, listener,
                nanos);
        this.moves = new QueueMoves(store.queues(), sessions, settings.drain().lease(), nanos);
        this.sweep = new SpoolSweep(store, leased, listener, settings, nanos);
    }

    /** @param alone whether no other server uses the database: then whatever is claimed was claimed by a dead one */
    public void start(boolean alone) throws SQLException {
        store.queues().openNamed();
        int found = store.claims().takeOver(settings.inDoubt(), alone);
        if (alone) {
            store.outcomes().takeOver();
            freeMailboxes();
        }
        var fill = store.archive().fill();
        if (fill.messages() > 0 || found > 0) {
            LOG.log(System.Logger.Level.INFO, "MR0502 the spool holds {0} mails, {1} of them were in flight when the"
                    + " server stopped", String.valueOf(fill.messages()), String.valueOf(found));
        }
    }

    private void freeMailboxes() throws SQLException {
        try {
            store.deliveries().giveAllBack();
        } catch (DeliveryStoreException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    /** What is remembered of mails that arrive. */
    public DeliveryStore deliveries() {
        return store.deliveries();
    }

    /** Remembers the session that sends a queue's mails. True = the queue has to be opened in the store, too. */
    public boolean use(SpoolQueue queue, SmtpSession session) {
        return sessions.use(queue, session);
    }

    /**
     * Opens a queue in the store: known there, neither parked nor delayed. It takes the mails of the queues that its
     * session follows: same caller, name, login and server, and a secret that is refused now.
     */
    public void open(SpoolQueue queue, SmtpSession session) throws SQLException {
        sessions.use(queue, session);
        store.queues().open(queue, sessions.sealed(queue, session));
        moves.opened(queue, session);
    }

    /** Begins to accept a mail. It must be told how that ended, or the queue's mails are not sent from memory again. */
    public Acceptance acceptance(NewMail mail, SmtpSession session) {
        return new Acceptance(mail, session, store.intake(), fresh, leased, this);
    }

    /** What the application has not acknowledged. */
    public MailOutcomes outcomes() {
        return store.outcomes();
    }

    /** A queue has a mail in the table that is due. */
    public void ready(SpoolQueue queue) {
        fresh.filled(queue);
        offer(queue, false);
    }

    /** A queue has a mail in memory. */
    void came(SpoolQueue queue) {
        offer(queue, false);
        if (scheduler.stopped()) {
            // Its transaction has lasted longer than this server sends.
            giveBack();
        }
    }

    private void offer(SpoolQueue queue, boolean backlog) {
        if (!scheduler.offer(queue, backlog)) {
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
                scheduler.lost();
            }
        }
    }

    /** Whether the database failed at the last sweep. */
    public boolean failing() {
        return failures.lasts();
    }

    /** Leases, take-overs, retries, old rows; and sessions nobody needs any more are forgotten. */
    public void sweep() {
        try {
            List<QueueStatus> unknown = new ArrayList<>();
            for (QueueStatus queue : sweep.sweep()) {
                if (sessions.find(queue).isPresent()) {
                    fresh.filled(queue.queue());
                    offer(queue.queue(), true);
                } else {
                    unknown.add(queue);
                }
            }
            moves.sweep(unknown).forEach(this::ready);
            // Those whose turn could not begin, or was broken off.
            fresh.waiting().forEach(this::came);
            forgetIdle();
            failures.over("MR0512 the spool's database works again");
        } catch (SQLException | RuntimeException e) {
            // A RuntimeException is caught as well: it would end a container's timer.
            failures.log("MR0503 the spool's database failed; the next sweep tries again: " + RepeatedWarning.reason(e),
                    e);
        }
    }

    /** Sessions hold secrets and memory; one whose mails are all gone is not needed any more. */
    private void forgetIdle() throws SQLException {
        long now = nanos.getAsLong();
        if (now - lookedForIdle > IDLE.toNanos()) {
            lookedForIdle = now;
            for (SpoolQueue queue : sessions.remembered()) {
                if (!store.queues().hasMails(queue)) {
                    sessions.forget(queue);
                    scheduler.forget(queue);
                    fresh.forget(queue);
                }
            }
        }
    }

    /** What became of a mail. Does not check whether the caller may know it. */
    public Optional<MailStatus> status(MailIdentifier id) throws SQLException {
        return store.archive().status(id.number());
    }

    /** Up to {@code most} mails in that state with an identifier above {@code after}, in order. */
    public List<MailStatus> list(SpoolState state, long after, int most) throws SQLException {
        return store.archive().list(state, after, most);
    }

    /** {@link MailArchive#prepareBounces}. */
    public void prepareBounces() throws SQLException {
        store.archive().prepareBounces();
    }

    /** {@link MailArchive#bounced}. */
    public List<MailBounced> bounced(String messageId, Set<SpoolQueue> queues, List<BouncedRecipient> recipients)
            throws SQLException {
        return store.archive().bounced(messageId, queues, recipients);
    }

    /** {@code host:port} of a queue's server; empty = its session must be started before its mails can be sent. */
    public Optional<String> server(SpoolQueue queue) {
        return sessions.find(queue).map(SmtpSession::settings)
                .map(found -> found.host() + ":" + found.port());
    }

    /** How much waits, counted now. */
    public SpoolFill fill() throws SQLException {
        return store.archive().fill();
    }

    /** Puts a failed mail or one in doubt back into its queue, as if new. False = it is neither. */
    public boolean resend(MailIdentifier id) throws SQLException {
        return store.archive().resend(id.number());
    }

    /** Puts all mails that one incident has put in doubt back into their queues. @return how many there were */
    public int resendIncident(String incident) throws SQLException {
        int again = 0;
        for (long id : store.archive().ofIncident(incident)) {
            again += resend(new MailIdentifier(id)) ? 1 : 0;
        }
        return again;
    }

    /** Deletes all mails that one incident has put in doubt, and tells the listener. @return how many there were */
    public int deleteIncident(String incident) throws SQLException {
        int deleted = 0;
        for (long id : store.archive().ofIncident(incident)) {
            deleted += delete(new MailIdentifier(id)) ? 1 : 0;
        }
        return deleted;
    }

    /** Deletes a mail that waits to be sent, and tells the listener. False = there is none. */
    public boolean cancel(MailIdentifier id) throws SQLException {
        giveBack(id);
        boolean cancelled = store.archive().cancel(id.number());
        if (cancelled) {
            listener.deleted(id);
        }
        return cancelled;
    }

    /** Deletes a mail that is not just being sent, and tells the listener. False = there is none. */
    public boolean delete(MailIdentifier id) throws SQLException {
        giveBack(id);
        boolean deleted = store.archive().delete(id.number());
        if (deleted) {
            listener.deleted(id);
        }
        return deleted;
    }

    /** One that waits in memory waits in the table now, where it can be deleted. */
    private void giveBack(MailIdentifier id) throws SQLException {
        leased.giveBack(fresh.takeBack(id.number()).stream().toList());
    }

    /** Claims no more, waits for mails in flight as long as the grace period lasts. True = none is left. */
    public boolean stop() {
        scheduler.stop();
        try {
            return scheduler.awaitEnd(settings.drain().grace().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            giveBack();
            leased.writeAgain();
        }
    }

    /** What is in memory waits in the table for the next start, or for another server. */
    private void giveBack() {
        for (SpoolQueue queue : fresh.waiting()) {
            try {
                leased.giveBack(fresh.takeBack(queue));
            } catch (SQLException | RuntimeException e) {
                listener.failed(e);
            }
        }
    }
}
