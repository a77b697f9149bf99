package dev.mailroom.connector;

import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ManagedConnectionFactory;
import javax.naming.Reference;

/** Asks the connection manager, whosever it is. The server sets the reference when it binds the factory in JNDI. */
final class ConnectionFactory implements SmtpConnectionFactory {
    private static final long serialVersionUID = 1L;

    private final ManagedConnectionFactory managedConnectionFactory;
    /** The server's manager is serializable (Connectors 2.1, 6.5.1); ours never leaves the JVM. */
    @SuppressWarnings("serial")
    private final ConnectionManager connectionManager;
    private Reference reference;

    ConnectionFactory(ManagedConnectionFactory managedConnectionFactory, ConnectionManager connectionManager) {
        this.managedConnectionFactory = managedConnectionFactory;
        this.connectionManager = connectionManager;
    }

    @Override
    public SmtpConnection getConnection(SmtpSettings settings) throws SmtpException {
        try {
            return (SmtpConnection) connectionManager.allocateConnection(
                    managedConnectionFactory, new SmtpConnectionRequestInfo(settings));
        } catch (ResourceException e) {
            throw Failures.fromManager(e, settings);
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
