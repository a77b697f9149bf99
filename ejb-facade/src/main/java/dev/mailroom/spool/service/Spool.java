package dev.mailroom.spool.service;

import dev.mailroom.Caller;
import dev.mailroom.Mail;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSessions;
import dev.mailroom.arrival.DeliveryStore;
import dev.mailroom.configuration.ConfigurationValues;
import dev.mailroom.spool.AcceptedMail;
import dev.mailroom.spool.BouncedRecipient;
import dev.mailroom.spool.MailBounced;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailLabels;
import dev.mailroom.spool.MailSchedule;
import dev.mailroom.spool.MailSettled;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.SpoolFill;
import dev.mailroom.spool.SpoolFullException;
import dev.mailroom.spool.SpoolKeys;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.UntoldOutcome;
import dev.mailroom.spool.UntoldOutcomes;
import dev.mailroom.spool.drain.Acceptance;
import dev.mailroom.spool.drain.KnownSessions;
import dev.mailroom.spool.drain.RetrySchedule;
import dev.mailroom.spool.drain.SpoolEngine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/**
 * The spool as the facade uses it. Accepting takes part in the caller's transaction; everything else is done outside of
 * it. Opened when it is first needed, or at the start of the application if mails may wait in it. Thread-safe.
 */
@ApplicationScoped
public class Spool {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");

    @Inject
    private ConfigurationValues values;
    @Inject
    private SmtpSessions sessions;
    @Inject
    private OutcomeObservers observers;
    @Inject
    private BeanManager beans;
    @Inject
    private SpoolThreads threads;

    private final SessionQueues queues = new SessionQueues();
    private final WaitingCallers waiting = new WaitingCallers(this::status);
    private TransactionSynchronizationRegistry transactions;
    private SpoolSettings settings;
    private SpoolOpener opener;
    private volatile SpoolEngine engine;
    private volatile OutcomeTeller teller;
    /** Whether the application observes outcomes. */
    private boolean tells;
    private boolean ended;
    /** Only the timer's thread reads and writes it, and the start before it. */
    private volatile String logged = "";

    /** The start of the application; called once, before anything else. */
    public void begin(TransactionSynchronizationRegistry registry) {
        transactions = registry;
        settings = SpoolKeys.settings(values);
        tells = isObserved();
        opener = new SpoolOpener(settings, transactions);
        if (opener.mayHoldMails()) {
            sweep();
        }
    }

    private boolean isObserved() {
        try {
            return !beans.resolveObserverMethods(new MailSettled(
                    new MailIdentifier(1), "", "", SpoolState.SENT, SmtpReply.NONE, "", "")).isEmpty();
        } catch (IllegalStateException e) {
            // A container that starts EJBs before it knows its observers: to tell nobody does no harm.
            return true;
        }
    }

    /** As configured. */
    public SpoolSettings settings() {
        return settings;
    }

    /** Sends what waits and tells what is to be told; called again and again. */
    public void sweep() {
        try {
            if (engine != null || opener.mayHoldMails()) {
                engine().sweep();
                tell();
                // Another server may have settled them; or, by the sweep, mails of a lost claim are held in doubt.
                if (opener.shared() || settings.inDoubt() == SpoolSettings.InDoubt.HOLD) {
                    waiting.lookAtAll();
                }
            }
        } catch (SpoolException e) {
            logOnce(e);
        }
    }

    /** An application without observers leaves the outcomes to one that shares the database and has some. */
    private void tell() throws SpoolException {
        if (tells) {
            joining(() -> {
                teller.sweep();
                return settings;
            });
        }
    }

    private void logOnce(SpoolException e) {
        if (!e.getMessage().equals(logged)) {
            logged = e.getMessage();
            LOG.log(System.Logger.Level.WARNING,
                    "MR0508 the spool cannot be opened; every sweep tries again, and says so if it fails otherwise", e);
        }
    }

    /** The end of the application; blocks up to the grace. */
    public synchronized void end() {
        ended = true;
        if (teller != null) {
            teller.stop();
        }
        if (engine != null && !engine.stop()) {
            StopLog.warn("MR0509 mails are still in flight after mailroom.spool.grace; they are dealt with at the next"
                    + " start");
        }
        opener.close();
    }

    private SpoolEngine engine() throws SpoolException {
        SpoolEngine current = engine;
        return current != null ? current : open();
    }

    private void settled(MailIdentifier id) {
        OutcomeTeller telling = teller;
        if (tells && telling != null) {
            telling.settled(id.number());
        }
    }

    private synchronized SpoolEngine open() throws SpoolException {
        if (ended) {
            throw new SpoolException("the spool is closed: the application is being stopped");
        }
        if (engine == null) {
            engine = outside(() -> opener.open(new KnownSessions(sessions, settings.cipher()),
                    new SpoolReporter(this::settled, waiting::look), threads::execute, tells));
            var schedule = new RetrySchedule(settings.retry(), Math::random);
            teller = new OutcomeTeller(
                    engine.outcomes(), observers::tell, threads::execute, schedule::afterFailures);
        }
        return engine;
    }

    /**
     * A caller has started a session whose mails go through the spool: those that wait for it can be sent.
     *
     * @param owner {@link SmtpSessions#owner}
     * @throws SpoolException when the database cannot be reached
     */
    public void started(Caller owner, SmtpSession session) throws SpoolException {
        SpoolEngine spool = engine();
        SpoolQueue queue = queues.of(owner, session);
        open(spool, queue, session);
        spool.ready(queue);
    }

    /**
     * Accepts a mail, in the caller's transaction where there is one; it is then sent after the commit.
     *
     * @param owner {@link SmtpSessions#owner}
     * @param labels what the mail is known by
     * @param schedule when it is to be sent
     * @throws IllegalArgumentException when its idempotency key is that of a mail with another content
     * @throws SpoolFullException when the administrator's limits or switch forbid it
     * @throws SpoolException when the caller's transaction is marked for rollback, since the mail would be rolled back
     *         with it; or when the database failed, and a transaction can then only be rolled back
     */
    public AcceptedMail accept(Caller owner, SmtpSession session, Mail mail, MailLabels labels, MailSchedule schedule)
            throws SpoolException {
        SpoolEngine spool = engine();
        opener.requireRoomFor(mail.data().size());
        if (transactions.getTransactionStatus() == Status.STATUS_MARKED_ROLLBACK) {
            throw new SpoolException("the transaction is marked for rollback: a mail that joins it would be rolled back"
                    + " with it; send it after the transaction, or in another one");
        }
        SpoolQueue queue = queues.of(owner, session);
        if (spool.use(queue, session)) {
            open(spool, queue, session);
        }
        var newMail = new NewMail(queue, owner.name(), labels, mail.envelope(), mail.data(), schedule);
        Acceptance acceptance = spool.acceptance(newMail, session);
        boolean told = false;
        try {
            AcceptedMail accepted = joining(acceptance::store);
            AfterCommit.run(transactions, inTransaction(), acceptance::committed,
                    () -> lookLater(acceptance, accepted.id()));
            told = true;
            return accepted;
        } catch (SpoolFullException | IllegalArgumentException e) {
            // Nothing is in the tables: the caller's other work may be committed.
            throw e;
        } catch (SpoolException | RuntimeException e) {
            if (inTransaction()) {
                // The mail may be half in the table; without this the caller could commit that half.
                transactions.setRollbackOnly();
            }
            throw e;
        } finally {
            if (!told) {
                acceptance.undone();
            }
        }
    }

    /** On another thread: an ended transaction is still this one's, and nothing can be done outside of such a one. */
    private void lookLater(Acceptance acceptance, MailIdentifier id) {
        acceptance.undone();
        if (waiting.isAwaited(id)) {
            threads.execute(() -> waiting.look(id));
        }
    }

    private void open(SpoolEngine spool, SpoolQueue queue, SmtpSession session) throws SpoolException {
        outside(() -> {
            spool.open(queue, session);
            return queue;
        });
    }

    /** What became of a mail. The facade checks whether the caller may know it. */
    public Optional<MailStatus> status(MailIdentifier id) throws SpoolException {
        SpoolEngine spool = engine();
        return joining(() -> spool.status(id));
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
        return outside(() -> spool.list(state, after, most));
    }

    /** Makes {@link #bounced} fast. Takes its time where many mails are remembered; once done, it costs nothing. */
    public void prepareBounces() throws SpoolException {
        SpoolEngine spool = engine();
        outside(() -> {
            spool.prepareBounces();
            return spool;
        });
    }

    /**
     * Servers of recipients have given up a mail that was sent; noted in the caller's transaction where there is one.
     *
     * @param queues only mails that went by one of these
     * @return recipients that got no such mail are left out
     */
    public List<MailBounced> bounced(String messageId, Set<SpoolQueue> queues, List<BouncedRecipient> recipients)
            throws SpoolException {
        SpoolEngine spool = engine();
        return joining(() -> spool.bounced(messageId, queues, recipients));
    }

    /** {@code host:port} of a queue's server; empty = its session must be started before its mails can be sent. */
    public Optional<String> server(SpoolQueue queue) throws SpoolException {
        return engine().server(queue);
    }

    /** Sends a failed mail, or one in doubt, again. False = it is neither. */
    public boolean resend(MailIdentifier id) throws SpoolException {
        SpoolEngine spool = engine();
        boolean again = outside(() -> spool.resend(id));
        if (again) {
            spool.sweep();
        }
        return again;
    }

    /** Sends all mails again that one incident has put in doubt. @return how many there were */
    public int resendIncident(String incident) throws SpoolException {
        SpoolEngine spool = engine();
        int again = outside(() -> spool.resendIncident(incident));
        if (again > 0) {
            spool.sweep();
        }
        return again;
    }

    /** Deletes all mails that one incident has put in doubt. @return how many there were */
    public int deleteIncident(String incident) throws SpoolException {
        SpoolEngine spool = engine();
        return outside(() -> spool.deleteIncident(incident));
    }

    /** Deletes a mail that is not just being sent or, if that is asked for, waits to be. False = there is none. */
    public boolean delete(MailIdentifier id, boolean onlyIfItWaits) throws SpoolException {
        SpoolEngine spool = engine();
        return outside(() -> onlyIfItWaits ? spool.cancel(id) : spool.delete(id));
    }

    /** Outcomes that the application has not acknowledged, of mails with identifiers above {@code after}, in order. */
    public List<UntoldOutcome> untold(long after, int most) throws SpoolException {
        SpoolEngine spool = engine();
        return outside(() -> spool.outcomes().list(after, most));
    }

    /** How many outcomes the application has not acknowledged. */
    public UntoldOutcomes untold() throws SpoolException {
        SpoolEngine spool = engine();
        return outside(() -> spool.outcomes().count());
    }

    /** The application is told now, if it is not just being told. False = it need not be. */
    public boolean tellAgain(MailIdentifier id) throws SpoolException {
        SpoolEngine spool = engine();
        return outside(() -> {
            boolean found = spool.outcomes().hurry(id.number());
            if (found && tells) {
                teller.sweep();
            }
            return found;
        });
    }

    /** The application is told no more of it. False = it need not be. */
    public boolean dropOutcome(MailIdentifier id) throws SpoolException {
        SpoolEngine spool = engine();
        return outside(() -> spool.outcomes().acknowledge(id.number()));
    }

    /**
     * Why it would accept no mail now, in words that anybody may read; empty = it would, as far as is known without
     * asking the database.
     */
    public Optional<String> obstacle() {
        SpoolEngine current = engine;
        if (current == null) {
            return logged.isEmpty() ? Optional.empty() : Optional.of("cannot be opened");
        }
        if (current.failing()) {
            return Optional.of("the database fails");
        }
        return opener.hasRoomFor(0) ? Optional.empty() : Optional.of("the disk is nearly full");
    }

    /** What is remembered of mails that arrive, in the spool's database, which this opens; empty = there is none. */
    public Optional<DeliveryStore> deliveries() throws SpoolException {
        return opener.hasDatabase() ? Optional.of(engine().deliveries()) : Optional.empty();
    }

    /** How much waits. */
    public SpoolFill fill() throws SpoolException {
        SpoolEngine spool = engine();
        return outside(() -> spool.fill());
    }

    private boolean inTransaction() {
        return transactions.getTransactionStatus() == Status.STATUS_ACTIVE;
    }

    /** In the caller's transaction, if there is one that can still be committed. */
    private <T> T joining(Callable<T> work) throws SpoolException {
        int status = transactions.getTransactionStatus();
        return status == Status.STATUS_ACTIVE || status == Status.STATUS_NO_TRANSACTION ? SpoolFailures.run(work)
                : outside(work);
    }

    private <T> T outside(Callable<T> work) throws SpoolException {
        return SpoolFailures.run(() -> threads.outside(work));
    }
}
