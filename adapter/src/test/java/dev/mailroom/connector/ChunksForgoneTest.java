package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Receipt;
import dev.mailroom.Secret;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.NoListener;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that offer CHUNKING and do not know BDAT get DATA, the first mail too. */
@Timeout(180)
class ChunksForgoneTest {
    private static final Mail MAIL = new Mail(Envelope.of("ann@x.org", List.of("carl@x.org")),
            MailData.of("Subject: x\r\n\r\n".getBytes()));
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, NoListener.INSTANCE);

    @AfterEach
    void end() {
        manager.close();
        transports.close();
    }

    private SmtpConnection connection(ScriptedSmtpServer server, Duration reply) throws SmtpException {
        return manager.connections().getConnection(SmtpSettings.of("bob", "127.0.0.1", server.port())
                .withTimeouts(new TimeoutSettings(reply, reply, reply, Duration.ZERO)
                        .withFinalReply(reply)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 5.5.2 What?", "501 5.5.4 What?", "502 What?", "503 5.5.1 Need DATA",
        "504 5.5.4 Not implemented", "550 5.5.1 Unknown command", "554 5.5.1 No valid command",
        "554 Transaction failed", "521 Go away", "555 5.5.4 What?"})
    void aMailWhoseBdatIsNotUnderstoodGoesByData(String reply) throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().reply(Step.BDAT, reply).start()) {
            try (SmtpConnection connection = connection(server, Duration.ofSeconds(10))) {
                connection.send(MAIL);
                connection.send(MAIL);
            }
            assertEquals(2, server.mailCount());
            assertEquals(2, server.connectionsOpened());
        }
        try (var server = ScriptedSmtpServer.builder().reply(Step.BDAT, reply).start();
                SmtpConnection connection = connection(server, Duration.ofSeconds(10))) {
            connection.sendAll(Collections.nCopies(20, MAIL).iterator(),
                    (mail, outcome) -> assertInstanceOf(Receipt.class, outcome, outcome.toString()));
            assertEquals(20, server.mailCount());
            assertEquals(2, server.connectionsOpened());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 4.7.0 Closing", "421 Closing", "521 5.3.2 Go away",
        "521 5.3.2 Go away, and it stays open"})
    void aServerThatEndsEachConnectionAtBdatGetsDataTheSecondTime(String reply) throws SmtpException {
        Action refuses = reply.contains("stays") ? Action.reply(reply) : Action.reply(reply).then(Action.cut());
        try (var server = ScriptedSmtpServer.builder().on(Step.BDAT, refuses).start()) {
            try (SmtpConnection connection = connection(server, Duration.ofSeconds(10))) {
                Failure failure = assertThrows(SmtpException.class, () -> connection.send(MAIL)).failure();
                assertEquals(Delivery.REJECTED, failure.delivery());
            }
            if (!reply.contains("stays")) {
                // Or the next mail might get the connection before its end can be seen.
                server.awaitOpenConnections(0, Duration.ofMinutes(1));
            }
            for (int mail = 0; mail < 3; mail++) {
                try (SmtpConnection connection = connection(server, Duration.ofSeconds(10))) {
                    connection.send(MAIL);
                }
            }
            assertEquals(3, server.mailCount());
            assertEquals(reply.contains("stays") ? 2 : 3, server.connectionsOpened());
        }
    }

    @Test
    void aServerThatHasTakenAChunkMayEndConnectionsAtOthers() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().script(at -> at.step() == Step.BDAT && at.connection() > 1
                && at.nth() == 1 ? Optional.of(Action.reply("421 4.7.0 Closing").then(Action.cut()))
                : Optional.empty()).start()) {
            try (SmtpConnection connection = connection(server, Duration.ofSeconds(10))) {
                connection.send(MAIL);
            }
            manager.pool().flush();
            for (int mail = 0; mail < 3; mail++) {
                try (SmtpConnection connection = connection(server, Duration.ofSeconds(10))) {
                    assertThrows(SmtpException.class, () -> connection.send(MAIL));
                }
            }
            for (int at = 2; at <= 4; at++) {
                assertTrue(server.connection(at).commands().stream().anyMatch(line -> line.startsWith("BDAT")));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"550 5.7.1 Spam", "554 5.7.1 Spam", "552 5.3.4 Too large"})
    void aRefusalOfTheContentIsOne(String reply) throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().reply(Step.BDAT, reply).start();
                SmtpConnection connection = connection(server, Duration.ofSeconds(10))) {
            Failure failure = assertThrows(SmtpException.class, () -> connection.send(MAIL)).failure();
            assertEquals(Delivery.REJECTED, failure.delivery());
            assertEquals(1, server.connectionsOpened());
        }
    }

    @Test
    void aServerThatHasTakenAChunkMeansWhatItSays() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder()
                .on(When.at(Step.BDAT).nth(2), Action.reply("554 Transaction failed")).start();
                SmtpConnection connection = connection(server, Duration.ofSeconds(10))) {
            connection.send(MAIL);
            assertEquals(Delivery.REJECTED,
                    assertThrows(SmtpException.class, () -> connection.send(MAIL)).failure().delivery());
            connection.send(MAIL);
            assertEquals(3, server.connection(1).commands().stream().filter(line -> line.startsWith("BDAT")).count());
        }
    }

    @Test
    void aServerThatSaysNothingToBdatGetsDataNextTime() throws SmtpException {
        for (Action action : List.of(Action.silence(), Action.cut())) {
            try (var server = ScriptedSmtpServer.builder().on(Step.BDAT, action).start()) {
                try (SmtpConnection connection = connection(server, Duration.ofMillis(400))) {
                    assertEquals(Delivery.IN_DOUBT,
                            assertThrows(SmtpException.class, () -> connection.send(MAIL)).failure().delivery());
                }
                try (SmtpConnection connection = connection(server, Duration.ofSeconds(10))) {
                    connection.send(MAIL);
                }
                assertEquals(1, server.mailCount());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"250 Ok", "200 Fine", "220 Go on", "251 Forwarded", "299 Queued"})
    void theFirstDigitAcceptsAMail(String reply) throws SmtpException {
        for (String offer : List.of("PIPELINING", "CHUNKING")) {
            try (var server = ScriptedSmtpServer.builder().keywords(offer).reply(Step.FINAL_DOT, reply)
                    .reply(Step.BDAT, reply).start();
                    SmtpConnection connection = connection(server, Duration.ofSeconds(10))) {
                assertEquals(Integer.parseInt(reply.substring(0, 3)), connection.send(MAIL).reply().code());
            }
        }
    }

    @Test
    void theFirstDigitOfOtherRepliesDecidesToo() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().user("bob", "hunter-two").keywords("PIPELINING")
                .on(Step.CREDENTIALS, Action.reply("250 2.7.0 Welcome").countsAs(235))
                .on(Step.DATA, Action.reply("350 Go on").countsAs(354)).reply(Step.NOOP, "200 Fine").start()) {
            SmtpSettings settings = SmtpSettings.of("bob", "127.0.0.1", server.port())
                    .withSecret(Secret.password("hunter-two"));
            for (int i = 0; i < 2; i++) {
                try (SmtpConnection connection = manager.connections().getConnection(settings)) {
                    connection.sendAll(List.of(MAIL).iterator(),
                            (mail, outcome) -> assertInstanceOf(Receipt.class, outcome, outcome.toString()));
                }
            }
            assertEquals(1, server.connectionsOpened(), "the second stream asked with NOOP");
        }
    }

    @Test
    void aMailRefusedForItsSizeIsNotTheSendersFault() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().reply(Step.MAIL, "552 5.3.4 Too large").start();
                SmtpConnection connection = connection(server, Duration.ofSeconds(10))) {
            Failure failure = assertThrows(SmtpException.class, () -> connection.send(MAIL)).failure();
            assertTrue(failure.message().contains("the mail of 14 octets as larger"), failure.message());
        }
    }
}
