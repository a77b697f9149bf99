package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.BiConsumer;

/**
 * What the application holds: a lease that ends once. After that the managed connection may serve somebody else, so
 * a late call must not reach it. In between a connection manager may part the two; the next use asks it for another
 * connection (Connectors 2.1, lazy connection association).
 */
final class SmtpConnectionHandle implements SmtpConnection {
    /** Null once closed. */
    private SmtpConnectionRequestInfo request;
    /** Null while parted from it, and once closed. */
    private SmtpManagedConnection managedConnection;
    private Deadline deadline;
    private Lender lender = Lender.NOBODY;
    private boolean closed;

    SmtpConnectionHandle(SmtpManagedConnection managedConnection, SmtpConnectionRequestInfo request) {
        this.managedConnection = managedConnection;
        this.request = request;
        this.deadline = request.deadline();
    }

    @Override
    public Receipt send(Mail mail) throws SmtpException {
        SmtpManagedConnection open = open();
        long start = System.nanoTime();
        Outcome outcome = open.send(mail, nextDeadline());
        tell(open, outcome, System.nanoTime() - start);
        if (outcome instanceof Failure failure) {
            throw new SmtpException(failure);
        }
        return (Receipt) outcome;
    }

    @Override
    public void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes) {
        SmtpManagedConnection open;
        try {
            open = open();
        } catch (SmtpException e) {
            if (mails.hasNext()) {
                outcomes.accept(mails.next(), e.failure());
            }
            return;
        }
        open.sendAll(mails, new TimedOutcomes(open, outcomes));
    }

    /** Tells how long each mail of a stream took: from the outcome before it to its own. */
    private final class TimedOutcomes implements BiConsumer<Mail, Outcome> {
        private final SmtpManagedConnection open;
        private final BiConsumer<? super Mail, ? super Outcome> outcomes;
        private long last = System.nanoTime();

        TimedOutcomes(SmtpManagedConnection open, BiConsumer<? super Mail, ? super Outcome> outcomes) {
            this.open = open;
            this.outcomes = outcomes;
        }

        @Override
        public void accept(Mail mail, Outcome outcome) {
            long now = System.nanoTime();
            tell(open, outcome, now - last);
            last = now;
            outcomes.accept(mail, outcome);
        }
    }

    private void tell(SmtpManagedConnection open, Outcome outcome, long nanos) {
        Duration took = Duration.ofNanos(nanos);
        SessionKey session = request.session();
        SmtpListener listener = lender.listener();
        open.learnedMailLimit().ifPresent(mails -> listener.on(new SmtpEvent.MailLimitLearned(session, mails)));
        listener.on(outcome instanceof Failure failure ? new SmtpEvent.RequestFailed(session, failure, took)
                : new SmtpEvent.MailSent(session, (Receipt) outcome, took));
    }

    /** Who is told of the mails and asked for another connection; the server may own everything below. */
    void lentBy(Lender who) {
        lender = who;
    }

    /** The first send is bounded together with the wait for this handle; a later one has a deadline of its own. */
    private Deadline nextDeadline() {
        Deadline next = deadline;
        deadline = null;
        return next != null ? next : Deadline.after(request.settings().timeouts().send());
    }

    private SmtpManagedConnection open() throws SmtpException {
        if (managedConnection == null && !closed) {
            var again = request.again();
            lender.associate(this, again);
            deadline = again.deadline();
        }
        SmtpManagedConnection current = managedConnection;
        if (current == null) {
            throw new IllegalStateException("this connection handle is closed; get another from the factory");
        }
        return current;
    }

    @Override
    public void close() {
        if (!closed) {
            SmtpManagedConnection current = managedConnection;
            Lender last = lender;
            invalidate();
            if (current != null) {
                current.closed(this);
            } else {
                last.closedInactive(this);
            }
        }
    }

    /** Ends the handle from the other side: {@code cleanup} of its managed connection. */
    void invalidate() {
        closed = true;
        managedConnection = null;
        // A server's pool may remember the handle until the connection is lent again; the lender belongs to an
        // application, and the password must not be kept at all.
        request = null;
        lender = Lender.NOBODY;
    }

    /** Moves the handle to another physical connection. */
    void associate(SmtpManagedConnection other) {
        managedConnection = other;
    }

    /** Parts it from its physical connection. */
    void dissociate() {
        managedConnection = null;
    }

    /** What it was asked for with. */
    SmtpConnectionRequestInfo request() {
        return request;
    }

    /** The physical connection behind it, or null. */
    SmtpManagedConnection managedConnection() {
        return managedConnection;
    }
}
