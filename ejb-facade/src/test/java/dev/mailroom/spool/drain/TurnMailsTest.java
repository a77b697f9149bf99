package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.spool.DrainSettings;
import dev.mailroom.spool.RetentionSettings;
import dev.mailroom.spool.RetrySettings;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.TemporarySpool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of mails of the table and of memory, however quickly the table answers. */
class TurnMailsTest {
    private static final SpoolQueue ANN = SpoolQueue.of("app", "ann");
    private static final SpoolSettings ONE_AT_A_TIME = Spooling.settings(0, 0, RetrySettings.DEFAULTS,
            RetentionSettings.DEFAULTS,
            new DrainSettings(4, 2, 1, Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ZERO));

    @TempDir
    private Path directory;

    @Test
    void whatHasJustBeenClaimedIsNotOvertakenByAYoungerMailInMemory() throws Exception {
        try (var database = TemporarySpool.open(directory, ANN)) {
            SpoolStore store = database.store();
            var fresh = new FreshMails(true);
            fresh.claimed(ANN, fresh.changes(ANN), true);
            for (String to : List.of("1@x.org", "2@x.org")) {
                store.intake().accept(Spooling.mail(ANN, to));
                fresh.filled(ANN);
            }
            assertTrue(fresh.begin(ANN, Spooling.CONTENT.size()));
            fresh.came(ANN, store.intake().acceptClaimed(Spooling.mail(ANN, "3@x.org")).claim().orElseThrow(),
                    Spooling.CONTENT.size());
            var clock = new LeaseClock(ONE_AT_A_TIME.drain().lease(), System::nanoTime);
            var mails = new TurnMails(ANN, new LeasedMails(store, clock, SpoolListener.NONE), fresh,
                    BatchSize.of(ONE_AT_A_TIME), Runnable::run, clock);
            assertTrue(mails.refill());
            assertEquals("1@x.org", to(mails.take()));
            // The table answers before this thread has looked into memory.
            assertEquals("2@x.org", to(mails.peek().orElseThrow()));
            mails.take();
            assertEquals("3@x.org", to(mails.peek().orElseThrow()));
            mails.end();
        }
    }

    private static String to(SpooledMail mail) {
        return mail.envelope().forwardPaths().get(0);
    }
}
