package dev.mailroom.it;

import static dev.mailroom.it.inside.Complaints.assertComplains;
import static dev.mailroom.it.inside.Complaints.assertContent;
import static dev.mailroom.it.inside.SampleMails.letter;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.facade.Email;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.ScriptedSmtpServerBuilder;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers that hang up, fall silent or refuse, at every moment. TLS has a class of its own. */
@ExtendWith(ArquillianExtension.class)
final class ServerFaultsIT {
    private static final String HOST = "127.0.0.1";
    private static final String PASSWORD = Secrets.of("jack");
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    private MailFacade mail;

    @Deployment
    static WebArchive application() {
        return MailApplication.warForTestsInside("faults", Map.of("mailroom.pool.max-wait", "5s",
                "mailroom.timeout.final-reply", "1s"));
    }

    private static ScriptedSmtpServerBuilder server() {
        return ScriptedSmtpServer.builder().user("jack", PASSWORD);
    }

    @Test
    void aServerThatHangsUpBeforeTheSessionIsOpenFailsTheStart() {
        Map<Step, Phase> phases = Map.of(Step.GREETING, Phase.GREETING, Step.EHLO, Phase.EHLO,
                Step.AUTH, Phase.AUTH, Step.CREDENTIALS, Phase.AUTH);
        assertAll(phases.entrySet().stream().flatMap(at -> Stream.of(Action.cut(), Action.reset()).map(fault -> () -> {
            try (var server = server().on(at.getKey(), fault).start()) {
                assertComplains(mail, start(server), HOST, String.valueOf(server.port()));
                assertEquals(Delivery.NOT_SENT, failure().delivery());
                // A reset at once may be taken for a refused connection; the system does not tell them apart.
                if (failure().phase() != Phase.CONNECT || at.getKey() != Step.GREETING) {
                    assertComplains(mail, at.getValue().words());
                    assertFailed(at.getValue(), Delivery.NOT_SENT);
                }
                assertEquals(1, server.connectionsOpened(), "one attempt at " + at);
                theServerRecovers(server);
            }
        })));
    }

    @Test
    void aServerThatHangsUpBeforeTheEndOfTheContentHasNotGotTheMail() {
        Map<Step, Phase> phases = Map.of(Step.MAIL, Phase.MAIL, Step.RCPT, Phase.RCPT, Step.DATA, Phase.DATA);
        assertAll(phases.entrySet().stream().flatMap(at -> Stream.of(Action.cut(), Action.reset()).map(fault -> () -> {
            // Lock-step, so that the phase is the one where the server left.
            try (var server = server().without("CHUNKING", "PIPELINING").start()) {
                assertContent(mail, start(server));
                server.on(When.at(at.getKey()), fault);
                assertComplains(mail, mail.emailSendMessage("jack", letter()), HOST, at.getValue().words());
                assertFailed(at.getValue(), Delivery.NOT_SENT);
                theServerRecovers(server);
            }
        })));
    }

    @Test
    void aServerThatHangsUpWithinAGroupOfCommandsHasNotGotTheMail() {
        assertAll(Stream.of(Step.MAIL, Step.RCPT).map(step -> () -> {
            try (var server = server().start()) {
                assertContent(mail, start(server));
                server.on(When.at(step), Action.cut());
                assertComplains(mail, mail.emailSendMessage("jack", letter()), HOST);
                theServerRecovers(server);
                assertEquals(1, server.mailCount());
            }
        }));
    }

    @Test
    void aServerThatHangsUpWithinTheContentHasNotGotTheMail() {
        try (var server = server().without("CHUNKING").start()) {
            assertContent(mail, start(server));
            server.on(When.at(Step.CONTENT), Action.reset().afterBytes(100_000));
            assertComplains(mail, mail.emailSendMessage("jack",
                    letter(email -> email.setMessage("All the king's horses.\n".repeat(600_000)))), HOST);
            assertFailed(Phase.DATA, Delivery.NOT_SENT);
            theServerRecovers(server);
        }
    }

    @Test
    void aServerThatHangsUpAfterTheFinalDotLeavesTheMailInDoubt() {
        assertAll(Stream.of(Action.cut(), Action.reset()).map(fault -> () -> {
            try (var server = server().without("CHUNKING").start()) {
                assertContent(mail, start(server));
                server.on(When.at(Step.FINAL_DOT), fault);
                assertComplains(mail, mail.emailSendMessage("jack", letter()), HOST, "may");
                assertFailed(Phase.FINAL_DOT, Delivery.IN_DOUBT);
                assertEquals(1, server.refusedMails().size(), "in doubt is never sent again");
                theServerRecovers(server);
            }
        }));
    }

    @Test
    void aServerThatHangsUpAfterTheLastChunkLeavesTheMailInDoubt() {
        try (var server = server().start()) {
            assertContent(mail, start(server));
            server.on(When.at(Step.BDAT), Action.cut());
            server.on(When.at(Step.FINAL_DOT), Action.cut());
            assertComplains(mail, mail.emailSendMessage("jack", letter()), HOST);
            assertFailed(Phase.FINAL_DOT, Delivery.IN_DOUBT);
            assertEquals(1, server.refusedMails().size(), "in doubt is never sent again");
            theServerRecovers(server);
        }
    }

    @Test
    void aPooledConnectionThatDiedIsReplacedWithoutAWord() {
        try (var server = server().without("CHUNKING").start()) {
            assertContent(mail, start(server));
            server.on(When.at(Step.MAIL).connection(1), Action.cut());
            assertContent(mail, mail.emailSendMessage("jack", letter()));
            assertEquals(1, server.mailCount());
            server.hangUp("421 4.3.2 Closing for the night");
            assertContent(mail, mail.emailSendMessage("jack", letter()));
            assertEquals(2, server.mailCount());
            assertEquals(3, server.connectionsOpened());
            mail.emailCloseSession("jack");
        }
    }

    @Test
    void aSilentServerIsLeftWithinTheSetSecondsAndOne() {
        List<Step> silent = List.of(Step.GREETING, Step.EHLO, Step.AUTH, Step.MAIL, Step.RCPT, Step.FINAL_DOT);
        assertAll(silent.stream().map(step -> () -> {
            try (var server = server().without("CHUNKING", "PIPELINING").start()) {
                assertTrue(mail.emailSetTimeOut(1));
                boolean opens = step.ordinal() >= Step.MAIL.ordinal();
                if (opens) {
                    assertContent(mail, start(server));
                }
                server.on(When.at(step), Action.silence());
                long begin = System.nanoTime();
                boolean result = opens ? mail.emailSendMessage("jack", letter()) : start(server);
                Duration taken = Duration.ofNanos(System.nanoTime() - begin);
                assertComplains(mail, result, HOST, "1 s");
                assertTrue(taken.compareTo(Duration.ofSeconds(2)) < 0, step + " took " + taken);
                assertEquals(step == Step.FINAL_DOT ? Delivery.IN_DOUBT : Delivery.NOT_SENT, failure().delivery());
                theServerRecovers(server);
            }
        }));
    }

    @Test
    void aRefusalKeepsTheConnectionAndIsToldWithTheServersWords() {
        Map<Step, String> refusals = Map.of(Step.MAIL, "550 5.7.1 Not from you", Step.RCPT, "550 5.1.1 No Jill here",
                Step.DATA, "554 5.6.0 No data today", Step.FINAL_DOT, "552 5.3.4 Too much water");
        assertAll(refusals.entrySet().stream().map(refusal -> () -> {
            try (var server = server().without("CHUNKING").reply(refusal.getKey(), refusal.getValue()).start()) {
                assertContent(mail, start(server));
                assertComplains(mail, mail.emailSendMessage("jack", letter()),
                        refusal.getValue().substring(0, 9), refusal.getValue().substring(10));
                assertEquals(Delivery.REJECTED, failure().delivery());
                server.behave();
                assertContent(mail, mail.emailSendMessage("jack", letter()));
                assertEquals(1, server.connectionsOpened());
                mail.emailCloseSession("jack");
            }
        }));
    }

    @Test
    void aServerThatIsClosingIsLeft() {
        assertAll(Stream.of(Step.MAIL, Step.RCPT, Step.DATA, Step.FINAL_DOT).map(step -> () -> {
            try (var server = server().without("CHUNKING").start()) {
                assertContent(mail, start(server));
                server.on(When.at(step), Action.reply("421 4.3.2 Closing").then(Action.cut()));
                assertComplains(mail, mail.emailSendMessage("jack", letter()), "421");
                theServerRecovers(server);
            }
        }));
    }

    @Test
    void manyMailsReachAServerThatTakesTenOnAConnection() {
        assertAll(Stream.of("STARTTLS", "CHUNKING", "PIPELINING").map(without -> () -> {
            try (var server = server().without(without).on(When.at(Step.MAIL).and(step -> step.nth() > 10),
                    Action.reply("421 4.7.0 Ten are enough")).start()) {
                assertContent(mail, start(server));
                List<Email> emails = IntStream.range(0, 95)
                        .mapToObj(n -> letter(email -> email.setSubject("pail " + n))).toList();
                assertContent(mail, mail.sendAll("jack", emails));
                List<String> arrived = server.mails().stream()
                        .map(got -> got.text().replaceAll("(?s).*Subject: (pail \\d+)\r\n.*", "$1")).toList();
                assertEquals(emails.stream().map(Email::getSubject).toList(), arrived);
                assertEquals(10, server.connectionsOpened());
                mail.emailCloseSession("jack");
            }
        }));
    }

    @Test
    void aServerThatTalksNonsenseIsLeft() {
        List<String> nonsense = List.of("Hello?\r\n", "99 red balloons\r\n", "\0\0\0\r\n", "354 Go on\r\n");
        assertAll(nonsense.stream().flatMap(said -> Stream.of(Step.GREETING, Step.EHLO).map(step -> () -> {
            try (var server = server().on(step, Action.raw(said).then(Action.cut())).start()) {
                assertComplains(mail, start(server), HOST, String.valueOf(server.port()));
                theServerRecovers(server);
            }
        })));
    }

    @Test
    void aRefusedLoginIsTriedOnceAndToldWithoutThePassword() {
        try (var server = server().start()) {
            assertComplains(mail, mail.emailStartSMTPSession("jack", Secrets.of("mallory"), HOST, server.port()),
                    "jack", "535", HOST);
            assertFailed(Phase.AUTH, Delivery.NOT_SENT);
            assertEquals(1, server.authAttempts().size());
            assertEquals(1, server.connectionsOpened());
            theServerRecovers(server);
        }
    }

    @Test
    void aServerWithoutAuthenticationIsUsedWithoutIt() {
        try (var server = ScriptedSmtpServer.builder().start()) {
            assertContent(mail, start(server));
            assertContent(mail, mail.emailSendMessage("jack", letter()));
            mail.emailCloseSession("jack");
            assertEquals("", server.mails().get(0).user());
        }
    }

    private boolean start(ScriptedSmtpServer server) {
        return mail.emailStartSMTPSession("jack", PASSWORD, HOST, server.port());
    }

    private Failure failure() {
        return mail.lastError().orElseThrow().failure().orElseThrow();
    }

    private void assertFailed(Phase phase, Delivery delivery) {
        assertEquals(phase, failure().phase());
        assertEquals(delivery, failure().delivery());
    }

    /** Nothing of the failed connections is left in the pool, and the session works again. */
    private void theServerRecovers(ScriptedSmtpServer server) {
        server.awaitOpenConnections(0, SOON);
        server.behave();
        long mails = server.mailCount();
        assertContent(mail, start(server));
        assertContent(mail, mail.emailSendMessage("jack", letter()));
        assertEquals(mails + 1, server.mailCount());
        mail.emailCloseSession("jack");
        assertFalse(mail.errorOccurred());
    }
}
