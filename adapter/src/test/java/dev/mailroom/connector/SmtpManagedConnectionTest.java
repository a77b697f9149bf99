package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Delivery;
import dev.mailroom.DialogueSettings;
import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.Secret;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.CommException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.EISSystemException;
import jakarta.resource.spi.RetryableUnavailableException;
import jakarta.resource.spi.SecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SmtpManagedConnectionTest {
    private static final SmtpSettings BOB =
            SmtpSettings.of("bob", "mx.example.org", 587).withSecret(Secret.password("right"));
    private static final Mail MAIL = new Mail(
            Envelope.of("bob@example.org", List.of("ann@example.org")), MailData.of(new byte[] {'x'}));

    private final FakeTransports transports = new FakeTransports();
    private final SmtpManagedConnectionFactory factory = new SmtpManagedConnectionFactory(transports);
    private final List<String> events = new ArrayList<>();

    @Test
    void aConnectionServesExactlyTheIdentityItWasOpenedFor() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        Set<SmtpManagedConnection> pooled = Set.of(connection);
        assertSame(connection, factory.matchManagedConnections(pooled, null, info(BOB)));
        List<SmtpSettings> others = Stream.of(
                SmtpSettings.of("eve", "mx.example.org", 587).withSecret(Secret.password("right")),
                BOB.withSecret(Secret.password("wrong")),
                BOB.withSecret(Secret.none()),
                BOB.withSecret(Secret.accessToken("right")),
                SmtpSettings.of("bob", "mx2.example.org", 587).withSecret(Secret.password("right")),
                SmtpSettings.of("bob", "mx.example.org", 25).withSecret(Secret.password("right")),
                BOB.withTls(TlsMode.STARTTLS),
                BOB.withTrust(TrustMode.OWN),
                BOB.withDialogue(new DialogueSettings(true, true, false)),
                BOB.withDialogue(new DialogueSettings(true, false, true))).toList();
        for (SmtpSettings other : others) {
            assertNull(factory.matchManagedConnections(pooled, null, info(other)), other.toString());
            assertNotEquals(BOB.session(), other.session(), "sessions and connections mean the same: " + other);
            assertThrows(ResourceException.class, () -> connection.getConnection(null, info(other)), other.toString());
        }
    }

    @Test
    void timeoutsAndTheSpellingOfTheHostAreNotIdentity() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        SmtpSettings patient = SmtpSettings.of("bob", "MX.example.ORG", 587).withSecret(Secret.password("right"))
                .withTimeouts(TimeoutSettings.DEFAULTS.withReply(Duration.ofSeconds(7)));
        assertSame(connection, factory.matchManagedConnections(Set.of(connection), null, info(patient)));
        connection.getConnection(null, info(patient));
        assertEquals(Duration.ofSeconds(7), transports.opened.get(0).timeouts.reply());
    }

    @Test
    void matchingNeverTakesMerelyTheFirst() throws Exception {
        SmtpManagedConnection eve = open(SmtpSettings.of("eve", "mx.example.org", 587));
        SmtpManagedConnection bob = open(BOB);
        Set<SmtpManagedConnection> candidates = new LinkedHashSet<>(List.of(eve, bob));
        assertSame(bob, factory.matchManagedConnections(candidates, null, info(BOB)));
    }

    @Test
    void aConnectionThatTheServerHungUpOnMatchesNobody() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        transports.opened.get(0).lost = true;
        assertNull(factory.matchManagedConnections(Set.of(connection), null, info(BOB)));
    }

    @Test
    void aManagerThatMatchesWronglyGetsItsPlaceBack() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        assertThrows(ResourceException.class,
                () -> connection.getConnection(null, info(BOB.withSecret(Secret.password("wrong")))));
        assertEquals(List.of("error"), events);
    }

    @Test
    void closingAHandleGivesBackOnceAndEndsIt() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        SmtpConnection handle = handle(connection);
        handle.send(MAIL);
        handle.close();
        handle.close();
        assertEquals(List.of("closed"), events);
        String message = assertThrows(IllegalStateException.class, () -> handle.send(MAIL)).getMessage();
        assertTrue(message.contains("closed"), message);
    }

    @Test
    void cleanupEndsTheHandleSoThatALateCallReachesNobodyElsesConnection() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        SmtpConnection late = handle(connection);
        connection.cleanup();
        handle(connection);
        assertThrows(IllegalStateException.class, () -> late.send(MAIL));
        late.close();
        assertEquals(List.of(), events);
    }

    @Test
    void aBrokenConnectionTellsOnceAndIsNeverGivenBack() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        SmtpConnection handle = handle(connection);
        transports.opened.get(0).broken = true;
        assertThrows(SmtpException.class, () -> handle.send(MAIL));
        assertThrows(SmtpException.class, () -> handle.send(MAIL));
        handle.close();
        assertEquals(List.of("error"), events);
        assertThrows(ResourceException.class, connection::cleanup);
    }

    @Test
    void aReusedConnectionThatWasHungUpIsReplacedSilently() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        SmtpConnection first = handle(connection);
        first.send(MAIL);
        first.close();
        transports.opened.get(0).lost = true;
        try (SmtpConnection second = handle(connection)) {
            assertEquals(250, second.send(MAIL).reply().code());
        }
        assertEquals(2, transports.opened.size());
        assertTrue(transports.opened.get(0).closed);
        assertEquals(List.of("closed", "closed"), events);
    }

    @Test
    void aConnectionThatWaitedInThePoolForItsFirstMailIsReplacedSilentlyToo() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        handle(connection).close();
        connection.cleanup();
        transports.opened.get(0).lost = true;
        try (SmtpConnection first = handle(connection)) {
            assertEquals(250, first.send(MAIL).reply().code());
        }
        assertEquals(2, transports.opened.size());
    }

    @Test
    void aFreshConnectionThatIsLostIsAFailureAtOnce() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        SmtpConnection handle = handle(connection);
        transports.opened.get(0).lost = true;
        assertThrows(SmtpException.class, () -> handle.send(MAIL));
        assertEquals(1, transports.opened.size());
        assertEquals(List.of("error"), events);
    }

    @Test
    void aReplacementThatCannotBeOpenedIsTheFailureTheCallerSees() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        SmtpConnection handle = handle(connection);
        handle.send(MAIL);
        transports.opened.get(0).lost = true;
        transports.refusals.add(new SmtpException(
                FakeTransports.failure(Phase.CONNECT, SmtpReply.NONE, false)));
        SmtpException e = assertThrows(SmtpException.class, () -> handle.send(MAIL));
        assertEquals(Phase.CONNECT, e.failure().phase());
        assertEquals(List.of("error"), events);
    }

    @Test
    void aConnectionDestroyedWhileItIsOpenedAgainLeavesNothingOpen() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        SmtpConnection handle = handle(connection);
        handle.send(MAIL);
        transports.opened.get(0).lost = true;
        transports.meanwhile = connection::destroy;
        SmtpException e = assertThrows(SmtpException.class, () -> handle.send(MAIL));
        assertEquals(Phase.LEASE, e.failure().phase());
        assertEquals(Delivery.NOT_SENT, e.failure().delivery());
        assertEquals(2, transports.opened.size());
        assertTrue(transports.opened.stream().allMatch(transport -> transport.closed));
        assertEquals(List.of("error"), events);
    }

    @Test
    void aDestroyedConnectionIsNotOpenedAgain() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        SmtpConnection handle = handle(connection);
        handle.send(MAIL);
        transports.opened.get(0).lost = true;
        connection.destroy();
        assertThrows(SmtpException.class, () -> handle.send(MAIL));
        assertEquals(1, transports.opened.size());
    }

    @Test
    void aMailInDoubtIsNeverSentAgain() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        SmtpConnection handle = handle(connection);
        handle.send(MAIL);
        transports.opened.get(0).broken = true;
        SmtpException e = assertThrows(SmtpException.class, () -> handle.send(MAIL));
        assertEquals(Phase.FINAL_DOT, e.failure().phase());
        assertEquals(1, transports.opened.size());
    }

    @Test
    void theFirstSendSharesItsDeadlineWithTheWaitAndALaterOneHasItsOwn() throws Exception {
        var request = new SmtpConnectionRequestInfo(BOB, BOB.session(), Deadline.after(Duration.ofSeconds(3)));
        SmtpManagedConnection connection = open(BOB);
        try (SmtpConnection handle = (SmtpConnection) connection.getConnection(null, request)) {
            handle.send(MAIL);
            handle.send(MAIL);
        }
        List<Deadline> deadlines = transports.opened.get(0).deadlines;
        assertSame(request.deadline(), deadlines.get(0));
        assertTrue(deadlines.get(1).nanos() > request.deadline().nanos());
    }

    @Test
    void aStreamAsksAReusedConnectionBeforeItTakesAMail() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        SmtpConnection handle = handle(connection);
        handle.send(MAIL);
        transports.opened.get(0).answers = false;
        List<Outcome> outcomes = new ArrayList<>();
        handle.sendAll(List.of(MAIL, MAIL).iterator(), (mail, outcome) -> outcomes.add(outcome));
        assertEquals(2, transports.opened.get(1).sent.size());
        assertTrue(outcomes.stream().allMatch(Receipt.class::isInstance));
    }

    @Test
    void aMovedHandleSendsOverItsNewConnection() throws Exception {
        SmtpManagedConnection from = open(BOB);
        SmtpManagedConnection to = open(BOB);
        SmtpConnection handle = handle(from);
        to.associateConnection(handle);
        handle.send(MAIL);
        assertEquals(0, transports.opened.get(0).sent.size());
        assertEquals(1, transports.opened.get(1).sent.size());
        assertThrows(ResourceException.class, () -> to.associateConnection("no handle"));
    }

    @Test
    void invalidConnectionsAreThoseThatDoNotAnswer() throws Exception {
        SmtpManagedConnection good = open(BOB);
        SmtpManagedConnection dead = open(BOB);
        transports.opened.get(1).answers = false;
        assertEquals(Set.of(dead), factory.getInvalidConnections(Set.of(good, dead)));
    }

    @Test
    void thereAreNoTransactionsToTakePartIn() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        assertThrows(NotSupportedException.class, connection::getXAResource);
        assertThrows(NotSupportedException.class, connection::getLocalTransaction);
        assertEquals("bob", connection.getMetaData().getUserName());
        assertEquals("mx.example.org", connection.getMetaData().getEISProductName());
    }

    @Test
    void failuresBecomeTheSpecificationsExceptionsAndKeepTheirCause() {
        assertSpecification(SecurityException.class, Phase.AUTH, SmtpReply.of(535, "5.7.8 no"));
        assertSpecification(RetryableUnavailableException.class, Phase.AUTH, SmtpReply.of(454, "4.7.0 later"));
        assertSpecification(EISSystemException.class, Phase.GREETING, SmtpReply.of(554, "5.0.0 go away"));
        assertSpecification(CommException.class, Phase.CONNECT, SmtpReply.NONE);
    }

    private void assertSpecification(Class<? extends ResourceException> type, Phase phase, SmtpReply reply) {
        SmtpException refusal = new SmtpException(FakeTransports.failure(phase, reply, false));
        transports.refusals.add(refusal);
        ResourceException e = assertThrows(type, () -> factory.createManagedConnection(null, info(BOB)));
        assertSame(refusal, e.getCause());
        assertSame(refusal, Failures.fromManager(new ResourceException("wrapped by a server", e), BOB));
    }

    @Test
    void noSecretIsInAnyText() throws Exception {
        SmtpManagedConnection connection = open(BOB);
        for (Object shown : List.of(BOB, info(BOB), connection, connection.session().toString())) {
            assertFalse(shown.toString().contains("right"), shown.toString());
        }
    }

    private SmtpManagedConnection open(SmtpSettings settings) throws ResourceException {
        SmtpManagedConnection connection =
                (SmtpManagedConnection) factory.createManagedConnection(null, info(settings));
        connection.addConnectionEventListener(new Recorder());
        return connection;
    }

    private static SmtpConnection handle(SmtpManagedConnection connection) throws ResourceException {
        return (SmtpConnection) connection.getConnection(null, info(BOB));
    }

    private static SmtpConnectionRequestInfo info(SmtpSettings settings) {
        return new SmtpConnectionRequestInfo(settings);
    }

    private final class Recorder implements ConnectionEventListener {
        @Override
        public void connectionClosed(ConnectionEvent event) {
            events.add("closed");
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            events.add("error");
        }

        @Override
        public void localTransactionStarted(ConnectionEvent event) {
            events.add("transaction");
        }

        @Override
        public void localTransactionCommitted(ConnectionEvent event) {
            events.add("transaction");
        }

        @Override
        public void localTransactionRolledback(ConnectionEvent event) {
            events.add("transaction");
        }
    }
}
