package dev.mailroom.spool;

import dev.mailroom.spool.embedded.EmbeddedDataSource;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.spool.jdbc.JdbcSpool;
import dev.mailroom.spool.jdbc.SpoolDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A store in an embedded database of its own, below a test's folder. */
public final class TemporarySpool implements AutoCloseable {
    private final EmbeddedDataSource source;
    private final SpoolStore store;

    private TemporarySpool(EmbeddedDataSource source, SpoolStore store) {
        this.source = source;
        this.store = store;
    }

    /** Opens it, with a queue that is ready. */
    public static TemporarySpool open(Path directory, SpoolQueue ready) throws SQLException {
        EmbeddedDataSource source = EmbeddedDatabase.open(directory.resolve("spool"));
        SpoolStore store = JdbcSpool.open(SpoolDatabase.local(source), Spooling.SETTINGS, "one");
        store.queues().open(ready, new byte[0]);
        return new TemporarySpool(source, store);
    }

    /** The store. */
    public SpoolStore store() {
        return store;
    }

    /** Closes the database, whoever has connections of it. */
    @Override
    public void close() throws SQLException {
        discard(source);
    }

    /** Closes a database whose files nobody opens again: without the seconds in which the file is made small. */
    public static void discard(DataSource source) throws SQLException {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute("shutdown immediately");
        }
    }
}
