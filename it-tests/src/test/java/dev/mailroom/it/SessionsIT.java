package dev.mailroom.it;

import static dev.mailroom.it.inside.Complaints.assertComplains;
import static dev.mailroom.it.inside.Complaints.assertContent;
import static dev.mailroom.it.inside.SampleMails.letter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.AuthAttempt;
import dev.mailroom.testing.ReceivedMail;
import dev.mailroom.testing.ScriptedSmtpServer;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a session is: who holds it, how long it lives, and which connections it uses. */
@ExtendWith(ArquillianExtension.class)
final class SessionsIT {
    private static final String HOST = "127.0.0.1";
    private static final String PASSWORD = Secrets.of("jack");
    private static final int MAX_CONNECTIONS = 3;
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    private MailFacade mail;

    @Resource
    private ManagedExecutorService executor;

    @Deployment
    static WebArchive application() {
        // A connection idles for longer than a session: when the server sees it end for that, the session has expired.
        return MailApplication.warForTestsInside("sessions", Map.of(
                "mailroom.sessions.idle-timeout", "4s",
                "mailroom.pool.idle-timeout", "5s",
                "mailroom.pool.sweep-interval", "100ms",
                "mailroom.pool.max-connections", String.valueOf(MAX_CONNECTIONS)));
    }

    @Test
    void aThousandMailsInSequenceUseOneConnection() {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD).withoutContents().start()) {
            assertContent(mail, start(server));
            for (int i = 0; i < 1000; i++) {
                assertContent(mail, mail.emailSendMessage("jack", letter()));
            }
            mail.emailCloseSession("jack");
            assertEquals(1000, server.mailCount());
            assertEquals(1, server.connectionsOpened());
            assertEquals(1, server.authAttempts().size());
        }
    }

    @Test
    void aThousandMailsAtOnceUseNoMoreConnectionsThanASessionMayHave() throws Exception {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD).start()) {
            assertContent(mail, start(server));
            List<Future<List<String>>> senders = IntStream.range(0, 10).mapToObj(n -> executor.submit(() -> {
                List<String> failures = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    String subject = "pail " + n + "-" + i;
                    if (!mail.emailSendMessage("jack", letter(email -> email.setSubject(subject)))) {
                        failures.add(mail.errorInfo());
                    }
                }
                return failures;
            })).toList();
            for (Future<List<String>> sender : senders) {
                assertEquals(List.of(), sender.get(2, TimeUnit.MINUTES));
            }
            mail.emailCloseSession("jack");
            assertEquals(1000, server.mails().stream().map(SessionsIT::subject).distinct().count());
            assertEquals(1000, server.mailCount());
            assertTrue(server.mostConnectionsOpen() <= MAX_CONNECTIONS, "at once: " + server.mostConnectionsOpen());
            assertTrue(server.connectionsOpened() <= MAX_CONNECTIONS, "in all: " + server.connectionsOpened());
            assertEquals(List.of(), server.violations());
        }
    }

    private static String subject(ReceivedMail received) {
        return received.text().lines().filter(line -> line.startsWith("Subject: ")).findFirst().orElseThrow();
    }

    @Test
    void aWrongPasswordNeverRidesOnAnOpenConnection() {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD).start()) {
            assertContent(mail, start(server));
            assertContent(mail, mail.emailSendMessage("jack", letter()));
            assertEquals(1, server.connectionsOpen());

            assertComplains(mail, mail.emailStartSMTPSession("jack", Secrets.of("mallory"), HOST, server.port()),
                    "535", "jack");
            assertComplains(mail, mail.emailStartSMTPSession("jack", Secrets.of("JACK"), HOST, server.port()), "535");
            // Without a password this server opens a session, but not one that is authenticated.
            assertContent(mail, mail.emailStartSMTPSession("jack", HOST, server.port()));
            assertComplains(mail, mail.emailSendMessage("jack", letter()), "530");

            assertContent(mail, start(server));
            assertContent(mail, mail.emailSendMessage("jack", letter()));
            assertEquals(List.of(true, false, false),
                    server.authAttempts().stream().limit(3).map(AuthAttempt::accepted).toList());
            assertTrue(server.mails().stream().allMatch(received -> received.user().equals("jack")));
            closeAll();
        }
    }

    @Test
    void theSameStartAgainIsOneMoreHolderOfTheSameSession() {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD).start()) {
            assertContent(mail, start(server));
            assertContent(mail, start(server));
            mail.emailCloseSession("jack");
            assertContent(mail, mail.emailSendMessage("jack", letter()));
            assertEquals(1, server.connectionsOpened());
            mail.emailCloseSession("jack");
            assertContent(mail, !mail.errorOccurred());
            assertComplains(mail, mail.emailSendMessage("jack", letter()), "jack");
            mail.emailCloseSession("jack");
            assertComplains(mail, "jack");
        }
    }

    @Test
    void aStartElsewhereMovesTheSession() {
        try (var first = ScriptedSmtpServer.builder().user("jack", PASSWORD).start();
                var second = ScriptedSmtpServer.builder().user("jack", PASSWORD).start()) {
            assertContent(mail, start(first));
            assertContent(mail, start(second));
            assertContent(mail, mail.emailSendMessage("jack", letter()));
            assertEquals(0, first.mailCount());
            assertEquals(1, second.mailCount());
            first.awaitOpenConnections(0, SOON);
            closeAll();
        }
    }

    @Test
    void aFailedStartLeavesTheOpenSessionAlone() {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD).start()) {
            assertContent(mail, start(server));
            assertComplains(mail, mail.emailStartSMTPSession("jack", Secrets.of("mallory"), HOST, server.port()));
            assertContent(mail, mail.emailSendMessage("jack", letter()));
            mail.emailCloseSession("jack");
            assertComplains(mail, mail.emailSendMessage("jack", letter()), "jack");
        }
    }

    @Test
    void usersDoNotShareConnections() {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD).user("jill", Secrets.of("jill"))
                .start()) {
            assertContent(mail, start(server));
            assertContent(mail, mail.emailStartSMTPSession("jill", Secrets.of("jill"), HOST, server.port()));
            for (String user : List.of("jack", "jill", "jack", "jill")) {
                assertContent(mail, mail.emailSendMessage(user, letter()));
                mail.emailReset();
            }
            assertEquals(List.of("jack", "jill", "jack", "jill"),
                    server.mails().stream().map(ReceivedMail::user).toList());
            assertEquals(2, server.connectionsOpened());
            mail.emailCloseSession("jill");
            mail.emailCloseSession("jack");
        }
    }

    @Test
    void anUnusedSessionEndsByItself() {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD).start()) {
            assertContent(mail, start(server));
            assertContent(mail, mail.emailSendMessage("jack", letter()));
            server.awaitOpenConnections(0, SOON);
            assertComplains(mail, mail.emailSendMessage("jack", letter()), "jack", "expired");
            mail.emailCloseSession("jack");
            assertComplains(mail, "jack");
            assertContent(mail, start(server));
            assertContent(mail, mail.emailSendMessage("jack", letter()));
            mail.emailCloseSession("jack");
        }
    }

    @Test
    void aMailMayBeSentAgain() {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD).start()) {
            assertContent(mail, start(server));
            Email email = letter();
            assertContent(mail, mail.emailSendMessage("jack", email));
            String first = email.getId();
            assertContent(mail, mail.emailSendMessage("jack", email));
            assertTrue(!first.equals(email.getId()), "a second mail is another mail");
            assertEquals(2, server.mailCount());
            mail.emailCloseSession("jack");
        }
    }

    private boolean start(ScriptedSmtpServer server) {
        return mail.emailStartSMTPSession("jack", PASSWORD, HOST, server.port());
    }

    /** Gives every holder back. */
    private void closeAll() {
        do {
            mail.emailCloseSession("jack");
        } while (!mail.errorOccurred());
    }
}
