package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Secret;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpSettings;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.LogCapture;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.Listeners;
import dev.mailroom.watch.MailCounts;
import dev.mailroom.watch.MailroomLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session whose password could not be used works, and everybody who asks can know. */
class UnauthenticatedTest {
    private static final Mail MAIL = new Mail(Envelope.of("ann@x.org", List.of("carl@x.org")),
            MailData.of("Subject: x\r\n\r\n".getBytes()));
    private final List<SessionKey> told = new CopyOnWriteArrayList<>();
    private final MailCounts counts = new MailCounts();
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, new Listeners(List.of(counts,
            new MailroomLog(System::nanoTime), event -> {
                if (event instanceof SmtpEvent.LoginOmitted) {
                    told.add(event.session());
                }
            })));
    private final SmtpPool view = manager.view(counts);

    @AfterEach
    void end() {
        manager.close();
        transports.close();
    }

    private SmtpConnection connection(ScriptedSmtpServer server, Secret secret) throws SmtpException {
        return manager.connections().getConnection(
                SmtpSettings.of("bob", "127.0.0.1", server.port()).withSecret(secret));
    }

    @Test
    void oneWarningTheRowAndEachRefusalSayThatThereIsNoLogin() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().user("bob", "hunter-two").mechanisms("GSSAPI").start();
                LogCapture log = LogCapture.of("dev.mailroom.pool")) {
            for (int i = 0; i < 3; i++) {
                try (SmtpConnection connection = connection(server, Secret.password("hunter-two"))) {
                    String message = assertThrows(SmtpException.class, () -> connection.send(MAIL)).getMessage();
                    assertTrue(message.contains("530") && message.contains("authenticated: no"), message);
                }
            }
            assertEquals(1, told.size(), "once a connection");
            assertFalse(view.sessions().get(0).authenticated());
            assertEquals(1, log.lines().stream().filter(line -> line.contains("MR0306")).count(), log.toString());
        }
    }

    @Test
    void aRefusalForTheTimeBeingSaysSoToo() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().user("bob", "hunter-two").mechanisms("GSSAPI").authOptional()
                .reply(Step.RCPT, "451 4.7.1 Greylisted").start();
                SmtpConnection connection = connection(server, Secret.password("hunter-two"))) {
            String message = assertThrows(SmtpException.class, () -> connection.send(MAIL)).getMessage();
            assertTrue(message.contains("authenticated: no"), message);
        }
    }

    @Test
    void oncePossibleALoginIsSeenInTheRow() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().user("bob", "hunter-two").authOptional()
                .on(When.at(Step.EHLO).connection(1), Action.reply("250-x", "250 AUTH GSSAPI")).start()) {
            connection(server, Secret.password("hunter-two")).close();
            assertFalse(view.sessions().get(0).authenticated());
            manager.pool().flush();
            connection(server, Secret.password("hunter-two")).close();
            assertTrue(view.sessions().get(0).authenticated());
        }
    }

    @Test
    void aLoginAndASessionWithoutSecretAreNoneOfIt() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().user("bob", "hunter-two").authOptional()
                .reply(Step.MAIL, "550 5.7.1 No").start()) {
            for (Secret secret : List.of(Secret.password("hunter-two"), Secret.none())) {
                try (SmtpConnection connection = connection(server, secret)) {
                    String message = assertThrows(SmtpException.class, () -> connection.send(MAIL)).getMessage();
                    assertFalse(message.contains("authenticated"), message);
                }
            }
            assertEquals(List.of(), told);
            assertEquals(1, view.sessions().stream().filter(row -> row.authenticated()).count());
        }
    }
}
