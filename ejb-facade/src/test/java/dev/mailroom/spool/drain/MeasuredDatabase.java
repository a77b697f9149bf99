package dev.mailroom.spool.drain;

import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.testing.PrivatePostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh database to be measured, with kept connections as in a container's pool.
 *
 * @param pid the process that flushes its commits
 */
record MeasuredDatabase(DataSource source, long pid, AutoCloseable end) implements AutoCloseable {
    private static final int CONNECTIONS = 48;
    private static final List<String> TABLES = List.of("mailroom_mail", "mailroom_content", "mailroom_recipient");

    /** Opens a fresh one. */
    interface Opening {
        MeasuredDatabase open() throws IOException, SQLException;
    }

    static MeasuredDatabase embedded() throws IOException, SQLException {
        Path directory = Files.createTempDirectory("mailroom-spool");
        DataSource source = EmbeddedDatabase.open(directory.resolve("spool"));
        return new MeasuredDatabase(KeptConnections.of(source, CONNECTIONS),
                ProcessHandle.current().pid(), () -> {
                    try (var connection = source.getConnection(); var statement = connection.createStatement()) {
                        statement.execute("shutdown");
                    }
                    try (var files = Files.walk(directory)) {
                        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                            Files.delete(file);
                        }
                    }
                });
    }

    static MeasuredDatabase postgresql() throws IOException, SQLException {
        var server = PrivatePostgres.startOrSkip();
        var source = new PGSimpleDataSource();
        source.setUrl(server.url());
        return new MeasuredDatabase(KeptConnections.of(source, CONNECTIONS), server.pid(), server);
    }

    /** What PostgreSQL's processes have used so far; 0 where the database is in this one. */
    long cpuNanos() {
        ProcessHandle own = ProcessHandle.current();
        return pid == own.pid() ? 0 : ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants)
                .mapToLong(one -> one.info().totalCpuDuration().orElse(Duration.ZERO).toNanos()).sum();
    }

    /** PostgreSQL: bytes that the spool takes, indexes included, divided by the mails in it. */
    long bytesAMail() throws SQLException {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute("vacuum full " + table);
            }
            try (var rows = statement.executeQuery("select sum(pg_total_relation_size(name)) / greatest(1, (select"
                    + " count(*) from mailroom_mail)) from unnest(array['" + String.join("','", TABLES) + "']) name")) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            end.close();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
