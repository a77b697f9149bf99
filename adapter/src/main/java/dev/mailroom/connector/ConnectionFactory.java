package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.SessionKey;
import dev.mailroom.SessionNames;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpSettings;
import dev.mailroom.watch.ConnectionCounts;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.LazyAssociatableConnectionManager;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.time.Duration;
import java.util.Optional;
import javax.naming.Reference;

/**
 * Asks the connection manager, be it Mailroom's or the application server's, which sets the reference when it binds the
 * factory in JNDI.
 */
public final class ConnectionFactory implements SmtpConnectionFactory, Lender {
    private static final long serialVersionUID = 1L;

    private final ManagedConnectionFactory managedConnectionFactory;
    /** The server's manager is serializable (Connectors 2.1, 6.5.1); ours never leaves the JVM. */
    @SuppressWarnings("serial")
    private final ConnectionManager connectionManager;
    /** Serializable where it is {@link dev.mailroom.watch.NoListener}, as in the factory that a server binds. */
    @SuppressWarnings("serial")
    private final SmtpListener listener;
    /** Not part of what a server binds: its own factory knows no names. */
    private final transient SessionNames names;
    private Reference reference;

    ConnectionFactory(ManagedConnectionFactory managedConnectionFactory, ConnectionManager connectionManager,
            SmtpListener listener, SessionNames names) {
        this.names = names;
        this.managedConnectionFactory = managedConnectionFactory;
        this.connectionManager = connectionManager;
        this.listener = listener;
    }

    /**
     * The same factory for one application, which hears of its own mails and failures only, by the names that it has
     * for sessions. The listener guards itself: what it throws reaches the caller.
     */
    public SmtpConnectionFactory telling(SmtpListener who, SessionNames itsNames) {
        return new ConnectionFactory(managedConnectionFactory, connectionManager, who, itsNames);
    }

    /** What the resource adapter counts of its connections; empty where it is not deployed. */
    public Optional<ConnectionCounts> counts() {
        return managedConnectionFactory instanceof SmtpManagedConnectionFactory ours ? ours.counts()
                : Optional.empty();
    }

    @Override
    public SmtpConnection getConnection(SmtpSettings settings) throws SmtpException {
        SmtpConnectionRequestInfo info = new SmtpConnectionRequestInfo(settings, label(settings.session()),
                Deadline.after(settings.timeouts().send()));
        SmtpConnection lent = (SmtpConnection) ask(info,
                () -> connectionManager.allocateConnection(managedConnectionFactory, info));
        if (lent instanceof SmtpConnectionHandle handle) {
            handle.lentBy(this);
            if (handle.managedConnection().tellsUnauthenticated()) {
                listener.on(new SmtpEvent.LoginOmitted(info.session()));
            }
        }
        return lent;
    }

    private SessionKey label(SessionKey session) {
        return names == null ? session : names.label(session);
    }

    private interface Request {
        Object made() throws ResourceException;
    }

    private Object ask(SmtpConnectionRequestInfo info, Request request) throws SmtpException {
        long start = System.nanoTime();
        try {
            return request.made();
        } catch (ResourceException e) {
            SmtpException failed = Failures.fromManager(e, info.settings());
            listener.on(new SmtpEvent.RequestFailed(
                    info.session(), failed.failure(), Duration.ofNanos(System.nanoTime() - start)));
            throw failed;
        }
    }

    @Override
    public SmtpListener listener() {
        return listener;
    }

    @Override
    public void associate(SmtpConnectionHandle handle, SmtpConnectionRequestInfo request) throws SmtpException {
        if (!(connectionManager instanceof LazyAssociatableConnectionManager lazy)) {
            throw new IllegalStateException("the connection manager has parted the handle from its connection, but"
                    + " can give it no other: it is no LazyAssociatableConnectionManager");
        }
        ask(request, () -> {
            lazy.associateConnection(handle, managedConnectionFactory, request);
            return handle;
        });
    }

    @Override
    public void closedInactive(SmtpConnectionHandle handle) {
        if (connectionManager instanceof LazyAssociatableConnectionManager lazy) {
            lazy.inactiveConnectionClosed(handle, managedConnectionFactory);
        }
    }

    @Override
    public void setReference(Reference reference) {
        this.reference = reference;
    }

    @Override
    public Reference getReference() {
        return reference;
    }
}
