package dev.mailroom.spool.embedded;

import dev.mailroom.spool.MailIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Flushes the embedded database and leaves a mark beside it; compares both when the database is opened. For one thread
 * at a time.
 */
final class FlushedCommits {
    /** An empty file of this name in the directory: go on without what is missing. */
    static final String ACCEPT_LOSS = "accept-loss";
    /** I/O error, of the system; no connection is to be blamed. */
    private static final String LOSS = "58030";
    private static final String RECOVERY = ". Stop the application and put the whole directory back from a backup";
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");
    private static final int NO_SUCH_TABLE = 42102;
    /** Above the newest that is known there may be some that were given and are not known. */
    private static final int MARGIN = 1000;

    private final Path directory;
    private FlushMark mark = FlushMark.NONE;
    private boolean unwritable;

    FlushedCommits(Path directory) {
        this.directory = directory;
    }

    /** Before the database is opened, which would make a new one in place of a missing file. */
    void beforeOpening() throws SQLException {
        try {
            mark = FlushMark.read(directory).orElse(FlushMark.NONE);
            Path database = EmbeddedDatabase.file(directory);
            if (mark.flush() > 0 && !accepted() && (!Files.exists(database) || Files.size(database) == 0)) {
                throw loss("is missing or empty");
            }
        } catch (IOException e) {
            throw new SQLException("mailroom.spool.directory " + directory + " cannot be read: " + e, e);
        }
    }

    /** With the first connection. */
    void afterOpening(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create table if not exists mailroom_flush (number bigint not null)");
            long number;
            try (var rows = statement.executeQuery("select max(number) from mailroom_flush")) {
                rows.next();
                number = rows.getLong(1);
            }
            if (number < mark.flush() && !accepted()) {
                statement.execute("shutdown immediately");
                throw loss("has seen " + number + " of " + mark.flush() + " flushes");
            }
            if (number == 0) {
                statement.execute("insert into mailroom_flush values (0)");
            }
            if (number < mark.flush()) {
                LOG.log(System.Logger.Level.WARNING, "MR0513 the spool goes on with an older database, as the file "
                        + ACCEPT_LOSS + " says: it has seen " + number + " of " + mark.flush() + " flushes");
            }
            mark = new FlushMark(Math.max(number, mark.flush()), mark.newest());
        }
    }

    private boolean accepted() {
        return Files.exists(directory.resolve(ACCEPT_LOSS));
    }

    private SQLException loss(String what) {
        String newest = mark.newest() == 0 ? "" : "; the newest mail was " + new MailIdentifier(mark.newest());
        return new SQLException("what was accepted is missing: " + EmbeddedDatabase.file(directory) + " "
                + what + ", says " + FlushMark.FILE + " beside it" + newest + RECOVERY
                + "; to go on without what is missing,"
                + " make an empty file named " + ACCEPT_LOSS + " there and start: no identifier is then given twice",
                LOSS);
    }

    static boolean isLoss(SQLException e) {
        return LOSS.equals(e.getSQLState());
    }

    static SQLException corrupted(Path directory, SQLException cause) {
        return new SQLException(EmbeddedDatabase.file(directory) + " is damaged and cannot be opened" + RECOVERY
                + "; or move it away, which loses what waits in it: " + cause.getMessage(), LOSS, cause);
    }

    /** Once the tables are there: what was lost is accepted, and its identifiers are given to nobody else. */
    static void keepIdentifiersUnique(Connection connection, Path directory) throws SQLException {
        try (var statement = connection.createStatement()) {
            long newest = FlushMark.read(directory).orElse(FlushMark.NONE).newest();
            long next;
            try (var rows = statement.executeQuery("select identity_base from information_schema.columns"
                    + " where table_name = 'MAILROOM_MAIL' and column_name = 'ID'")) {
                next = rows.next() ? rows.getLong(1) : Long.MAX_VALUE;
            }
            if (next <= newest) {
                statement.execute("alter table mailroom_mail alter column id restart with " + (newest + MARGIN));
            }
            Files.deleteIfExists(directory.resolve(ACCEPT_LOSS));
        } catch (IOException e) {
            throw new SQLException("mailroom.spool.directory " + directory + " cannot be read or written: " + e, e);
        }
    }

    /** Forces everything committed so far onto the disk, then marks that. */
    void flush(Connection connection) throws SQLException {
        long newest = Math.max(mark.newest(), newest(connection));
        long flush = mark.flush() + 1;
        try (PreparedStatement update = connection.prepareStatement("update mailroom_flush set number = ?");
                var statement = connection.createStatement()) {
            update.setLong(1, flush);
            update.executeUpdate();
            statement.execute("checkpoint sync");
        }
        mark = new FlushMark(flush, newest);
        write();
    }

    private static long newest(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("select max(id) from mailroom_mail");
                var rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_SUCH_TABLE) {
                return 0;
            }
            throw e;
        }
    }

    /** The commits are on the disk: no trouble with the mark turns them into refusals. */
    private void write() {
        try {
            mark.writeTo(directory);
            unwritable = false;
        } catch (IOException e) {
            if (!unwritable) {
                unwritable = true;
                LOG.log(System.Logger.Level.WARNING, "MR0514 " + directory.resolve(FlushMark.FILE)
                        + " cannot be written; until it can, a damaged database may not be noticed", e);
            }
        }
    }
}
