package dev.mailroom.spool.jta;

import dev.mailroom.spool.jta.IdleConnections.Used;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;
import javax.sql.XADataSource;

/**
 * Connections that join the caller's JTA transaction, where there is one that is active: the first of them is enlisted
 * with the server's transaction manager as an XA resource, prepared and committed with whatever else takes part, and
 * the others are the same. Elsewhere connections whose work commits by itself. Thread-safe.
 */
public final class JoinedDataSource implements DataSource, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");

    private final IdleConnections connections;
    private final TransactionSynchronizationRegistry transactions;
    private final Optional<Enlistment> enlistment;
    private final Runnable recovery;

    /**
     * To be made on a thread of the application, which can look up names.
     *
     * @param source opens connections; kept open between uses
     * @param name of the database, the same after a restart
     */
    public JoinedDataSource(XADataSource source, String name, TransactionSynchronizationRegistry transactions) {
        this(source, transactions, TransactionManagerLookup.find(source, name), NarayanaRecovery.register(source));
    }

    JoinedDataSource(XADataSource source, TransactionSynchronizationRegistry transactions,
            Optional<Enlistment> enlistment, Runnable recovery) {
        this.connections = new IdleConnections(source);
        this.transactions = transactions;
        this.enlistment = enlistment;
        this.recovery = recovery;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (transactions.getTransactionStatus() == Status.STATUS_ACTIVE) {
            // Closed when the transaction has ended: before that it must not be touched.
            return LentConnection.of(joined(), usable -> { });
        }
        Used used = connections.take();
        return LentConnection.of(used.connection(), usable -> connections.giveBack(used, usable));
    }

    private Connection joined() throws SQLException {
        if (transactions.getResource(this) instanceof Connection known) {
            return known;
        }
        Enlistment server = enlistment.orElseThrow(() -> new SQLException("a mail cannot join the transaction:"
                + " this server's transaction manager was not found; send outside of transactions, or set"
                + " mailroom.spool.datasource to an XA DataSource of the server"));
        Used used = connections.take();
        boolean enlisted = false;
        try {
            enlisted = server.enlist(used.physical().getXAResource());
        } catch (RollbackException | SystemException | IllegalStateException e) {
            throw new SQLException("a mail cannot join the transaction: " + e, e);
        } finally {
            if (!enlisted) {
                connections.giveBack(used, false);
            }
        }
        if (!enlisted) {
            throw new SQLException("a mail cannot join the transaction: the server's transaction manager refused it");
        }
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // The transaction manager ends and prepares it.
            }

            @Override
            public void afterCompletion(int status) {
                ended(used, status);
            }
        });
        transactions.putResource(this, used.connection());
        return used.connection();
    }

    private void ended(Used used, int status) {
        if (status == Status.STATUS_COMMITTED || status == Status.STATUS_ROLLEDBACK) {
            connections.giveBack(used, true);
        } else {
            // Prepared, and the transaction manager tries again to tell it the outcome: to close it would roll back.
            LOG.log(System.Logger.Level.WARNING, "MR0520 a transaction with spooled mails has not ended: the server's"
                    + " recovery must tell the embedded database whether it commits (status " + status + ")");
        }
    }

    /** Ends the recovery and closes idle connections; those taken afterwards are closed when they are given back. */
    @Override
    public void close() {
        recovery.run();
        enlistment.ifPresent(Enlistment::close);
        connections.close();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the embedded database has one user only");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException("it logs through System.Logger");
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("it logs through System.Logger");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("nobody logs in");
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("it logs through System.Logger");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("nothing is wrapped here, no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
