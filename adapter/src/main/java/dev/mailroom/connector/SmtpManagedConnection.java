package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpException;
import dev.mailroom.watch.ConnectionUse;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.DissociatableManagedConnection;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;

/**
 * One physical connection and the handle that currently stands for it. It tells its listeners when the handle is
 * closed (give it back) or when the connection is no longer fit for use (discard it), the latter exactly once.
 */
public final class SmtpManagedConnection implements PooledMember, DissociatableManagedConnection {
    private final SmtpManagedConnectionFactory factory;
    private final SessionKey session;
    private final ReplaceableTransport transport;
    private final ConnectionUse use;
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private SmtpConnectionHandle handle;
    private volatile boolean errorTold;
    private boolean unauthenticatedTold;
    private PrintWriter logWriter;

    SmtpManagedConnection(SmtpManagedConnectionFactory factory, SessionKey session, ReplaceableTransport transport,
            ConnectionUse use) {
        this.factory = factory;
        this.session = session;
        this.transport = transport;
        this.use = use;
    }

    SessionKey session() {
        return session;
    }

    /** A handle for this request; an earlier one ends. Only requests of the same identity are served. */
    @Override
    public Object getConnection(Subject subject, ConnectionRequestInfo requestInfo) throws ResourceException {
        SmtpConnectionRequestInfo info = factory.complete(subject, requestInfo);
        serve(info);
        lend(new SmtpConnectionHandle(this, info));
        return handle;
    }

    private void serve(SmtpConnectionRequestInfo info) throws ResourceException {
        if (!session.equals(info.session())) {
            // A manager that never matches has counted it as lent, and takes only this event as its return.
            tellError(null);
            throw new IllegalStateException("a connection of " + session + " was asked to serve " + info
                    + " with another identity; the connection manager matched wrongly");
        }
        transport.use(info.settings());
    }

    private void lend(SmtpConnectionHandle to) {
        if (handle != to) {
            invalidateHandle();
            handle = to;
            use.lent();
        }
    }

    /** However that ends, this connection then has no handle. */
    private SmtpConnectionHandle takeHandle() {
        SmtpConnectionHandle last = handle;
        if (last != null) {
            handle = null;
            use.back();
        }
        return last;
    }

    private void invalidateHandle() {
        SmtpConnectionHandle last = takeHandle();
        if (last != null) {
            last.invalidate();
        }
    }

    /** Sends one mail. */
    Outcome send(Mail mail, Deadline deadline) {
        Outcome outcome = explained(transport.send(mail, deadline));
        tellIfBroken(outcome);
        return outcome;
    }

    /** Who is refused for want of a login must hear that there was none. */
    private Outcome explained(Outcome outcome) {
        return outcome instanceof Failure failure && transport.unauthenticated() && failure.reply().isPresent()
                ? failure.withMessage(failure.message() + " (authenticated: no, the server offered no way to log in "
                + "with the session's password)") : outcome;
    }

    /** True once, where there is a secret that the server offered no way to use. */
    boolean tellsUnauthenticated() {
        boolean first = !unauthenticatedTold && transport.unauthenticated();
        unauthenticatedTold |= first;
        return first;
    }

    /** The number of mails that the server was just found to take on a connection; told once. */
    OptionalInt learnedMailLimit() {
        return transport.learnedMailLimit();
    }

    /** Sends a stream. */
    void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes) {
        Optional<SmtpException> gone = transport.sendAll(mails,
                (mail, outcome) -> outcomes.accept(mail, explained(outcome)));
        gone.filter(failed -> mails.hasNext()).ifPresent(failed -> outcomes.accept(mails.next(), failed.failure()));
        tellIfBroken(gone.map(SmtpException::failure).orElse(null));
    }

    private void tellIfBroken(Outcome outcome) {
        if (!transport.reusable()) {
            tellError(outcome instanceof Failure failure ? new SmtpException(failure) : null);
        }
    }

    private void tellError(Exception cause) {
        if (!errorTold) {
            errorTold = true;
            ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_ERROR_OCCURRED, cause);
            event.setConnectionHandle(handle);
            listeners.forEach(listener -> listener.connectionErrorOccurred(event));
        }
    }

    /** The application closed its handle; one that was moved elsewhere or discarded before tells nobody. */
    void closed(SmtpConnectionHandle closing) {
        if (closing == handle) {
            takeHandle();
            if (!errorTold) {
                ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED);
                event.setConnectionHandle(closing);
                listeners.forEach(listener -> listener.connectionClosed(event));
            }
        }
    }

    @Override
    public boolean quiet() {
        return transport.quiet();
    }

    /** Whether it has carried as many mails as its session lets one connection carry. */
    @Override
    public boolean usedUp() {
        return transport.usedUp();
    }

    /** Asks with NOOP. */
    @Override
    public boolean probe() {
        return transport.probe();
    }

    @Override
    public void rest() {
        transport.rest();
    }

    @Override
    public void cleanup() throws ResourceException {
        invalidateHandle();
        transport.rest();
        if (!transport.reusable()) {
            throw new IllegalStateException("the connection of " + session + " is not fit for another mail");
        }
    }

    /** Never throws, never blocks; may be called from any thread, also while a send is under way. */
    @Override
    public void destroy() {
        transport.close();
        use.gone(errorTold);
    }

    /** Takes over a handle of the same identity: another connection's, or one that has none at the moment. */
    @Override
    public void associateConnection(Object connection) throws ResourceException {
        if (!(connection instanceof SmtpConnectionHandle moving)) {
            throw new IllegalStateException("only handles made by this adapter can be associated");
        }
        serve(moving.request());
        SmtpManagedConnection from = moving.managedConnection();
        if (from != null && from != this && from.handle == moving) {
            from.takeHandle();
        }
        lend(moving);
        moving.associate(this);
    }

    /** The handle stays with the application and gets a connection again when it is used; this one is free. */
    @Override
    public void dissociateConnections() {
        SmtpConnectionHandle parted = takeHandle();
        if (parted != null) {
            parted.dissociate();
        }
        transport.rest();
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public XAResource getXAResource() throws ResourceException {
        throw new NotSupportedException("SMTP has no two-phase commit; transaction support is NoTransaction");
    }

    @Override
    public LocalTransaction getLocalTransaction() throws ResourceException {
        throw new NotSupportedException("SMTP has no transactions; transaction support is NoTransaction");
    }

    @Override
    public ManagedConnectionMetaData getMetaData() {
        return new SmtpConnectionMetaData(transport.serverName(), session.user());
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        this.logWriter = out;
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public String toString() {
        return "SmtpManagedConnection[" + session + "]";
    }
}
