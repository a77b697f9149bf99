package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.spool.DrainSettings;
import dev.mailroom.spool.RetentionSettings;
import dev.mailroom.spool.RetrySettings;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.Occasion;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with CHUNKING that hangs up without a word, through the whole stack. */
@Timeout(120)
class SilentHangUpTest {
    private static final int MAILS = 60;

    @TempDir
    private Path directory;

    private void assertOnceEach(int good, Predicate<Occasion> hangsUp) throws Exception {
        var retry = new RetrySettings(Duration.ofMillis(50), Duration.ofMillis(50), 0, Duration.ofDays(2), 3);
        try (var server = ScriptedSmtpServer.builder()
                .script(now -> hangsUp.test(now) ? Optional.of(Action.cut()) : Optional.empty()).start();
                var stack = new DrainStack(EmbeddedDatabase.open(directory.resolve("spool")), SpoolListener.NONE,
                        Spooling.settings(0, 0, retry, RetentionSettings.DEFAULTS, DrainSettings.DEFAULTS))) {
            stack.open("ann", server.port());
            for (int mail = 1; mail <= MAILS; mail++) {
                stack.spool("ann", "s@x.org", "r" + mail + "@x.org");
            }
            stack.drain(Duration.ofMillis(100));
            server.await("the good ones", () -> server.mailCount() >= good, Duration.ofSeconds(60));
            assertEquals(good, server.mails().stream().map(mail -> mail.recipientPaths().get(0)).distinct().count());
            assertEquals(good, server.mailCount());
        }
    }

    @Test
    void afterTenMailsItGetsAllOfThemOnce() throws Exception {
        assertOnceEach(MAILS, now -> now.step() == Step.MAIL && now.nth() > 10);
    }

    @Test
    void becauseOfThreeMailsItGetsTheOthersOnce() throws Exception {
        Map<Integer, String> last = new ConcurrentHashMap<>();
        assertOnceEach(MAILS - 3, now -> {
            if (now.step() == Step.RCPT) {
                last.put(now.connection(), now.argument());
            }
            return now.step() == Step.BDAT && last.get(now.connection()).matches("r(3|9|15)@x.org");
        });
    }
}
