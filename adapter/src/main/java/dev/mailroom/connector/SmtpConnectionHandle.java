package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.BiConsumer;

/**
 * What the application holds: a lease that ends once. After that the managed connection may serve somebody else, so
 * a late call must not reach it.
 */
final class SmtpConnectionHandle implements SmtpConnection {
    private SmtpManagedConnection managedConnection;
    private Deadline deadline;
    private SmtpListener listener = Silence.INSTANCE;

    SmtpConnectionHandle(SmtpManagedConnection managedConnection, Deadline deadline) {
        this.managedConnection = managedConnection;
        this.deadline = deadline;
    }

    @Override
    public Receipt send(Mail mail) throws SmtpException {
        SmtpManagedConnection open = open();
        long start = System.nanoTime();
        Outcome outcome = open.send(mail, nextDeadline(open));
        tell(open.session(), outcome, System.nanoTime() - start);
        if (outcome instanceof Failure failure) {
            throw new SmtpException(failure);
        }
        return (Receipt) outcome;
    }

    @Override
    public void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes) {
        SmtpManagedConnection open = open();
        long[] last = {System.nanoTime()};
        open.sendAll(mails, (mail, outcome) -> {
            long now = System.nanoTime();
            tell(open.session(), outcome, now - last[0]);
            last[0] = now;
            outcomes.accept(mail, outcome);
        });
    }

    private void tell(SessionKey session, Outcome outcome, long nanos) {
        Duration took = Duration.ofNanos(nanos);
        if (outcome instanceof Failure failure) {
            listener.onFailed(session, failure, took);
        } else {
            listener.onSent(session, (Receipt) outcome, took);
        }
    }

    /** Who is told of the mails; whoever lent the handle says so, because the server may own everything below. */
    void tellTo(SmtpListener who) {
        listener = who;
    }

    /** The first send is bounded together with the wait for this handle; a later one has a deadline of its own. */
    private Deadline nextDeadline(SmtpManagedConnection open) {
        Deadline next = deadline;
        deadline = null;
        return next != null ? next : Deadline.after(open.timeouts().send());
    }

    private SmtpManagedConnection open() {
        SmtpManagedConnection current = managedConnection;
        if (current == null) {
            throw new IllegalStateException("this connection handle is closed; get another from the factory");
        }
        return current;
    }

    @Override
    public void close() {
        SmtpManagedConnection current = managedConnection;
        if (current != null) {
            invalidate();
            current.closed(this);
        }
    }

    /** Ends the handle from the other side: {@code cleanup} of its managed connection. */
    void invalidate() {
        managedConnection = null;
        // A server's pool may remember the handle until the connection is lent again; the listener is an application's.
        listener = Silence.INSTANCE;
    }

    /** Moves the handle to another physical connection (Connectors 2.1, section 7.2.3). */
    void associate(SmtpManagedConnection other) {
        managedConnection = other;
    }

    /** The physical connection behind it, or null once closed. */
    SmtpManagedConnection managedConnection() {
        return managedConnection;
    }
}
