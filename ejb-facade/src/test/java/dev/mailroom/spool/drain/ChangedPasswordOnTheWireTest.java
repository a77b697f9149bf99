package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.AuthAttempt;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A password that changes while mails wait, through the whole stack. */
@Timeout(240)
class ChangedPasswordOnTheWireTest {
    private static final int MAILS = 12;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void whatTheOldPasswordCouldNotSendArrivesOnceWithTheNewOne() throws Exception {
        try (var server = ScriptedSmtpServer.builder().user("ann", "new").start();
                var stack = new DrainStack(EmbeddedDatabase.open(directory.resolve("spool")), SpoolListener.NONE)) {
            server.on(When.at(Step.CREDENTIALS), Action.reply("235 2.7.0 ok"));
            stack.start("ann", "old", server.port());
            server.behave();
            server.dropAll();
            stack.spool("ann", MAILS, Spooling.CONTENT);
            stack.drain(Duration.ofMillis(50));
            server.await("the old password is refused", () -> stack.isParked("ann"), SOON);
            assertEquals(0, server.mailCount());
            stack.start("ann", "new", server.port());
            server.awaitMails(MAILS, SOON);
            assertEquals(MAILS, server.mailCount());
            assertEquals("new", server.authAttempts().stream().reduce((one, next) -> next).orElseThrow().secret());
            assertTrue(server.authAttempts().stream().anyMatch(one -> !one.accepted()));
            assertEquals(1, server.authAttempts().stream().filter(one -> !one.accepted()).map(AuthAttempt::secret)
                    .distinct().count());
        }
    }
}
