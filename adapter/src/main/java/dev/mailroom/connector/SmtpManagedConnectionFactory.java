package dev.mailroom.connector;

import dev.mailroom.SmtpException;
import dev.mailroom.transport.TransportFactory;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ValidatingManagedConnectionFactory;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;
import javax.security.auth.Subject;

/** Opens and matches physical connections. Thread-safe. */
public final class SmtpManagedConnectionFactory
        implements ManagedConnectionFactory, ValidatingManagedConnectionFactory {
    private static final long serialVersionUID = 1L;

    private final transient TransportFactory transports;
    private transient PrintWriter logWriter;

    /** A factory that opens its connections with these transports. */
    public SmtpManagedConnectionFactory(TransportFactory transports) {
        this.transports = transports;
    }

    @Override
    public Object createConnectionFactory(ConnectionManager connectionManager) {
        return new ConnectionFactory(this, connectionManager);
    }

    @Override
    public Object createConnectionFactory() throws ResourceException {
        throw new NotSupportedException("a connection factory needs a connection manager: use "
                + "createConnectionFactory(new KeyedConnectionManager(...)), or deploy the resource adapter");
    }

    @Override
    public ManagedConnection createManagedConnection(Subject subject, ConnectionRequestInfo requestInfo)
            throws ResourceException {
        if (!(requestInfo instanceof SmtpConnectionRequestInfo info)) {
            throw new NotSupportedException("connections are opened for a request that says where to and for whom");
        }
        try {
            return new SmtpManagedConnection(info, transports);
        } catch (SmtpException e) {
            throw Failures.toSpecification(e);
        }
    }

    /** The first candidate of exactly the requested identity, or null: never merely the first. */
    @Override
    @SuppressWarnings("rawtypes")
    public ManagedConnection matchManagedConnections(
            Set candidates, Subject subject, ConnectionRequestInfo requestInfo) {
        if (requestInfo instanceof SmtpConnectionRequestInfo info) {
            for (Object candidate : candidates) {
                if (candidate instanceof SmtpManagedConnection connection
                        && connection.identity().equals(info.identity())) {
                    return connection;
                }
            }
        }
        return null;
    }

    /** Those that do not answer NOOP within a few seconds each. */
    @Override
    @SuppressWarnings("rawtypes")
    public Set getInvalidConnections(Set candidates) {
        Set<Object> invalid = new HashSet<>();
        for (Object candidate : candidates) {
            if (candidate instanceof SmtpManagedConnection connection && !connection.probe()) {
                invalid.add(connection);
            }
        }
        return invalid;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        this.logWriter = out;
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    // Connectors 2.1, 6.5.3.2: equality is that of the configuration; what a connection is for travels in the request.
    @Override
    public boolean equals(Object other) {
        return other instanceof SmtpManagedConnectionFactory factory && transports == factory.transports;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(transports);
    }
}
