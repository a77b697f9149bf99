package dev.mailroom.spool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** Runs work in the caller's transaction where there is one, else in a transaction of its own. Thread-safe. */
final class SpoolDatabase {
    /** The database's clock in milliseconds since 1970; within a transaction it may stand still. */
    static final String NOW = "cast(extract(epoch from current_timestamp) * 1000 as bigint)";

    /** Something done with a connection, without committing. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final DataSource source;
    private final Dialect dialect;
    private final BooleanSupplier inCallersTransaction;

    /** @param inCallersTransaction whether connections handed out on this thread now belong to a JTA transaction */
    SpoolDatabase(DataSource source, Dialect dialect, BooleanSupplier inCallersTransaction) {
        this.source = source;
        this.dialect = dialect;
        this.inCallersTransaction = inCallersTransaction;
    }

    /** Every call is a transaction of its own. */
    static SpoolDatabase local(DataSource source) throws SQLException {
        return new SpoolDatabase(source, Dialect.of(source), () -> false);
    }

    Dialect dialect() {
        return dialect;
    }

    <T> T run(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return inCallersTransaction.getAsBoolean() ? work.on(connection) : committed(connection, work);
        }
    }

    private static <T> T committed(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            T result = work.on(connection);
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }
}
