package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SessionNames;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.watch.MailCounts;
import jakarta.resource.ResourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server takes connections away from handles between two methods, and gives others when they are used. */
class LazyAssociationTest {
    private static final SmtpSettings BOB =
            SmtpSettings.of("bob", "mx.example.org", 587).withSecret(Secret.password("right"));
    private static final SmtpSettings EVE = SmtpSettings.of("eve", "mx.example.org", 587);
    private static final Mail MAIL = new Mail(
            Envelope.of("bob@example.org", List.of("ann@example.org")), MailData.of(new byte[] {'x'}));

    private final FakeTransports transports = new FakeTransports();
    private final SmtpManagedConnectionFactory managed = new SmtpManagedConnectionFactory(transports);
    private final FakeServer server = new FakeServer();
    private final MailCounts counts = new MailCounts();
    private final ConnectionFactory factory =
            (ConnectionFactory) ((ConnectionFactory) managed.createConnectionFactory(server))
                    .telling(counts, SessionNames.NONE);

    @Test
    void manyKeptHandlesShareOneConnectionOneAfterAnother() throws Exception {
        List<SmtpConnection> kept = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            kept.add(factory.getConnection(BOB));
            server.endOfMethod();
        }
        for (SmtpConnection handle : kept) {
            handle.send(MAIL);
            server.endOfMethod();
        }
        assertEquals(1, transports.opened.size());
        assertEquals(3, transports.opened.get(0).sent.size());
        assertEquals(3, counts.messages(BOB.session()));
    }

    @Test
    void aKeptHandleNeverLandsOnAnothersConnection() throws Exception {
        SmtpConnection bob = factory.getConnection(BOB);
        server.endOfMethod();
        server.flush();
        SmtpConnection eve = factory.getConnection(EVE);
        SmtpManagedConnection eves = server.lent.get(0);
        assertThrows(ResourceException.class, () -> eves.associateConnection(bob));
        assertEquals(List.of(), server.lent, "a server that matches wrongly gets its place back");
        bob.send(MAIL);
        assertEquals("bob", transports.opened.get(2).settings.user());
        assertEquals(1, transports.opened.get(2).sent.size());
        eve.close();
    }

    @Test
    void aConnectionThatWasTakenAwayServesTheNextWithHisTimeouts() throws Exception {
        SmtpConnection patient = factory.getConnection(
                BOB.withTimeouts(TimeoutSettings.DEFAULTS.withReply(Duration.ofSeconds(7))));
        server.endOfMethod();
        factory.getConnection(BOB).close();
        patient.send(MAIL);
        assertEquals(Duration.ofSeconds(7), transports.opened.get(0).timeouts.reply());
    }

    @Test
    void theWaitForAnotherConnectionAndTheSendShareOneDeadline() throws Exception {
        SmtpConnection handle = factory.getConnection(BOB);
        server.endOfMethod();
        long before = Deadline.after(BOB.timeouts().send()).nanos();
        handle.send(MAIL);
        assertTrue(transports.opened.get(0).deadlines.get(0).nanos() >= before, "not that of the first request");
    }

    @Test
    void aConnectionThatDiedWhileItWasTakenAwayIsReplacedSilently() throws Exception {
        SmtpConnection handle = factory.getConnection(BOB);
        server.endOfMethod();
        SmtpManagedConnection same = server.free.iterator().next();
        transports.opened.get(0).lost = true;
        same.associateConnection(handle);
        assertEquals(250, handle.send(MAIL).reply().code());
        assertEquals(2, transports.opened.size());
    }

    @Test
    void aHandleThatGetsNoOtherConnectionSaysWhy() throws Exception {
        SmtpConnection handle = factory.getConnection(BOB);
        server.endOfMethod();
        server.flush();
        for (int n = 0; n < 2; n++) {
            transports.refusals.add(new SmtpException(
                    FakeTransports.failure(Phase.CONNECT, SmtpReply.NONE, false)));
        }
        assertEquals(Phase.CONNECT, assertThrows(SmtpException.class, () -> handle.send(MAIL)).failure().phase());
        List<Outcome> outcomes = new ArrayList<>();
        handle.sendAll(List.of(MAIL, MAIL).iterator(), (mail, outcome) -> outcomes.add(outcome));
        assertEquals(1, outcomes.size(), "the second mail was not taken");
        assertEquals(Phase.CONNECT, assertInstanceOf(Failure.class, outcomes.get(0)).phase());
        assertEquals(2, counts.failures(BOB.session()).get(Phase.CONNECT));
        handle.send(MAIL);
    }

    @Test
    void aHandleClosedWithoutAConnectionTellsTheServerOnceAndStaysClosed() throws Exception {
        SmtpConnection handle = factory.getConnection(BOB);
        server.endOfMethod();
        handle.close();
        handle.close();
        assertEquals(List.of(handle), server.closedInactive);
        assertThrows(IllegalStateException.class, () -> handle.send(MAIL));
        assertEquals(1, server.free.size(), "the connection is the pool's already");
    }

    @Test
    void aManagerThatTakesAwayButCannotGiveIsNamed() throws Exception {
        SmtpManagedConnection connection = (SmtpManagedConnection) managed.createManagedConnection(
                null, new SmtpConnectionRequestInfo(BOB));
        SmtpConnection handle = (SmtpConnection) connection.getConnection(null, new SmtpConnectionRequestInfo(BOB));
        connection.dissociateConnections();
        String message = assertThrows(IllegalStateException.class, () -> handle.send(MAIL)).getMessage();
        assertTrue(message.contains("another connection"), message);
        handle.close();
    }
}
