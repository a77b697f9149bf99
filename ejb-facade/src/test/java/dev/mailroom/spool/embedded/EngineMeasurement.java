package dev.mailroom.spool.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures what an embedded engine does for a commit; the table in the package documentation was made with it. Drivers
 * come from the class path, so only the chosen engine is a dependency. Arguments, with ENGINE one of {@link Engine}:
 *
 * <pre>
 * speed  ENGINE DIR THREADS SECONDS ROWS_PER_COMMIT   prints commits and rows a second
 * count  ENGINE DIR THREADS COMMITS ROWS_PER_COMMIT   makes exactly that many commits, for strace to look at
 * ack    ENGINE DIR THREADS                           prints each identifier after its commit, until killed
 * check  ENGINE DIR FILE                              tells how many of the identifiers in FILE are missing
 * </pre>
 */
public final class EngineMeasurement {
    /** An engine with the settings that are to be judged. */
    enum Engine {
        H2_DEFAULT("jdbc:h2:file:%s/spool", ""),
        H2_WRITE_DELAY_0("jdbc:h2:file:%s/spool;WRITE_DELAY=0", ""),
        H2_SYNC_EACH("jdbc:h2:file:%s/spool;WRITE_DELAY=0", "CHECKPOINT SYNC"),
        H2_SYNC_GROUP("jdbc:h2:file:%s/spool;WRITE_DELAY=0", "group"),
        H2_SYNC_GROUP_DELAYED("jdbc:h2:file:%s/spool", "group"),
        HSQLDB("jdbc:hsqldb:file:%s/spool;hsqldb.write_delay=false;hsqldb.tx=mvcc", ""),
        DERBY("jdbc:derby:%s/spool;create=true", ""),
        SQLITE("jdbc:sqlite:%s/spool?journal_mode=WAL&synchronous=FULL&busy_timeout=60000", "");

        private final String url;
        private final String afterCommit;

        Engine(String url, String afterCommit) {
            this.url = url;
            this.afterCommit = afterCommit;
        }

        Connection open(Path directory) throws SQLException {
            Connection connection = DriverManager.getConnection(url.formatted(directory.toAbsolutePath()));
            connection.setAutoCommit(false);
            return connection;
        }

        String createTable() {
            String kind = this == HSQLDB ? "create cached table" : "create table";
            String bytes = this == DERBY ? "varchar(2000) for bit data" : "varbinary(2000)";
            return kind + " mail (id bigint not null primary key, content " + bytes + " not null)";
        }
    }

    private final Engine engine;
    private final Path directory;
    private final GroupSync group = new GroupSync(this::sync);
    private final AtomicLong ids = new AtomicLong(System.currentTimeMillis() * 1_000_000);
    private Connection syncing;

    private EngineMeasurement(Engine engine, Path directory) {
        this.engine = engine;
        this.directory = directory;
    }

    /** Runs one of the commands above. */
    public static void main(String[] arguments) throws Exception {
        Engine engine = Engine.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        EngineMeasurement measurement = new EngineMeasurement(engine, Path.of(arguments[2]));
        switch (arguments[0]) {
            case "speed" -> measurement.speed(
                    Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
            case "count" -> measurement.count(
                    Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
            case "ack" -> measurement.acknowledge(Integer.parseInt(arguments[3]));
            case "check" -> measurement.check(Path.of(arguments[3]));
            default -> throw new IllegalArgumentException("speed, count, ack or check, was " + arguments[0]);
        }
    }

    private void speed(int threads, int seconds, int rows) throws Exception {
        create();
        run(threads, commitsUntil(System.nanoTime() + 2_000_000_000L, rows));
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long commits = run(threads, commitsUntil(end, rows));
        System.out.printf(Locale.ROOT, "%-22s %2d threads, %3d rows a commit: %,8d commits/s %,8d rows/s%n",
                engine, threads, rows, commits / seconds, commits * rows / seconds);
        System.exit(0);
    }

    private Callable<Long> commitsUntil(long end, int rows) {
        return () -> {
            long commits = 0;
            try (Connection connection = engine.open(directory)) {
                while (System.nanoTime() < end) {
                    commit(connection, rows);
                    commits++;
                }
            }
            return commits;
        };
    }

    private void count(int threads, int commits, int rows) throws Exception {
        create();
        System.err.println("MARK begin");
        AtomicLong left = new AtomicLong(commits);
        run(threads, () -> {
            try (Connection connection = engine.open(directory)) {
                while (left.getAndDecrement() > 0) {
                    commit(connection, rows);
                }
            }
            return 0L;
        });
        System.err.println("MARK end");
        Runtime.getRuntime().halt(0);
    }

    private void acknowledge(int threads) throws Exception {
        create();
        run(threads, () -> {
            try (Connection connection = engine.open(directory)) {
                while (true) {
                    long id = commit(connection, 1);
                    System.out.writeBytes((id + "\n").getBytes());
                }
            }
        });
    }

    private void check(Path file) throws SQLException, IOException {
        int missing = 0;
        int acknowledged = 0;
        try (Connection connection = engine.open(directory);
                var select = connection.prepareStatement("select id from mail where id = ?")) {
            for (String line : Files.readAllLines(file)) {
                acknowledged++;
                select.setLong(1, Long.parseLong(line));
                try (var rows = select.executeQuery()) {
                    missing += rows.next() ? 0 : 1;
                }
            }
            connection.rollback();
        }
        System.out.printf("%-22s %d acknowledged, %d missing%n", engine, acknowledged, missing);
    }

    private void create() throws Exception {
        Files.createDirectories(directory);
        try (Connection connection = engine.open(directory); var statement = connection.createStatement()) {
            try (var tables = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
                while (tables.next()) {
                    if (tables.getString("TABLE_NAME").equalsIgnoreCase("mail")) {
                        connection.rollback();
                        return;
                    }
                }
            }
            statement.execute(engine.createTable());
            connection.commit();
        }
    }

    private long commit(Connection connection, int rows) throws Exception {
        long id = 0;
        try (var insert = connection.prepareStatement("insert into mail (id, content) values (?, ?)")) {
            for (int row = 0; row < rows; row++) {
                id = ids.incrementAndGet();
                insert.setLong(1, id);
                insert.setBytes(2, new byte[1024]);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
        if (engine.afterCommit.equals("group")) {
            group.await();
        } else if (!engine.afterCommit.isEmpty()) {
            try (var statement = connection.createStatement()) {
                statement.execute(engine.afterCommit);
            }
        }
        return id;
    }

    private void sync() throws SQLException {
        if (syncing == null) {
            syncing = engine.open(directory);
        }
        try (var statement = syncing.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    private static long run(int threads, Callable<Long> task) throws Exception {
        var executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Long>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                tasks.add(task);
            }
            long sum = 0;
            for (var result : executor.invokeAll(tasks)) {
                sum += result.get();
            }
            return sum;
        } catch (ExecutionException e) {
            e.printStackTrace();
            throw e;
        } finally {
            executor.shutdownNow();
        }
    }
}
