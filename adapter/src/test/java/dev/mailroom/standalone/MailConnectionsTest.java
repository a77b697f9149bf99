package dev.mailroom.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class MailConnectionsTest {
    private static final Mail MAIL = new Mail(Envelope.of("jack@example.org", List.of("jill@example.org")),
            MailData.of("Subject: hill\r\n\r\nUp the hill.\r\n".getBytes(US_ASCII)));

    private static SmtpSettings jack(ScriptedSmtpServer server) {
        return SmtpSettings.of("jack", "127.0.0.1", server.port()).withSecret(Secret.password("pail"));
    }

    private static void send(MailConnections connections, SmtpSettings settings) throws SmtpException {
        try (SmtpConnection connection = connections.sending().getConnection(settings)) {
            connection.send(MAIL);
        }
    }

    @Test
    void mailsOfAProgramShareAConnection() throws Exception {
        try (var server = ScriptedSmtpServer.builder().user("jack", "pail").start();
                MailConnections connections = MailConnections.open()) {
            send(connections, jack(server));
            send(connections, jack(server));
            assertEquals(2, server.mailCount());
            assertEquals(1, server.connectionsOpen());
            assertEquals(2, connections.pool().total().counts().messages());
        }
    }

    @Test
    void aProgramsOwnAnchorsAreTrusted() throws Exception {
        TestCertificates certificates = TestCertificates.get();
        try (var server = ScriptedSmtpServer.builder().user("jack", "pail").startTls(certificates.good()).start();
                MailConnections trusting = MailConnections.builder()
                        .trust(certificates.trustStore(), certificates.password()).open();
                MailConnections others = MailConnections.open()) {
            SmtpSettings settings = jack(server).withTls(TlsMode.STARTTLS);
            send(trusting, settings);
            assertEquals(1, server.mailCount());
            assertEquals(Phase.TLS,
                    assertThrows(SmtpException.class, () -> send(others, settings)).failure().phase());
        }
    }

    @Test
    void aListenerHearsOfFailures() throws IOException {
        List<SmtpEvent> events = new CopyOnWriteArrayList<>();
        try (var server = ScriptedSmtpServer.builder().user("jack", "other").start();
                MailConnections connections = MailConnections.builder().listener(events::add).open()) {
            assertThrows(SmtpException.class, () -> send(connections, jack(server)));
            assertTrue(events.stream().anyMatch(SmtpEvent.RequestFailed.class::isInstance), events.toString());
        }
    }

    @Test
    void closingEndsConnections() throws Exception {
        try (var server = ScriptedSmtpServer.builder().user("jack", "pail").start()) {
            MailConnections connections = MailConnections.open();
            send(connections, jack(server));
            connections.close();
            connections.close();
            server.await("no connection", () -> server.connectionsOpen() == 0, Duration.ofMinutes(1));
            assertThrows(SmtpException.class, () -> send(connections, jack(server)));
        }
    }

    @Test
    void aTrustStoreThatCannotBeReadIsNamed() {
        var e = assertThrows(IllegalArgumentException.class,
                () -> MailConnections.builder().trust(Path.of("missing.p12"), "x").open());
        assertTrue(e.getMessage().contains("missing.p12"), e.getMessage());
    }
}
