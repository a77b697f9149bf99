package dev.mailroom.spool.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * Connections of a pool that may not validate them. One that turns out to be lost is thrown away, and for a while each
 * other one is asked before it is used, since a restarted database ends all of them. Thread-safe.
 */
final class OpenConnections {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");
    private static final long SUSPICION = Duration.ofMinutes(1).toNanos();
    private static final int ANSWER_SECONDS = 5;
    /** More than a pool has: one that yields so many dead connections cannot be repaired here. */
    private static final int MOST = 200;

    /** Something that may fail without harm. */
    interface DatabaseStep {
        void run() throws SQLException;
    }

    private final DataSource source;
    private final LongSupplier nanos;
    private volatile long lostAt;
    private volatile boolean lost;

    /** @param nanos a monotonic clock, {@link System#nanoTime} */
    OpenConnections(DataSource source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
    }

    /** Works with a connection; a failure is the database's own, out of all that wraps it. */
    <T> T with(SpoolDatabase.Work<T> work) throws SQLException {
        return work(open(), work);
    }

    /** The same in the caller's transaction, whose connection it must be, whatever is thought of it. */
    <T> T joined(SpoolDatabase.Work<T> work) throws SQLException {
        try {
            return work(source.getConnection(), work);
        } catch (RuntimeException e) {
            throw LostConnection.cause(e);
        }
    }

    private <T> T work(Connection connection, SpoolDatabase.Work<T> work) throws SQLException {
        boolean alive = true;
        try {
            return work.on(connection);
        } catch (SQLException | RuntimeException e) {
            SQLException cause = LostConnection.cause(e);
            alive = !LostConnection.is(cause);
            throw cause;
        } finally {
            if (alive) {
                quietly(connection::close);
            } else {
                lostAt = nanos.getAsLong();
                lost = true;
                throwAway(connection);
            }
        }
    }

    private Connection open() throws SQLException {
        try {
            Connection connection = source.getConnection();
            boolean suspicious = lost && nanos.getAsLong() - lostAt < SUSPICION;
            for (int tried = 1; suspicious && tried < MOST && !answers(connection); tried++) {
                throwAway(connection);
                connection = source.getConnection();
            }
            return connection;
        } catch (RuntimeException e) {
            throw LostConnection.cause(e);
        }
    }

    private static boolean answers(Connection connection) {
        try {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    /** A container's pool takes an aborted connection out; closing alone would give it back to be lent again. */
    private static void throwAway(Connection connection) {
        quietly(() -> connection.abort(Runnable::run));
        quietly(connection::close);
    }

    static void quietly(DatabaseStep step) {
        try {
            step.run();
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection to the spool's database could not be tidied up", e);
        }
    }
}
