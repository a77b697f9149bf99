package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.ConnectionLimits;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.pool.DiscardReason;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.ScriptedSmtpServerBuilder;
import dev.mailroom.testing.Step;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.NoListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session that lets a connection carry ten mails, however they are given to it. */
@Timeout(180)
class MaxUsesTest {
    private static final ConnectionLimits TEN_MAILS =
            new ConnectionLimits(4, 0, Duration.ZERO, Duration.ZERO, 10, Duration.ZERO);

    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, NoListener.INSTANCE);
    private final SmtpConnectionFactory factory = manager.connections();
    private ScriptedSmtpServer server;

    @AfterEach
    void end() {
        manager.close();
        transports.close();
        server.close();
    }

    private void serve(ScriptedSmtpServerBuilder builder) {
        server = builder.start();
    }

    private SmtpSettings settings() {
        return SmtpSettings.of("bob", "127.0.0.1", server.port()).withLimits(TEN_MAILS);
    }

    private SmtpConnection connection() throws SmtpException {
        return factory.getConnection(settings());
    }

    private void sendOneByOne(int count) throws SmtpException {
        for (int i = 0; i < count; i++) {
            try (SmtpConnection connection = connection()) {
                connection.send(mail(i));
            }
        }
    }

    private static List<Outcome> sendAll(SmtpConnection connection, Iterator<Mail> mails) {
        List<Outcome> outcomes = new ArrayList<>();
        connection.sendAll(mails, (mail, outcome) -> outcomes.add(outcome));
        return outcomes;
    }

    private static Iterator<Mail> mails(int count) {
        return IntStream.range(0, count).mapToObj(MaxUsesTest::mail).iterator();
    }

    private static Mail mail(int number) {
        return new Mail(Envelope.of("ann@x.org", List.of("r" + number + "@x.org")),
                MailData.of(("Subject: " + number + "\r\n\r\n").getBytes()));
    }

    /** How many mails the server was given on each connection, in the order in which these were opened. */
    private List<Long> mailsByConnection() {
        return IntStream.rangeClosed(1, server.connectionsOpened()).mapToObj(number -> server.connection(number)
                .commands().stream().filter(command -> command.startsWith("MAIL ")).count()).toList();
    }

    @Test
    void aConnectionIsClosedAsSoonAsItHasCarriedSoManyMails() throws SmtpException {
        serve(ScriptedSmtpServer.builder());
        sendOneByOne(20);
        server.awaitOpenConnections(0, Duration.ofSeconds(30));
        assertEquals(List.of(10L, 10L), mailsByConnection());
        assertEquals(2, manager.pool().total().activity().discarded().get(DiscardReason.MAX_USES));
    }

    @Test
    void aLeaseWithoutMailIsNoUse() throws SmtpException {
        serve(ScriptedSmtpServer.builder());
        for (int i = 0; i < 11; i++) {
            connection().close();
        }
        sendOneByOne(10);
        assertEquals(List.of(10L), mailsByConnection());
    }

    @Test
    void oneLeaseGoesOnOverAnotherConnection() throws SmtpException {
        serve(ScriptedSmtpServer.builder());
        try (SmtpConnection connection = connection()) {
            for (int i = 0; i < 25; i++) {
                connection.send(mail(i));
            }
        }
        assertEquals(List.of(10L, 10L, 5L), mailsByConnection());
    }

    @Test
    void aStreamGoesOnOverAnotherConnection() throws SmtpException {
        serve(ScriptedSmtpServer.builder());
        sendOneByOne(4);
        try (SmtpConnection connection = connection()) {
            List<Outcome> outcomes = sendAll(connection, mails(20));
            assertEquals(20, outcomes.stream().filter(Receipt.class::isInstance).count(), outcomes.toString());
        }
        sendOneByOne(6);
        assertEquals(List.of(10L, 10L, 10L), mailsByConnection());
    }

    @Test
    void refusedMailsAreCountedToo() throws SmtpException {
        serve(ScriptedSmtpServer.builder().reply(Step.RCPT, "550 5.1.1 Unknown"));
        try (SmtpConnection connection = connection()) {
            assertEquals(25, sendAll(connection, mails(25)).size());
        }
        assertEquals(List.of(10L, 10L, 5L), mailsByConnection());
    }

    @Test
    void noConnectionIsOpenedForTheEndOfAStream() throws SmtpException {
        serve(ScriptedSmtpServer.builder());
        try (SmtpConnection connection = connection()) {
            assertEquals(10, sendAll(connection, mails(10)).size());
        }
        assertEquals(List.of(10L), mailsByConnection());
    }

    @Test
    void whereTheNextConnectionCannotBeOpenedOneMailSaysSoAndNoneIsLost() throws SmtpException {
        serve(ScriptedSmtpServer.builder().script(occasion -> occasion.step() == Step.GREETING
                && occasion.connection() > 1 ? Optional.of(Action.reply("421 4.3.2 Closed")) : Optional.empty()));
        Iterator<Mail> mails = mails(15);
        try (SmtpConnection connection = connection()) {
            List<Outcome> outcomes = sendAll(connection, mails);
            assertEquals(11, outcomes.size());
            assertEquals(FailureScope.SERVER, assertInstanceOf(Failure.class, outcomes.get(10)).scope());
        }
        assertTrue(mails.hasNext(), "the others were not taken");
        assertEquals(0, manager.pool().total().open());
    }
}
