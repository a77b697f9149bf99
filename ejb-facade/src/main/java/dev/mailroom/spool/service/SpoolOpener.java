package dev.mailroom.spool.service;

import dev.mailroom.spool.SpoolFullException;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.drain.KnownSessions;
import dev.mailroom.spool.drain.SpoolEngine;
import dev.mailroom.spool.drain.SpoolListener;
import dev.mailroom.spool.embedded.DirectoryLock;
import dev.mailroom.spool.embedded.DiskReserve;
import dev.mailroom.spool.embedded.EmbeddedDataSource;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.spool.jdbc.Dialect;
import dev.mailroom.spool.jdbc.JdbcSpool;
import dev.mailroom.spool.jdbc.SpoolDatabase;
import dev.mailroom.spool.jta.JoinedDataSource;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Finds the database that the administrator wants and opens the spool in it. */
final class SpoolOpener {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");

    private final SpoolSettings settings;
    private final TransactionSynchronizationRegistry transactions;
    private final DiskReserve disk;
    private final DirectoryLock lock = new DirectoryLock();
    /** What opens the embedded database, if it is open. */
    private Optional<JoinedDataSource> embedded = Optional.empty();
    private EmbeddedDataSource file;

    SpoolOpener(SpoolSettings settings, TransactionSynchronizationRegistry transactions) {
        this.settings = settings;
        this.disk = new DiskReserve(settings.diskReserve(),
                () -> Files.getFileStore(EmbeddedDatabase.directory(settings.directory())).getUsableSpace(),
                System::nanoTime);
        this.transactions = transactions;
    }

    /** Whether the embedded database's disk has room for a mail; another database manages its own disk. */
    boolean hasRoomFor(long octets) {
        return shared() || disk.hasRoomFor(octets);
    }

    /** @throws SpoolFullException when the administrator's switch, or the disk, refuses a mail of so many octets */
    void requireRoomFor(long octets) throws SpoolFullException {
        if (!settings.accepting()) {
            throw new SpoolFullException("the spool accepts no new mail (mailroom.spool.accepting is off);"
                    + " mails accepted before are still sent");
        }
        if (!hasRoomFor(octets)) {
            throw new SpoolFullException("the disk of mailroom.spool.directory " + settings.directory() + " is nearly"
                    + " full (mailroom.spool.disk-reserve is " + settings.diskReserve() + " octets); make room, mails"
                    + " accepted before are still sent");
        }
    }

    /** Whether several servers may use the database. */
    boolean shared() {
        return !settings.dataSource().isEmpty();
    }

    /** Whether a database can be opened at all: the administrator's, or the embedded one, which needs its engine. */
    boolean hasDatabase() {
        try {
            if (!shared()) {
                EmbeddedDatabase.requireEngine();
            }
            return true;
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "no database", e);
            return false;
        }
    }

    /** Whether mails of an earlier run, or of other servers, may wait in it. */
    boolean mayHoldMails() {
        return shared() || EmbeddedDatabase.wasUsed(settings.directory());
    }

    /** @param tells whether the application wants to be told of outcomes */
    SpoolEngine open(KnownSessions sessions, SpoolListener listener, Executor threads, boolean tells)
            throws SQLException {
        DataSource source = shared() ? named() : embedded();
        var database = new SpoolDatabase(source, Dialect.of(source),
                () -> transactions.getTransactionStatus() == Status.STATUS_ACTIVE);
        if (shared() && database.dialect() == Dialect.H2) {
            LOG.log(System.Logger.Level.WARNING, "MR0510 mailroom.spool.datasource leads to an H2 database, which does"
                    + " not flush its commits to the disk; the embedded default does, so does PostgreSQL");
        }
        var store = JdbcSpool.open(database, settings, UUID.randomUUID().toString(), tells);
        if (!shared()) {
            EmbeddedDatabase.keepIdentifiersUnique(source, settings.directory());
        }
        var engine = new SpoolEngine(settings, store, sessions, listener, threads);
        engine.start(!shared());
        return engine;
    }

    private DataSource named() throws SQLException {
        String name = settings.dataSource();
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException | ClassCastException e) {
            throw new SQLException("mailroom.spool.datasource names " + name + ", which is not a DataSource: "
                    + e.getMessage(), e);
        }
    }

    private DataSource embedded() throws SQLException {
        EmbeddedDatabase.requireEngine();
        lock.take(EmbeddedDatabase.directory(settings.directory()));
        if (EmbeddedDatabase.isOpenToOthers(settings.directory())) {
            LOG.log(System.Logger.Level.WARNING, "MR0511 other users of this machine may look into "
                    + "mailroom.spool.directory " + settings.directory() + "; its files are private, but make it "
                    + "so too: chmod 700");
        }
        if (embedded.isEmpty()) {
            file = EmbeddedDatabase.open(settings.directory());
            embedded = Optional.of(new JoinedDataSource(file,
                    EmbeddedDatabase.directory(settings.directory()).toString(), transactions));
        }
        warnOfBranches(embedded.get());
        return embedded.get();
    }

    /** Their mails are neither sent nor lost until the server's transaction manager says whether they commit. */
    private static void warnOfBranches(DataSource source) throws SQLException {
        try (var connection = source.getConnection()) {
            int branches = EmbeddedDatabase.branchesInDoubt(connection);
            if (branches > 0) {
                LOG.log(System.Logger.Level.WARNING, "MR0520 " + branches + " transactions with spooled mails were cut"
                        + " off by a crash after they were prepared: the server's recovery must tell the embedded"
                        + " database whether they commit");
            }
        }
    }

    /** Closes the embedded database; another one stays open. */
    void close() {
        embedded.ifPresent(source -> {
            // First of all, nobody else opens it again: the server's recovery would.
            source.close();
            try {
                file.close();
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "the embedded database was closed while it was still used", e);
            }
        });
        embedded = Optional.empty();
        lock.release();
    }
}
