package dev.mailroom.spool.jdbc;

import dev.mailroom.spool.TemporarySpool;
import dev.mailroom.spool.embedded.EmbeddedDataSource;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the embedded database. */
class EmbeddedStoreTest extends SpoolClockContract {
    @TempDir
    private static Path directory;
    private static EmbeddedDataSource database;

    @BeforeAll
    static void open() {
        database = EmbeddedDatabase.open(directory);
    }

    @AfterAll
    static void close() throws Exception {
        TemporarySpool.discard(database);
    }

    @Override
    DataSource dataSource() {
        return database;
    }

    /** H2 keeps each definition at once, whatever becomes of the transaction. */
    @Test
    void anUpgradeThatWasCutOffAnywhereGoesOnAtTheNextStart() throws Exception {
        for (int version : List.of(1, 4)) {
            String[] definitions = SchemaSteps.of(Dialect.H2).get(version).strip().split(";");
            for (int done = 0; done < definitions.length; done++) {
                becomeVersion(1);
                fillFirstVersion();
                new SpoolSchema(SpoolDatabase.local(source), SchemaSteps.of(Dialect.H2).subList(0, version))
                        .bringUpToDate();
                try (var connection = source.getConnection(); var statement = connection.createStatement()) {
                    for (String definition : List.of(definitions).subList(0, done)) {
                        statement.execute(definition);
                    }
                }
                assertUpgraded();
            }
        }
    }
}
