package dev.mailroom.connector;

import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpSettings;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.time.Duration;
import javax.naming.Reference;

/** Asks the connection manager, whosever it is. The server sets the reference when it binds the factory in JNDI. */
public final class ConnectionFactory implements SmtpConnectionFactory {
    private static final long serialVersionUID = 1L;

    private final ManagedConnectionFactory managedConnectionFactory;
    /** The server's manager is serializable (Connectors 2.1, 6.5.1); ours never leaves the JVM. */
    @SuppressWarnings("serial")
    private final ConnectionManager connectionManager;
    /** Serializable where it is {@link Silence}, as in the factory that a server binds. */
    @SuppressWarnings("serial")
    private final SmtpListener listener;
    private Reference reference;

    ConnectionFactory(ManagedConnectionFactory managedConnectionFactory, ConnectionManager connectionManager,
            SmtpListener listener) {
        this.managedConnectionFactory = managedConnectionFactory;
        this.connectionManager = connectionManager;
        this.listener = listener;
    }

    /**
     * The same factory for one application, which hears of its own mails and failures only. The listener guards
     * itself: what it throws reaches the caller.
     */
    public SmtpConnectionFactory telling(SmtpListener who) {
        return new ConnectionFactory(managedConnectionFactory, connectionManager, who);
    }

    @Override
    public SmtpConnection getConnection(SmtpSettings settings) throws SmtpException {
        long start = System.nanoTime();
        SmtpConnectionRequestInfo info = new SmtpConnectionRequestInfo(settings);
        try {
            SmtpConnection lent =
                    (SmtpConnection) connectionManager.allocateConnection(managedConnectionFactory, info);
            if (lent instanceof SmtpConnectionHandle handle) {
                handle.tellTo(listener);
            }
            return lent;
        } catch (ResourceException e) {
            SmtpException failed = Failures.fromManager(e, settings);
            listener.onFailed(info.session(), failed.failure(), Duration.ofNanos(System.nanoTime() - start));
            throw failed;
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
