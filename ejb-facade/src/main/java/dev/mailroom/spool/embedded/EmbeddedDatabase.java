package dev.mailroom.spool.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Where the embedded database lives and how it is opened. */
public final class EmbeddedDatabase {
    // The server closes the database when it has drained the spool, not H2's own shutdown hook. 16 MiB of cache are
    // enough for the index of the mails at the head of the queues; the rest of a long queue stays on the disk.
    private static final String OPTIONS = ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000"
            + ";CACHE_SIZE=16384;TRACE_LEVEL_FILE=0"
            // Each commit writes pages anew. What they replace is kept for so long, in case the disk has written them
            // in another order; every commit is flushed, so the default of 45 s would only make a large file. What is
            // left of it when the database is closed mostly goes in H2's 200 ms for that, which a small one takes
            // whole; and all of it goes while the database is open and has little to do.
            + ";RETENTION_TIME=5000";

    private EmbeddedDatabase() {
    }

    /** The directory, absolute; created if there is none, for this user alone, because mails are private. */
    public static Path directory(Path configured) {
        Path absolute = configured.toAbsolutePath().normalize();
        if (absolute.toString().indexOf(';') >= 0) {
            throw new IllegalArgumentException("mailroom.spool.directory must not contain ';', was " + absolute);
        }
        try {
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(absolute.getParent());
                if (!Files.exists(absolute)) {
                    Files.createDirectory(absolute, PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
                }
            } else {
                Files.createDirectories(absolute);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("mailroom.spool.directory " + absolute + " cannot be created", e);
        }
        return absolute;
    }

    /** The JDBC URL for a directory, which is created if need be. */
    static String url(String files, Path configured) {
        Path directory = directory(configured);
        try {
            // H2 takes an empty file for a new database; the permissions of one that it makes are left to the umask.
            PrivateFile.ensure(file(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("the spool's database in " + directory + " cannot be made private", e);
        }
        return "jdbc:h2:" + files + ":" + directory.resolve("spool") + OPTIONS;
    }

    /** Whether other users of the machine may look into the directory, which exists. */
    public static boolean isOpenToOthers(Path configured) {
        try {
            return PrivateFile.isOpen(directory(configured));
        } catch (IOException e) {
            throw new UncheckedIOException("the permissions of " + configured + " cannot be read", e);
        }
    }

    /** The file that exists once the database was used. */
    public static Path file(Path directory) {
        return directory.resolve("spool.mv.db");
    }

    /**
     * Checks that the engine is there: Payara and GlassFish bring it.
     *
     * @throws SQLException saying what to add, if it is not
     */
    public static void requireEngine() throws SQLException {
        try {
            Class.forName("org.h2.jdbcx.JdbcDataSource", false, EmbeddedDatabase.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new SQLException("asynchronous mails wait in the embedded database H2, which this server does not"
                    + " give to applications: add com.h2database:h2 (2.2 or newer) to the application, or set"
                    + " mailroom.spool.datasource to a DataSource of PostgreSQL", e);
        }
    }

    /** How many transactions are prepared, and wait to be told whether they commit. */
    public static int branchesInDoubt(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from information_schema.in_doubt"
                        + " where transaction_state = 'IN_DOUBT'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Whether mails are or were in it: a database that has gone is missed. */
    public static boolean wasUsed(Path directory) {
        return Files.exists(file(directory)) || Files.exists(directory.resolve(FlushMark.FILE));
    }

    /** Once its tables are there: identifiers that mails have had are not given again, whatever became of the file. */
    public static void keepIdentifiersUnique(DataSource source, Path directory) throws SQLException {
        try (Connection connection = source.getConnection()) {
            FlushedCommits.keepIdentifiersUnique(connection, directory(directory));
        }
    }

    /** What opens it. */
    public static EmbeddedDataSource open(Path directory) {
        var source = new EmbeddedDataSource();
        source.setDirectory(directory.toString());
        return source;
    }
}
