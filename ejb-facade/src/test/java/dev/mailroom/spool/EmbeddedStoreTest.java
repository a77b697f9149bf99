package dev.mailroom.spool;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the embedded database. */
class EmbeddedStoreTest extends SpoolSharingContract {
    @TempDir
    private static Path directory;
    private static EmbeddedDataSource database;

    @BeforeAll
    static void open() {
        database = EmbeddedDatabase.open(directory);
    }

    @AfterAll
    static void close() throws Exception {
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }

    @Override
    DataSource dataSource() {
        return database;
    }
}
