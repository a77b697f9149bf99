package dev.mailroom.spool.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What differs between the databases that the spool knows. Everything else is the same SQL. */
public enum Dialect {
    /** H2 2.2 or newer, the embedded default: in this process, so that a statement more costs next to nothing. */
    H2("varbinary(65536)", ""),
    /** PostgreSQL 10 or newer, or a database that speaks its language: a round trip for each statement. */
    POSTGRESQL("bytea", " on conflict do nothing");

    private final String bytesType;
    private final String onDuplicate;

    Dialect(String bytesType, String onDuplicate) {
        this.bytesType = bytesType;
        this.onDuplicate = onDuplicate;
    }

    /** The dialect of the database behind a DataSource. */
    public static Dialect of(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            return switch (product) {
                case "H2" -> H2;
                case "PostgreSQL" -> POSTGRESQL;
                default -> throw new SQLException("the spool's DataSource leads to " + product
                        + "; expected PostgreSQL, a database that speaks its protocol, or H2");
            };
        }
    }

    /** The type of a column that takes a chunk of content. */
    String bytesType() {
        return bytesType;
    }

    /** Gives a column another name; where definitions are not rolled back, it does no harm to do it again. */
    String renameColumn(String table, String from, String to) {
        return "alter table " + table + (this == H2
                ? " alter column if exists " + from + " rename to " + to
                : " rename column " + from + " to " + to);
    }

    /**
     * Ends an insert that may meet an existing key. In PostgreSQL an error would spoil the caller's transaction, so
     * the row is silently not inserted; elsewhere the error is harmless and must be caught.
     */
    String onDuplicate() {
        return onDuplicate;
    }

    /**
     * Ends a select whose rows are about to be changed, so that several servers choose different ones. H2 would lock
     * every row before it counts to the limit; it serves one server, whose threads may compete for the same rows.
     */
    String skipLocked() {
        return this == H2 ? "" : " for update skip locked";
    }

    /**
     * Whether one statement may do what takes several otherwise: insert into two tables, change many rows with values
     * of their own. It saves round trips, and is not worth a second form of SQL for a database in this process.
     */
    boolean sets() {
        return this == POSTGRESQL;
    }

    /** Whether an exception says that a unique key exists already. */
    static boolean isDuplicate(SQLException e) {
        return "23505".equals(e.getSQLState());
    }
}
