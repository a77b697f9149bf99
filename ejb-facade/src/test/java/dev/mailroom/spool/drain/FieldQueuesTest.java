package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpSettings;
import dev.mailroom.spool.DrainSettings;
import dev.mailroom.spool.RetentionSettings;
import dev.mailroom.spool.RetrySettings;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Queues at servers with the habits that the field shows, through the whole stack. */
@Timeout(300)
class FieldQueuesTest {
    private static final Duration SOON = Duration.ofSeconds(25);

    @TempDir
    private Path directory;

    private DrainStack stack() throws Exception {
        return new DrainStack(EmbeddedDatabase.open(directory.resolve("spool")), SpoolListener.NONE);
    }

    @Test
    void aServerThatEndsEachConnectionAfterTenMailsIsAskedForTheNextAtOnce() throws Exception {
        try (var server = ScriptedSmtpServer.builder().without("CHUNKING")
                .script(now -> now.step() == Step.MAIL && now.nth() > 10
                        ? Optional.of(Action.reply("421 4.7.0 too many mails").then(Action.cut())) : Optional.empty())
                .start();
                var stack = stack()) {
            stack.open("ann", server.port());
            stack.spool("ann", 60, Spooling.CONTENT);
            stack.drain(Duration.ofMillis(100));
            server.await("all mails", () -> server.mailCount() == 60, SOON);
            assertTrue(server.connectionsOpened() >= 6, "was " + server.connectionsOpened());
        }
    }

    @Test
    void aRefusedSenderDoesNotHoldUpTheOthers() throws Exception {
        try (var server = ScriptedSmtpServer.builder().without("CHUNKING")
                .reply(Step.MAIL, "a@bad.example", "450 4.1.8 Sender address rejected: Domain not found").start();
                var stack = stack()) {
            stack.open("ann", server.port());
            for (int mail = 0; mail < 8; mail++) {
                stack.spool("ann", "a@bad.example", "b@x.org");
            }
            stack.spool("ann", 20, Spooling.CONTENT);
            stack.drain(Duration.ofMillis(100));
            server.await("the good ones", () -> server.mailCount() == 20, SOON);
        }
    }

    @Test
    void aMailWhoseContentIsLostFailsAloneAndIsNamed() throws Exception {
        var failed = new CompletableFuture<Settlement>();
        var source = EmbeddedDatabase.open(directory.resolve("spool"));
        var listener = new SpoolListener() {
            @Override
            public void settled(Settlement settlement) {
                if (settlement.state() == SpoolState.FAILED) {
                    failed.complete(settlement);
                }
            }
        };
        try (var server = ScriptedSmtpServer.builder().start(); var stack = new DrainStack(source, listener)) {
            stack.open("ann", server.port());
            for (int mail = 1; mail <= 8; mail++) {
                stack.spool("ann", "s@x.org", mail + "@x.org");
            }
            try (var connection = source.getConnection(); var statement = connection.createStatement()) {
                statement.execute("delete from mailroom_content where mail_id = (select min(id) from mailroom_mail)");
            }
            stack.drain(Duration.ofMillis(100));
            server.await("the others", () -> server.mailCount() == 7, SOON);
            Settlement alone = failed.get(25, TimeUnit.SECONDS);
            assertTrue(alone.error().contains("content of mail " + alone.mail().id() + " is missing"), alone.error());
        }
    }

    /** What a server hangs up on; a mail's sender and recipient have one name. */
    private enum Poison {
        CONTENT(false, Step.FINAL_DOT, Action.cut()),
        RESET(false, Step.FINAL_DOT, Action.reset()),
        CONTENT_TOLD(false, Step.FINAL_DOT, Action.reply("421 4.3.0 Bye").then(Action.cut())),
        CHUNK(true, Step.BDAT, Action.cut()),
        RECIPIENT(false, Step.RCPT, Action.cut()),
        RECIPIENT_TOLD(true, Step.RCPT, Action.reply("421 4.7.0 Bye").then(Action.cut())),
        SENDER(true, Step.MAIL, Action.cut()),
        SENDER_TOLD(false, Step.MAIL, Action.reply("421 4.7.0 Bye").then(Action.cut())),
        SENDER_TOLD_OF_SERVER(true, Step.MAIL, Action.reply("451 4.3.0 Temporary lookup failure"));

        private final boolean chunking;
        private final Step step;
        private final Action action;

        Poison(boolean chunking, Step step, Action action) {
            this.chunking = chunking;
            this.step = step;
            this.action = action;
        }

        ScriptedSmtpServer server() {
            Map<Integer, String> senders = new ConcurrentHashMap<>();
            return ScriptedSmtpServer.builder().without(chunking ? "" : "CHUNKING").script(now -> {
                if (now.step() == Step.MAIL) {
                    senders.put(now.connection(), now.argument());
                }
                boolean poison = now.step() == step && senders.get(now.connection()).startsWith("poison");
                return poison ? Optional.of(action) : Optional.empty();
            }).start();
        }
    }

    @ParameterizedTest
    @EnumSource(Poison.class)
    void onlyTheMailThatCostsTheConnectionWaits(Poison kind) throws Exception {
        var waiting = new ConcurrentLinkedQueue<String>();
        var listener = new SpoolListener() {
            @Override
            public void settled(Settlement settlement) {
                String sender = settlement.mail().envelope().reversePath();
                if (!settlement.delay().isZero() && !sender.startsWith("poison")) {
                    waiting.add(sender + " " + settlement.error());
                }
            }

            @Override
            public void blocked(SpoolQueue queue, QueueEffect effect, Duration wait, String error) {
                waiting.add(effect + " " + error);
            }
        };
        try (var server = kind.server();
                var stack = new DrainStack(EmbeddedDatabase.open(directory.resolve("spool")), listener)) {
            stack.open("ann", server.port());
            for (int mail = 1; mail <= 60; mail++) {
                boolean poison = mail == 3 || mail == 9 || mail == 15;
                String name = (poison ? "poison" : "good") + mail + "@x.org";
                stack.spool("ann", name, name);
            }
            stack.drain(Duration.ofMillis(100));
            server.await("the good ones", () -> server.mailCount() >= 57, Duration.ofMinutes(2));
            assertEquals(57, server.mails().stream().map(mail -> mail.recipientPaths().get(0)).distinct().count());
            stack.spool("ann", "fresh@x.org", "fresh@x.org");
            server.await("a fresh one", () -> server.mailCount() == 58, Duration.ofMinutes(2));
            assertEquals(List.of(), List.copyOf(waiting), "neither a good mail nor the queue waited");
        }
    }

    @Test
    void aServerThatCannotBeReachedForAWhileUsesUpNoMailsAttempts() throws Exception {
        var retry = new RetrySettings(Duration.ofMillis(20), Duration.ofMillis(20), 2, Duration.ZERO, 3);
        var drain = new DrainSettings(8, 4, 4, Duration.ofMinutes(1), Duration.ofMillis(20), Duration.ofSeconds(5));
        var failed = new ConcurrentLinkedQueue<String>();
        var listener = new SpoolListener() {
            @Override
            public void settled(Settlement settlement) {
                if (settlement.state() == SpoolState.FAILED) {
                    failed.add(settlement.toString());
                }
            }
        };
        try (var server = ScriptedSmtpServer.builder().script(now -> switch (now.step()) {
            case GREETING -> now.connection() > 1 && now.connection() <= 12
                    ? Optional.of(Action.reply("421 4.3.2 Not now").then(Action.cut())) : Optional.empty();
            // The first is that of the session's start.
            case NOOP, MAIL -> now.connection() == 1 ? Optional.of(Action.cut()) : Optional.empty();
            default -> Optional.empty();
        }).start();
                var stack = new DrainStack(EmbeddedDatabase.open(directory.resolve("spool")), listener,
                        Spooling.settings(0, 0, retry, RetentionSettings.DEFAULTS, drain))) {
            stack.open("ann", server.port());
            stack.spool("ann", 40, Spooling.CONTENT);
            stack.drain(Duration.ofMillis(20));
            server.await("all mails", () -> server.mailCount() == 40 || !failed.isEmpty(), SOON);
            assertEquals(List.of(), List.copyOf(failed));
        }
    }

    @Test
    void aServerWhoseFinalReplyIsAlwaysTooLateGetsAsManyCopiesAsTheCapSaysAndNoMore() throws Exception {
        var retry = new RetrySettings(Duration.ofMillis(20), Duration.ofMillis(20), 0, Duration.ofDays(2), 3);
        var held = new CompletableFuture<Settlement>();
        var listener = new SpoolListener() {
            @Override
            public void settled(Settlement settlement) {
                if (!settlement.state().open()) {
                    held.complete(settlement);
                }
            }
        };
        var copies = new AtomicInteger();
        try (var server = ScriptedSmtpServer.builder().without("CHUNKING").script(now -> {
            boolean whole = now.step() == Step.FINAL_DOT;
            copies.addAndGet(whole ? 1 : 0);
            return whole ? Optional.of(Action.silence()) : Optional.empty();
        }).start(); var stack = new DrainStack(EmbeddedDatabase.open(directory.resolve("spool")), listener,
                Spooling.settings(0, 0, retry, RetentionSettings.DEFAULTS, DrainSettings.DEFAULTS))) {
            SmtpSettings usual = SmtpSettings.of("ann", "127.0.0.1", server.port());
            Duration patience = Duration.ofSeconds(1);
            stack.open(usual.withTimeouts(usual.timeouts().withReply(patience).withFinalReply(patience)));
            stack.spool("ann", 1, Spooling.CONTENT);
            stack.drain(Duration.ofMillis(20));
            assertEquals(SpoolState.IN_DOUBT, held.get(60, TimeUnit.SECONDS).state());
            assertEquals(3, copies.get());
        }
    }
}
