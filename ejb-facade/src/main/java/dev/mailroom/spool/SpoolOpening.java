package dev.mailroom.spool;

import java.nio.file.Files;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Finds the database that the administrator wants and opens the spool in it. */
final class SpoolOpening {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");

    private final SpoolSettings settings;
    private final BooleanSupplier inTransaction;
    private final DirectoryLock lock = new DirectoryLock();
    private DataSource source;

    SpoolOpening(SpoolSettings settings, BooleanSupplier inTransaction) {
        this.settings = settings;
        this.inTransaction = inTransaction;
    }

    /** Whether several servers may use the database. */
    boolean shared() {
        return !settings.dataSource().isEmpty();
    }

    /** Whether mails of an earlier run, or of other servers, may wait in it. */
    boolean mayHoldMails() {
        return shared() || Files.exists(EmbeddedDatabase.file(settings.directory()));
    }

    SpoolEngine open(KnownSessions sessions, SpoolListener listener, Executor threads) throws SQLException {
        if (!shared()) {
            lock.take(EmbeddedDatabase.directory(settings.directory()));
        }
        String name = shared() ? settings.dataSource() : SpoolKeeper.EMBEDDED;
        try {
            source = InitialContext.doLookup(name);
        } catch (NamingException | ClassCastException e) {
            throw new SQLException("mailroom.spool.datasource names " + name + ", which is not a DataSource: "
                    + e.getMessage(), e);
        }
        var database = new SpoolDatabase(source, Dialect.of(source), inTransaction);
        if (shared() && database.dialect() == Dialect.H2) {
            LOG.log(System.Logger.Level.WARNING, "MR0510 mailroom.spool.datasource leads to an H2 database, which does"
                    + " not flush its commits to the disk; the embedded default does, so does PostgreSQL");
        }
        var store = new JdbcSpoolStore(database, settings, UUID.randomUUID().toString());
        var engine = new SpoolEngine(settings, store, sessions, listener, threads);
        engine.start(!shared());
        return engine;
    }

    /** Closes the embedded database; anybody else's stays as it is. */
    void close() {
        if (!shared() && source != null) {
            shutdown();
        }
        lock.release();
    }

    private void shutdown() {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute("shutdown");
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "the embedded database was closed while it was still used", e);
        }
    }
}
