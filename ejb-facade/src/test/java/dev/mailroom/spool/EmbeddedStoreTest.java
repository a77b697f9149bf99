package dev.mailroom.spool;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the embedded database. */
class EmbeddedStoreTest {
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

    @Nested
    class Store extends SpoolStoreContract {
        @Override
        DataSource dataSource() {
            return database;
        }
    }

    @Nested
    class Sharing extends SpoolSharingContract {
        @Override
        DataSource dataSource() {
            return database;
        }
    }
}
