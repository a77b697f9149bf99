package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.ScriptedSmtpServerBuilder;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which servers get one command at a time from then on, and which do not deserve it. */
@Timeout(180)
class GroupsForgoneTest {
    private static final Mail MAIL = Sessions.mail("x", "r1@x.org");
    private final SocketTransportFactory factory = Sessions.factory();

    @AfterEach
    void end() {
        factory.close();
    }

    private static ScriptedSmtpServerBuilder data() {
        return ScriptedSmtpServer.builder().without("CHUNKING");
    }

    @Test
    void aServerThatAnswersAGroupOutOfStepIsServedOneCommandAtATime() throws SmtpException {
        try (var server = data().on(When.at(Step.DATA).nth(1).connection(1), Action.reply("250 Sure"))
                .start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Failure failure = assertInstanceOf(Failure.class, link.send(MAIL, Deadline.NEVER));
            assertEquals(Delivery.NOT_SENT, failure.delivery());
            assertTrue(link.lostBeforeContent());
            assertFalse(link.reusable());
            link.close();
            SmtpTransport next = factory.open(Sessions.to(server), Deadline.NEVER);
            long before = server.flights();
            assertInstanceOf(Receipt.class, next.send(MAIL, Deadline.NEVER));
            assertEquals(4, server.flights() - before);
            next.close();
        }
    }

    @Test
    void aServerThatSwallowsGroupsIsServedOneCommandAtATime() throws SmtpException {
        try (var server = data().on(When.at(Step.RCPT).connection(1), Action.silence()).start()) {
            SmtpSettings settings = Sessions.impatient(server, Duration.ofMillis(300));
            SmtpTransport link = factory.open(settings, Deadline.NEVER);
            assertEquals(Delivery.NOT_SENT, link.send(MAIL, Deadline.NEVER).delivery());
            link.close();
            SmtpTransport next = factory.open(settings, Deadline.NEVER);
            long before = server.flights();
            assertInstanceOf(Receipt.class, next.send(MAIL, Deadline.NEVER));
            assertEquals(4, server.flights() - before);
            next.close();
        }
    }

    private enum Own { DEADLINE, INTERRUPT }

    @ParameterizedTest
    @EnumSource(Own.class)
    void ourOwnImpatienceIsNotTheServersFault(Own why) throws SmtpException {
        try (var server = data().on(When.at(Step.RCPT).connection(1), Action.silence()).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Thread sender = Thread.currentThread();
            if (why == Own.INTERRUPT) {
                new Thread(() -> {
                    server.await("RCPT", () -> server.connection(1).commands().contains("RCPT TO:<r1@x.org>"),
                            Sessions.SOON);
                    sender.interrupt();
                }).start();
            }
            Outcome outcome = link.send(MAIL,
                    why == Own.DEADLINE ? Deadline.after(Duration.ofMillis(300)) : Deadline.NEVER);
            assertEquals(Delivery.NOT_SENT, outcome.delivery());
            assertEquals(why == Own.INTERRUPT, Thread.interrupted());
            link.close();
            assertGroups(server);
        }
    }

    @Test
    void aServerThatIsSlowOverAContentStillGetsGroups() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder()
                .on(When.at(Step.BDAT).nth(2).connection(1), Action.silence()).start()) {
            SmtpTransport link = factory.open(Sessions.impatient(server, Duration.ofMillis(300)), Deadline.NEVER);
            List<Delivery> outcomes = new ArrayList<>();
            link.sendAll(Collections.nCopies(5, MAIL).iterator(),
                    (mail, outcome) -> outcomes.add(outcome.delivery()));
            assertEquals(List.of(Delivery.SENT, Delivery.IN_DOUBT), outcomes.subList(0, 2));
            link.close();
            assertGroups(server);
        }
    }

    private void assertGroups(ScriptedSmtpServer server) throws SmtpException {
        SmtpTransport next = factory.open(Sessions.to(server), Deadline.NEVER);
        long before = server.flights();
        assertInstanceOf(Receipt.class, next.send(MAIL, Deadline.NEVER));
        assertTrue(server.flights() - before <= 2, "one command at a time");
        next.close();
    }
}
