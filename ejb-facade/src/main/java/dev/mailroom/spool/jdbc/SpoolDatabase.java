package dev.mailroom.spool.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** Runs work in the caller's transaction where there is one, else in a transaction of its own. Thread-safe. */
public final class SpoolDatabase {
    private static final int ATTEMPTS = 9;
    /** Doubled with each attempt, and drawn: those who met shall not meet again. */
    private static final long PAUSE_NANOS = 1_000_000L;

    /** Something done with a connection, without committing. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final OpenConnections connections;
    private final Dialect dialect;
    private final BooleanSupplier inCallersTransaction;

    /** @param inCallersTransaction whether connections handed out on this thread now belong to a JTA transaction */
    public SpoolDatabase(DataSource source, Dialect dialect, BooleanSupplier inCallersTransaction) {
        this.connections = new OpenConnections(source, System::nanoTime);
        this.dialect = dialect;
        this.inCallersTransaction = inCallersTransaction;
    }

    /** Every call is a transaction of its own. */
    public static SpoolDatabase local(DataSource source) throws SQLException {
        return new SpoolDatabase(source, Dialect.of(source), () -> false);
    }

    /** What the database speaks. */
    public Dialect dialect() {
        return dialect;
    }

    <T> T run(Work<T> work) throws SQLException {
        return inCallersTransaction.getAsBoolean()
                ? inCallers(work) : outside(connection -> committed(connection, work));
    }

    /** Work of one statement. PostgreSQL makes it a transaction by itself, without a round trip for the commit. */
    <T> T runOne(Work<T> work) throws SQLException {
        if (dialect != Dialect.POSTGRESQL || inCallersTransaction.getAsBoolean()) {
            // H2 commits as well, but only an explicit commit is flushed to the disk.
            return run(work);
        }
        return outside(connection -> connection.getAutoCommit()
                ? atOnce(connection, work) : committed(connection, work));
    }

    /** Work that only reads: there is nothing to commit, so nothing to flush to the disk either. */
    <T> T read(Work<T> work) throws SQLException {
        return inCallersTransaction.getAsBoolean() ? inCallers(work) : outside(work);
    }

    /** Nothing is repeated here: the connection, and what was done with it, are the caller's. */
    private <T> T inCallers(Work<T> work) throws SQLException {
        return connections.joined(work);
    }

    /**
     * A pool that does not validate hands out connections that died with the database: another one is tried once. What
     * a database has taken back because of others' work at the same time it asks to do again (ISO 9075, class 40).
     */
    private <T> T outside(Work<T> work) throws SQLException {
        boolean another = true;
        for (int attempt = 1; true; attempt++) {
            try {
                return connections.with(work);
            } catch (SQLException e) {
                boolean lost = LostConnection.mayRepeat(e);
                if (!(lost ? another : attempt < ATTEMPTS && LostConnection.wasTakenBack(e))) {
                    throw e;
                }
                another &= !lost;
                if (!lost) {
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS << attempt));
                }
            }
        }
    }

    private static <T> T committed(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            T result = work.on(connection);
            commit(connection);
            done = true;
            return result;
        } finally {
            if (!done) {
                OpenConnections.quietly(connection::rollback);
            }
            // After a commit nothing may turn into a refusal.
            OpenConnections.quietly(() -> connection.setAutoCommit(true));
        }
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            SQLException cause = LostConnection.cause(e);
            throw LostConnection.is(cause) || LostConnection.isUnknown(cause) ? LostConnection.inDoubt(cause) : cause;
        }
    }

    /** The statement commits by itself: where its answer is lost, so is the commit's. */
    private static <T> T atOnce(Connection connection, Work<T> work) throws SQLException {
        try {
            return work.on(connection);
        } catch (SQLException | RuntimeException e) {
            SQLException cause = LostConnection.cause(e);
            throw LostConnection.is(cause) && !LostConnection.wasNotDone(cause) || LostConnection.isUnknown(cause)
                    ? LostConnection.inDoubt(cause) : cause;
        }
    }
}
