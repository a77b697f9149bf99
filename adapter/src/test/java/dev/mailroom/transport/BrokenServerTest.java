package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.ScriptedSmtpServerBuilder;
import dev.mailroom.testing.Step;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that breaks off, keeps silent or talks nonsense while a connection is opened. */
@Timeout(180)
class BrokenServerTest {
    private static final Map<Step, Phase> PHASES = Map.of(Step.GREETING, Phase.GREETING, Step.EHLO, Phase.EHLO,
            Step.AUTH, Phase.AUTH, Step.CREDENTIALS, Phase.AUTH);
    private final SocketTransportFactory factory = Sessions.factory();

    @AfterEach
    void end() {
        factory.close();
    }

    static Stream<Arguments> everyStep() {
        return PHASES.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void aCutConnectionIsReportedWithItsPhase(Step step, Phase phase) {
        assertBroken(at(step, Action.cut()), phase, "was lost");
        if (step != Step.GREETING) {
            // A reset so early may meet the connection before anybody has begun to read.
            assertBroken(at(step, Action.reset()), phase, "was lost");
        }
        assertBroken(at(step, Action.raw("250-half a rep").then(Action.cut())), phase, "was lost");
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void aSilentServerIsLeftAfterTheReplyTimeout(Step step, Phase phase) {
        try (var server = at(step, Action.silence()).start()) {
            Failure failure = Sessions.refusal(factory,
                    settings(server, Duration.ofSeconds(1)));
            assertEquals(phase, failure.phase());
            assertTrue(failure.message().contains("within 1 s"), failure.message());
            assertTrue(failure.isTransient(), failure.message());
            server.awaitOpenConnections(0, Sessions.SOON);
        }
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void aServerThatDripsIsLeftAfterTheReplyTimeout(Step step, Phase phase) {
        try (var server = at(step, Action.drip(Duration.ofMillis(50), "250 " + "x".repeat(200))).start()) {
            Failure failure = Sessions.refusal(factory, settings(server, Duration.ofMillis(500)));
            assertEquals(phase, failure.phase());
            assertTrue(failure.message().contains("within 500 ms"), failure.message());
        }
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void theDeadlineEndsWhatTheReplyTimeoutAllows(Step step, Phase phase) {
        try (var server = at(step, Action.drip(Duration.ofMillis(50), "250 " + "x".repeat(400))).start()) {
            Failure failure = Sessions.refusal(factory, settings(server, Duration.ofSeconds(60)),
                    Deadline.after(Duration.ofSeconds(2)));
            assertEquals(phase, failure.phase());
            assertTrue(failure.message().contains("the deadline"), failure.message());
            assertTrue(failure.isTransient(), failure.message());
        }
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void closingIsReportedWithItsReply(Step step, Phase phase) {
        try (var server = at(step, Action.reply("421 4.3.2 Going down").then(Action.cut())).start()) {
            Failure failure = Sessions.refusal(factory, settings(server, Sessions.SOON));
            assertEquals(phase, failure.phase());
            assertEquals(421, failure.reply().code());
            assertTrue(failure.isTransient());
        }
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void endlessAndMeaninglessRepliesAreCutOff(Step step, Phase phase) {
        assertBroken(at(step, Action.endless("220-again and again\r\n")), phase, "more than 128 lines");
        assertBroken(at(step, Action.endless("2")), phase, "more than 2048 octets");
        assertBroken(at(step, Action.endless("220-" + "x".repeat(1500) + "\r\n")), phase, "longer than");
        assertBroken(at(step, Action.raw("250-a\r\n220 b\r\n")), phase, "is not an SMTP reply");
        assertBroken(at(step, Action.raw("hello \u0007\r\n")), phase, "\"hello ?\" is not an SMTP reply");
        assertBroken(at(step, Action.raw("\r\n")), phase, "is not an SMTP reply");
        assertBroken(at(step, Action.raw("99 x\r\n")), phase, "is not an SMTP reply");
        assertBroken(at(step, Action.raw("150 x\r\n")), phase, "is not an SMTP reply");
        assertBroken(at(step, Action.raw("2200 x\r\n")), phase, "is not an SMTP reply");
    }

    @Test
    void aLoginThatCouldNotBeWrittenIsNotARefusedOne() {
        // Each time the reset races with the client; in most rounds it is the write of the user name that fails.
        Action broken = Action.reply("334 VXNlcm5hbWU6").then(Action.reset());
        for (int round = 0; round < 20; round++) {
            try (var server = at(Step.AUTH, broken).mechanisms("LOGIN").start()) {
                Failure failure = Sessions.refusal(factory, settings(server, Sessions.SOON));
                assertEquals(Phase.AUTH, failure.phase());
                assertEquals(SmtpReply.NONE, failure.reply(), failure.message());
                assertTrue(failure.isTransient());
            }
        }
    }

    @Test
    void aServerThatSpeaksBeforeItIsAskedIsLeft() {
        assertBroken(at(Step.GREETING, Action.reply("220 x").then(Action.reply("250 y"))), Phase.EHLO,
                "spoke without being asked");
    }

    @Test
    void nonsenseInEhloIsIgnored() throws SmtpException {
        String[] lines = {"250-", "250-SIZE minus one", "250-SIZE 99999999999999999999999", "250--", "250-AUTH",
            "250-AUTH=LOGIN", "250- ", "250-\u00e4\u0000", "250 " + "X".repeat(1900)};
        try (var server = ScriptedSmtpServer.builder().on(Step.EHLO, Action.reply(lines)).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            assertTrue(link.send(Sessions.mail("x", "carl@x.org"), Deadline.NEVER).reply().isPresent());
            link.close();
        }
    }

    private static ScriptedSmtpServerBuilder at(Step step, Action action) {
        return ScriptedSmtpServer.builder().user("bob", "hunter-two").on(step, action);
    }

    private static SmtpSettings settings(ScriptedSmtpServer server, Duration reply) {
        return Sessions.impatient(server, reply).withSecret(Secret.password("hunter-two"));
    }

    private void assertBroken(ScriptedSmtpServerBuilder builder, Phase phase, String... words) {
        try (var server = builder.start()) {
            Failure failure = Sessions.refusal(factory, settings(server, Sessions.SOON));
            assertEquals(phase, failure.phase(), failure.message());
            assertTrue(failure.isTransient(), failure.message());
            assertFalse(failure.message().contains("hunter-two"), failure.message());
            if (Stream.of(words).noneMatch(failure.message()::contains)) {
                fail(failure.message() + " does not say " + String.join(" or ", words));
            }
            server.awaitOpenConnections(0, Sessions.SOON);
        }
    }
}
