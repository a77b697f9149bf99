package dev.mailroom.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LazyAssociatableConnectionManager;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An application server's connection manager with lazy association, as plain as the specification allows. */
final class FakeServer implements ConnectionManager, LazyAssociatableConnectionManager, ConnectionEventListener {
    private static final long serialVersionUID = 1L;

    final transient Set<SmtpManagedConnection> free = new LinkedHashSet<>();
    final transient List<SmtpManagedConnection> lent = new ArrayList<>();
    final transient List<Object> closedInactive = new ArrayList<>();

    @Override
    public Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo info)
            throws ResourceException {
        return take(factory, info).getConnection(null, info);
    }

    private SmtpManagedConnection take(ManagedConnectionFactory factory, ConnectionRequestInfo info)
            throws ResourceException {
        var connection = (SmtpManagedConnection) factory.matchManagedConnections(free, null, info);
        if (connection == null) {
            connection = (SmtpManagedConnection) factory.createManagedConnection(null, info);
            connection.addConnectionEventListener(this);
        }
        free.remove(connection);
        lent.add(connection);
        return connection;
    }

    @Override
    public void associateConnection(Object handle, ManagedConnectionFactory factory, ConnectionRequestInfo info)
            throws ResourceException {
        take(factory, info).associateConnection(handle);
    }

    @Override
    public void inactiveConnectionClosed(Object handle, ManagedConnectionFactory factory) {
        closedInactive.add(handle);
    }

    /** The end of a component's method: its connections may serve others while it keeps the handles. */
    void endOfMethod() {
        lent.forEach(SmtpManagedConnection::dissociateConnections);
        free.addAll(lent);
        lent.clear();
    }

    /** Empties the pool. */
    void flush() {
        free.forEach(SmtpManagedConnection::destroy);
        free.clear();
    }

    @Override
    public void connectionClosed(ConnectionEvent event) {
        var connection = (SmtpManagedConnection) event.getSource();
        lent.remove(connection);
        try {
            connection.cleanup();
            free.add(connection);
        } catch (ResourceException e) {
            connection.destroy();
        }
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
        var connection = (SmtpManagedConnection) event.getSource();
        lent.remove(connection);
        connection.destroy();
    }

    @Override
    public void localTransactionStarted(ConnectionEvent event) {
        throw new AssertionError("transaction support is NoTransaction");
    }

    @Override
    public void localTransactionCommitted(ConnectionEvent event) {
        throw new AssertionError("transaction support is NoTransaction");
    }

    @Override
    public void localTransactionRolledback(ConnectionEvent event) {
        throw new AssertionError("transaction support is NoTransaction");
    }
}
