package dev.mailroom.spool.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/spool.md says of backup and restore. */
class BackupTest {
    @TempDir
    private Path folder;

    @Test
    void aCopyOfTheClosedDatabasesDirectoryHoldsEverything() throws Exception {
        Path restored = folder.resolve("restored");
        var database = EmbeddedDatabase.open(folder.resolve("spool"));
        commit(database);
        shutDown(database);
        copy(folder.resolve("spool"), restored);
        assertHoldsWhatWasCommitted(restored);
    }

    /** Nothing is written meanwhile, as in a file system's snapshot. */
    @Test
    void aSnapshotOfTheRunningDatabaseHoldsWhatWasCommitted() throws Exception {
        Path restored = folder.resolve("restored");
        var database = EmbeddedDatabase.open(folder.resolve("spool"));
        commit(database);
        try (Connection open = database.getConnection(); var statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.executeUpdate("insert into kept values (3)");
            copy(folder.resolve("spool"), restored);
        }
        shutDown(database);
        assertHoldsWhatWasCommitted(restored);
    }

    private static void commit(EmbeddedDataSource database) throws SQLException {
        try (Connection connection = database.getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("create table kept (id int primary key)");
            statement.executeUpdate("insert into kept values (1), (2)");
            connection.commit();
        }
    }

    private static void assertHoldsWhatWasCommitted(Path directory) throws SQLException {
        var database = EmbeddedDatabase.open(directory);
        try (Connection connection = database.getConnection(); var statement = connection.createStatement();
                var rows = statement.executeQuery("select listagg(id, ',') within group (order by id) from kept")) {
            rows.next();
            assertEquals("1,2", rows.getString(1));
        }
        shutDown(database);
    }

    private static void shutDown(EmbeddedDataSource database) throws SQLException {
        try (Connection connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> files;
        try (var listed = Files.list(from)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }
}
