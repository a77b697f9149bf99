package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.transport.SmtpTransport;
import dev.mailroom.transport.TransportFactory;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;

/**
 * One physical connection and the handle that currently stands for it. It tells its listeners when the handle is
 * closed (give it back) or when the connection is no longer fit for use (discard it), the latter exactly once.
 */
public final class SmtpManagedConnection implements ManagedConnection {
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(5);

    private final ConnectionIdentity identity;
    private final SessionKey session;
    private final TransportFactory transports;
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private volatile SmtpTransport transport;
    private SmtpSettings settings;
    private SmtpConnectionHandle handle;
    private boolean reused;
    private boolean errorTold;
    private PrintWriter logWriter;

    SmtpManagedConnection(SmtpConnectionRequestInfo info, TransportFactory transports) throws SmtpException {
        this.identity = info.identity();
        this.session = info.session();
        this.settings = info.settings();
        this.transports = transports;
        this.transport = transports.open(settings, info.deadline());
    }

    ConnectionIdentity identity() {
        return identity;
    }

    SessionKey session() {
        return session;
    }

    TimeoutSettings timeouts() {
        return settings.timeouts();
    }

    /** A handle for this request; an earlier one ends. Only requests of the same identity are served. */
    @Override
    public Object getConnection(Subject subject, ConnectionRequestInfo requestInfo) throws ResourceException {
        Deadline deadline;
        if (requestInfo instanceof SmtpConnectionRequestInfo info) {
            if (!identity.equals(info.identity())) {
                // A manager that matches nothing has counted it as lent, and takes only this as its return.
                tellError(null);
                throw new IllegalStateException("a connection of " + identity + " was asked to serve " + info
                        + " with another identity; the connection manager matched wrongly");
            }
            settings = info.settings();
            transport.use(settings.timeouts());
            deadline = info.deadline();
        } else {
            deadline = Deadline.after(settings.timeouts().send());
        }
        invalidateHandle();
        handle = new SmtpConnectionHandle(this, deadline);
        return handle;
    }

    /**
     * Sends one mail. If the connection served before and is lost before any content was written, nobody can have
     * received anything and the other side has merely hung up in between: one fresh connection is tried. That is
     * what spares a validation round trip before each mail.
     */
    Outcome send(Mail mail, Deadline deadline) {
        Outcome outcome = transport.send(mail, deadline);
        if (reused && transport.lostBeforeContent()) {
            outcome = sendAfresh(mail, deadline);
        }
        reused = true;
        tellIfBroken(outcome);
        return outcome;
    }

    private Outcome sendAfresh(Mail mail, Deadline deadline) {
        try {
            reopen(deadline);
            return transport.send(mail, deadline);
        } catch (SmtpException e) {
            return e.failure();
        }
    }

    private void reopen(Deadline deadline) throws SmtpException {
        transport.close();
        transport = transports.open(settings, deadline);
        reused = false;
    }

    /** Sends a stream. A reused connection is asked first: one round trip for many mails. */
    void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes) {
        if (reused && !transport.probe(PROBE_PATIENCE)) {
            try {
                reopen(Deadline.after(settings.timeouts().send()));
            } catch (SmtpException e) {
                if (mails.hasNext()) {
                    outcomes.accept(mails.next(), e.failure());
                }
                tellIfBroken(e.failure());
                return;
            }
        }
        reused = true;
        transport.sendAll(mails, outcomes);
        tellIfBroken(null);
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
            handle = null;
            if (!errorTold) {
                ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED);
                event.setConnectionHandle(closing);
                listeners.forEach(listener -> listener.connectionClosed(event));
            }
        }
    }

    /** Whether nothing was heard from the server since the last mail; no round trip. */
    boolean quiet() {
        return transport.reusable() && transport.quiet();
    }

    /** Whether the server answers NOOP within a few seconds. */
    boolean probe() {
        return transport.reusable() && transport.probe(PROBE_PATIENCE);
    }

    @Override
    public void cleanup() throws ResourceException {
        invalidateHandle();
        // It may have waited in the pool before its first mail: a session's start only opens it.
        reused = true;
        if (!transport.reusable()) {
            throw new IllegalStateException("the connection of " + identity + " is not fit for another mail");
        }
    }

    private void invalidateHandle() {
        if (handle != null) {
            handle.invalidate();
            handle = null;
        }
    }

    /** Never throws, never blocks; may be called from any thread, also while a send is under way. */
    @Override
    public void destroy() {
        transport.close();
    }

    @Override
    public void associateConnection(Object connection) throws ResourceException {
        if (!(connection instanceof SmtpConnectionHandle moving)) {
            throw new IllegalStateException("only handles made by this adapter can be associated");
        }
        SmtpManagedConnection from = moving.managedConnection();
        if (from != null && from != this && from.handle == moving) {
            from.handle = null;
        }
        if (handle != moving) {
            invalidateHandle();
        }
        moving.associate(this);
        handle = moving;
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
        return new SmtpConnectionMetaData(transport.serverName(), identity.user());
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
        return "SmtpManagedConnection[" + identity + "]";
    }
}
