package dev.mailroom.spool;

import dev.mailroom.Caller;
import dev.mailroom.ConfigurationValues;
import dev.mailroom.Mail;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSessions;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/**
 * The spool's door. Accepting takes part in the caller's transaction; everything else is done outside of it. Opened
 * when it is first needed, or at the start of the application if mails may wait in it. Thread-safe.
 */
@ApplicationScoped
public class Spool {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");

    @Inject
    private ConfigurationValues values;
    @Inject
    private SmtpSessions sessions;
    @Inject
    private SmtpConnectionFactory connections;
    @Inject
    private Event<MailSettled> events;
    @Inject
    private SpoolThreads threads;
    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transactions;

    private final WaitingCallers waiting = new WaitingCallers(this::status);
    private SpoolSettings settings;
    private SpoolOpening opening;
    private volatile SpoolEngine engine;
    private boolean ended;
    /** Only the timer's thread reads and writes it, and the start before it. */
    private volatile String told = "";

    /** The start of the application. */
    void begin() {
        settings = SpoolKeys.settings(values);
        opening = new SpoolOpening(settings, this::inTransaction);
        if (opening.mayHoldMails()) {
            sweep();
        }
    }

    SpoolSettings settings() {
        return settings;
    }

    /** The timer. */
    void sweep() {
        try {
            if (engine != null || opening.mayHoldMails()) {
                engine().sweep();
                // Another server may have settled them; or, by the sweep, mails of a lost claim are held in doubt.
                if (opening.shared() || settings.inDoubt() == SpoolSettings.InDoubt.HOLD) {
                    waiting.lookAtAll();
                }
            }
        } catch (SpoolException e) {
            tellOnce(e);
        }
    }

    private void tellOnce(SpoolException e) {
        if (!e.getMessage().equals(told)) {
            told = e.getMessage();
            LOG.log(System.Logger.Level.WARNING,
                    "MR0508 the spool cannot be opened; every sweep tries again, and says so if it fails otherwise", e);
        }
    }

    /** The end of the application. */
    synchronized void end() {
        ended = true;
        if (engine != null && !engine.stop()) {
            LOG.log(System.Logger.Level.WARNING, "MR0509 mails are still in flight after mailroom.spool.grace;"
                    + " they are dealt with at the next start");
        }
        opening.close();
    }

    private SpoolEngine engine() throws SpoolException {
        SpoolEngine current = engine;
        return current != null ? current : open();
    }

    private synchronized SpoolEngine open() throws SpoolException {
        if (ended) {
            throw new SpoolException("the spool is closed: the application is being stopped");
        }
        if (engine == null) {
            engine = outside(() -> opening.open(new KnownSessions(sessions, connections, settings.cipher()),
                    new SpoolReporter(events::fireAsync, waiting::look), threads::execute));
        }
        return engine;
    }

    /**
     * A caller has started a session whose mails go through the spool: those that wait for it can be sent.
     *
     * @throws SpoolException when the database cannot be reached
     */
    public void started(Caller caller, SmtpSession session) throws SpoolException {
        SpoolEngine spool = engine();
        SpoolQueue queue = queue(caller, session);
        open(spool, queue, session);
        spool.ready(queue.key());
    }

    /**
     * Accepts a mail, in the caller's transaction where there is one; it is then sent after the commit.
     *
     * @param idempotencyKey the caller's own name for this mail; empty = none
     * @throws SpoolFullException when the administrator's limits or switch forbid it
     * @throws SpoolException when the database failed; a transaction of the caller's can then only be rolled back
     */
    public Accepted accept(Caller caller, SmtpSession session, Mail mail, String messageId, String idempotencyKey)
            throws SpoolException {
        SpoolEngine spool = engine();
        if (!settings.accepting()) {
            throw new SpoolFullException("the spool accepts no new mail (mailroom.spool.accepting is off);"
                    + " mails accepted before are still sent");
        }
        SpoolQueue queue = queue(caller, session);
        if (spool.sessions().use(queue.key(), session)) {
            open(spool, queue, session);
        }
        try {
            Accepted accepted = spool.store().insert(new NewMail(
                    queue.key(), caller.name(), messageId, mail.envelope(), mail.data(), idempotencyKey));
            AfterCommit.run(transactions, inTransaction(), () -> {
                spool.sessions().use(queue.key(), session);
                spool.ready(queue.key());
            }, () -> waiting.look(accepted.id()));
            return accepted;
        } catch (SQLException e) {
            if (inTransaction()) {
                // The mail may be half in the table; without this the caller could commit that half.
                transactions.setRollbackOnly();
            }
            throw new SpoolException(e);
        }
    }

    private void open(SpoolEngine spool, SpoolQueue queue, SmtpSession session) throws SpoolException {
        spool.sessions().use(queue.key(), session);
        outside(() -> {
            spool.store().openQueue(queue, spool.sessions().sealed(queue.key(), session));
            return queue;
        });
    }

    private static SpoolQueue queue(Caller caller, SmtpSession session) {
        return session.named() ? SpoolQueue.named(session.name()) : SpoolQueue.of(caller.name(), session.name());
    }

    /** What became of a mail, whoever asks: the caller's right to know is the facade's business. */
    public Optional<MailStatus> status(MailIdentifier id) throws SpoolException {
        SpoolEngine spool = engine();
        return read(() -> spool.store().status(id.number()));
    }

    /** Completes when the mail was sent or given up. Lost when the server stops; the mail is not. */
    public CompletionStage<MailStatus> completion(MailIdentifier id) {
        CompletionStage<MailStatus> stage = waiting.await(id);
        if (!inTransaction()) {
            waiting.look(id);
        }
        return stage;
    }

    /** Up to {@code most} mails in that state, those with identifiers above {@code after}, in order. */
    public List<MailStatus> list(SpoolState state, long after, int most) throws SpoolException {
        SpoolEngine spool = engine();
        return outside(() -> spool.store().list(state, after, most));
    }

    /** {@code host:port} of a queue's server; empty = its session must be started before its mails can be sent. */
    public Optional<String> server(SpoolQueue queue) throws SpoolException {
        return engine().sessions().find(queue).map(SmtpSession::settings)
                .map(settings -> settings.host() + ":" + settings.port());
    }

    /** Sends a failed mail, or one in doubt, again. False = it is neither. */
    public boolean resend(MailIdentifier id) throws SpoolException {
        SpoolEngine spool = engine();
        boolean again = outside(() -> spool.store().resend(id.number()));
        if (again) {
            spool.sweep();
        }
        return again;
    }

    /** Deletes a mail that is not just being sent. False = there is none. */
    public boolean delete(MailIdentifier id) throws SpoolException {
        SpoolEngine spool = engine();
        return outside(() -> spool.delete(id));
    }

    /** How much waits. */
    public SpoolFill fill() throws SpoolException {
        SpoolEngine spool = engine();
        return outside(() -> spool.store().fill());
    }

    private boolean inTransaction() {
        int status = transactions.getTransactionStatus();
        return status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
    }

    private static <T> T read(Callable<T> work) throws SpoolException {
        try {
            return work.call();
        } catch (SQLException e) {
            throw new SpoolException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T outside(Callable<T> work) throws SpoolException {
        return read(() -> threads.outside(work));
    }
}
