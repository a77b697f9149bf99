package dev.mailroom.spool.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.SmtpReply;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.TemporarySpool;
import dev.mailroom.spool.embedded.EmbeddedDataSource;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.time.Duration;
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

    @Test
    void aMailWithoutAnybodyToServeEndsAndTheOthersOfItsBatchAreWritten() throws Exception {
        long nobody = insert("a@x.org");
        long other = insert("b@x.org");
        List<SpooledMail> mails = store.claims().claim(ANN, 2);
        assertEquals(2, store.claims().settle(mails.stream().map(mail -> new Settlement(mail, SpoolState.PENDING,
                Duration.ofHours(1), true, SmtpReply.of(450, "4.2.0 later"), "later",
                List.of(new RecipientOutcome("a@x.org", SpoolState.SENT, SmtpReply.of(250, "ok")))))
                .toList()).size());
        assertEquals(SpoolState.SENT, store.archive().status(nobody).orElseThrow().state());
        assertEquals(SpoolState.PENDING, store.archive().status(other).orElseThrow().state());
    }
}
