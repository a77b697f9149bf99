package dev.mailroom.connector;

import dev.mailroom.pool.DiscardReason;
import dev.mailroom.pool.Lease;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;

/**
 * A managed connection in our pool: turns its events into the end of the lease it is lent out on. Events come on the
 * thread that uses the handle, so the lease needs no lock.
 */
final class PooledConnection implements ConnectionEventListener {
    private final PooledMember connection;
    private Lease<PooledConnection> lease;

    PooledConnection(PooledMember connection) {
        this.connection = connection;
        connection.addConnectionEventListener(this);
    }

    PooledMember connection() {
        return connection;
    }

    void lentOn(Lease<PooledConnection> newLease) {
        lease = newLease;
    }

    @Override
    public void connectionClosed(ConnectionEvent event) {
        try {
            connection.cleanup();
            if (connection.usedUp()) {
                lease.discard(DiscardReason.MAX_USES);
            } else {
                lease.release();
            }
        } catch (ResourceException e) {
            lease.discard(DiscardReason.BROKEN);
        }
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
        lease.discard(DiscardReason.BROKEN);
    }

    @Override
    public void localTransactionStarted(ConnectionEvent event) {
        // never fired: transaction support is NoTransaction
    }

    @Override
    public void localTransactionCommitted(ConnectionEvent event) {
        // never fired: transaction support is NoTransaction
    }

    @Override
    public void localTransactionRolledback(ConnectionEvent event) {
        // never fired: transaction support is NoTransaction
    }
}
