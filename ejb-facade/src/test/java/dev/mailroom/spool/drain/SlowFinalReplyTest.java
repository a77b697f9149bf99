package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.SmtpSettings;
import dev.mailroom.spool.DrainSettings;
import dev.mailroom.spool.RetentionSettings;
import dev.mailroom.spool.RetrySettings;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that takes longer over a mail than an application waits for replies, and than a claim holds by itself. */
@Timeout(180)
class SlowFinalReplyTest {
    @TempDir
    private Path directory;

    @Test
    void makesNoCopies() throws Exception {
        var retry = new RetrySettings(Duration.ofMillis(10), Duration.ofMillis(10), 0, Duration.ofDays(2), 3);
        var drain = new DrainSettings(4, 2, 32, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(5));
        var settled = new CountDownLatch(3);
        var listener = new SpoolListener() {
            @Override
            public void settled(Settlement settlement) {
                // On a busy machine a lease may end before its mail's turn: then it is given back, and sent later.
                if (!settlement.state().open()) {
                    settled.countDown();
                }
            }
        };
        try (var server = ScriptedSmtpServer.builder().on(When.at(Step.BDAT).nth(1),
                Action.pause(Duration.ofMillis(2500)).then(Action.reply("250 2.0.0 Ok"))).start();
                var stack = new DrainStack(EmbeddedDatabase.open(directory.resolve("spool")), listener,
                        Spooling.settings(0, 0, retry, RetentionSettings.DEFAULTS, drain))) {
            SmtpSettings usual = SmtpSettings.of("ann", "127.0.0.1", server.port());
            stack.open(usual.withTimeouts(usual.timeouts().withReply(Duration.ofSeconds(1))));
            stack.spool("ann", 3, Spooling.CONTENT);
            stack.drain(Duration.ofMillis(100));
            settled.await(60, TimeUnit.SECONDS);
            assertEquals(3, server.mailCount());
        }
    }
}
