package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that has a whole mail gets its time for the final reply (RFC 5321, section 4.5.3.2.6). */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class FinalReplyTest {
    private static final Mail MAIL = Sessions.mail("x", "c@x.org");
    private static final Duration IMPATIENT = Duration.ofSeconds(2);
    private static final Duration SLOW = Duration.ofSeconds(4);
    private final SocketTransportFactory factory = Sessions.factory();

    @AfterEach
    void close() {
        factory.close();
    }

    private static SmtpSettings impatient(ScriptedSmtpServer server) {
        SmtpSettings usual = Sessions.to(server);
        return usual.withTimeouts(usual.timeouts().withFinalReply(Sessions.SOON).withReply(IMPATIENT));
    }

    private static List<Outcome> stream(SmtpTransport link, int mails, Mail mail) {
        List<Outcome> outcomes = new ArrayList<>();
        link.sendAll(Collections.nCopies(mails, mail).iterator(), (given, outcome) -> outcomes.add(outcome));
        return outcomes;
    }

    private static void assertAccepted(ScriptedSmtpServer server, int mails, List<Outcome> outcomes) {
        assertTrue(outcomes.stream().allMatch(Receipt.class::isInstance), outcomes.toString());
        assertEquals(mails, outcomes.size());
        assertEquals(mails, server.mailCount());
    }

    @ParameterizedTest
    @CsvSource({"FINAL_DOT, CHUNKING", "FINAL_DOT, CHUNKING PIPELINING", "BDAT, SIZE", "BDAT, PIPELINING"})
    void noShorterReplyTimeoutUndercutsIt(Step end, String missing) throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().without(missing.split(" "))
                .on(When.at(end).nth(1), Action.pause(SLOW).then(Action.reply("250 2.0.0 Ok"))).start()) {
            SmtpTransport link = factory.open(impatient(server), Deadline.NEVER);
            assertInstanceOf(Receipt.class, link.send(MAIL, Deadline.NEVER));
            link.close();
        }
    }

    @Test
    void aLongerReplyTimeoutCountsThereToo() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder()
                .on(Step.BDAT, Action.pause(SLOW).then(Action.reply("250 2.0.0 Ok"))).start()) {
            SmtpSettings usual = Sessions.to(server);
            SmtpTransport link = factory.open(
                    usual.withTimeouts(usual.timeouts().withFinalReply(IMPATIENT)), Deadline.NEVER);
            assertInstanceOf(Receipt.class, link.send(MAIL, Deadline.NEVER));
            link.close();
        }
    }

    @Test
    void itEndsToo() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().on(Step.BDAT, Action.silence()).start()) {
            SmtpSettings usual = Sessions.impatient(server, IMPATIENT);
            SmtpTransport link = factory.open(
                    usual.withTimeouts(usual.timeouts().withFinalReply(Duration.ofMillis(2_100))), Deadline.NEVER);
            Failure failure = assertInstanceOf(Failure.class, link.send(MAIL, Deadline.NEVER));
            assertEquals(Delivery.IN_DOUBT, failure.delivery());
            assertTrue(failure.message().contains("within 2100 ms"), failure.message());
            link.close();
        }
    }

    @Test
    void itCountsForRepliesThatAServerHoldsBackWithIt() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().on(Step.MAIL, Action.nothing().countsAs(250))
                .on(Step.RCPT, Action.nothing().countsAs(250))
                .on(Step.BDAT, Action.pause(SLOW).then(Action.raw("250 Ok\r\n250 Ok\r\n250 Ok\r\n"))).start()) {
            SmtpTransport link = factory.open(impatient(server), Deadline.NEVER);
            assertInstanceOf(Receipt.class, link.send(MAIL, Deadline.NEVER));
            link.close();
        }
    }

    @Test
    void meanwhileTheServerNeedNotReadTheNextMail() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().withoutContents()
                .on(When.at(Step.BDAT).nth(2), Action.pause(SLOW).then(Action.reply("250 2.0.0 Ok"))).start()) {
            SmtpTransport link = factory.open(Sessions.to(server).withTimeouts(new TimeoutSettings(Sessions.SOON,
                    Sessions.SOON, Sessions.SOON, Sessions.SOON, IMPATIENT, Duration.ZERO)), Deadline.NEVER);
            // The first proves BDAT; the third does not fit into the buffers of the connection.
            List<Outcome> outcomes = new ArrayList<>();
            link.sendAll(List.of(MAIL, MAIL, Sessions.mail("x\r\n".repeat(10_000_000), "c@x.org")).iterator(),
                    (mail, outcome) -> outcomes.add(outcome));
            assertAccepted(server, 3, outcomes);
            link.close();
        }
    }

    @Test
    void theMailsOfAWindowHaveATimeOfTheirOwnEach() throws SmtpException {
        Duration slow = Duration.ofMillis(350);
        try (var server = ScriptedSmtpServer.builder()
                .on(Step.BDAT, Action.pause(slow).then(Action.reply("250 2.0.0 Ok"))).start()) {
            SmtpSettings usual = Sessions.to(server);
            SmtpTransport link = factory.open(usual.withTimeouts(new TimeoutSettings(Sessions.SOON,
                    Sessions.SOON, Sessions.SOON, Sessions.SOON, Sessions.SOON, Duration.ofSeconds(4))),
                    Deadline.NEVER);
            assertAccepted(server, 15, stream(link, 15, MAIL));
            link.close();
        }
    }
}
