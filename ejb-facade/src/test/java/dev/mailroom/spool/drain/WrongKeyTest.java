package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.spool.DrainSettings;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.RetentionSettings;
import dev.mailroom.spool.RetrySettings;
import dev.mailroom.spool.SpoolCipher;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.TemporarySpool;
import dev.mailroom.spool.embedded.EmbeddedDataSource;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.testing.CountingSink;
import dev.mailroom.testing.SinkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail that was encrypted with another key than today's, to its end. */
class WrongKeyTest {
    private static final SpoolCipher OLD = SpoolCipher.ofKey("A".repeat(43) + "=");
    private static final SpoolCipher NEW = SpoolCipher.ofKey("/".repeat(43) + "=");
    private static final String WHY = "was encrypted with another mailroom.spool.key";

    @TempDir
    private Path directory;
    private EmbeddedDataSource database;

    @BeforeEach
    void open() {
        database = EmbeddedDatabase.open(directory.resolve("spool"));
    }

    @AfterEach
    void close() throws Exception {
        TemporarySpool.discard(database);
    }

    private DrainStack stack(SpoolCipher key, CountingSink sink) throws Exception {
        Duration soon = Duration.ofMillis(1);
        SpoolSettings usual = Spooling.settings(0, 0, new RetrySettings(soon, soon, 2, Duration.ofDays(2), 3),
                RetentionSettings.DEFAULTS, DrainSettings.DEFAULTS);
        var stack = new DrainStack(database, SpoolListener.NONE, new SpoolSettings(usual.dataSource(),
                usual.directory(), true, 0, 0, 100, 0, usual.inDoubt(), usual.retry(), usual.retention(),
                usual.drain(), true, key));
        stack.open("ann", sink.port());
        return stack;
    }

    private static List<MailStatus> inState(DrainStack stack, SpoolState state) throws Exception {
        return stack.store.archive().list(state, 0, 9);
    }

    @Test
    void itAloneFailsWithAnErrorThatNamesTheKeyAndGoesWithTheOldKeyWhenItIsSentAgain() throws Exception {
        try (var sink = CountingSink.start(SinkSettings.ALL)) {
            try (DrainStack before = stack(OLD, sink)) {
                before.spool("ann", 1, SpoolRuns.content(100_000));
                before.spool("ann", 1, Spooling.CONTENT);
            }
            try (DrainStack changed = stack(NEW, sink)) {
                changed.spool("ann", 3, Spooling.CONTENT);
                changed.drain(Duration.ofMillis(20));
                Spooling.eventually(() -> inState(changed, SpoolState.FAILED).size() == 2
                        && inState(changed, SpoolState.SENT).size() == 3);
                for (MailStatus failed : inState(changed, SpoolState.FAILED)) {
                    assertTrue(failed.error().contains(WHY), failed.error());
                    assertEquals(2, failed.attempts());
                }
                assertEquals(3, sink.counts().mails());
            }
            try (DrainStack restored = stack(OLD, sink)) {
                for (MailStatus failed : inState(restored, SpoolState.FAILED)) {
                    MailIdentifier again = failed.id();
                    assertTrue(restored.store.archive().resend(again.number()));
                }
                restored.drain(Duration.ofMillis(20));
                Spooling.eventually(() -> inState(restored, SpoolState.SENT).size() == 5);
                assertEquals(5, sink.counts().mails());
            }
        }
    }
}
