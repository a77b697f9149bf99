package dev.mailroom.spool;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What differs between the databases that the spool knows. Everything else is the same SQL. */
enum Dialect {
    /** H2 2.2 or newer, the embedded default. */
    H2("varbinary(65536)", ""),
    /** PostgreSQL 10 or newer, or a database that speaks its language. */
    POSTGRESQL("bytea", " on conflict do nothing");

    private final String bytesType;
    private final String onDuplicate;

    Dialect(String bytesType, String onDuplicate) {
        this.bytesType = bytesType;
        this.onDuplicate = onDuplicate;
    }

    /** The dialect of the database behind a DataSource. */
    static Dialect of(DataSource source) throws SQLException {
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

    /**
     * Ends an insert that may meet an existing key. In PostgreSQL an error would spoil the caller's transaction, so
     * the row is silently not inserted; elsewhere the error is harmless and must be caught.
     */
    String onDuplicate() {
        return onDuplicate;
    }

    /** Whether an exception says that a unique key exists already. */
    static boolean isDuplicate(SQLException e) {
        return "23505".equals(e.getSQLState());
    }
}
