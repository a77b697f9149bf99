package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.ConnectionLimits;
import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Phase;
import dev.mailroom.PoolRow;
import dev.mailroom.Secret;
import dev.mailroom.SessionNames;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.watch.Listeners;
import dev.mailroom.watch.MailCounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyedConnectionManagerTest {
    private static final SmtpSettings BOB = SmtpSettings.of("bob", "mx.example.org", 587)
            .withSecret(Secret.password("right"))
            .withLimits(new ConnectionLimits(1, 0, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO));
    private static final Mail MAIL = new Mail(
            Envelope.of("bob@example.org", List.of("ann@example.org")), MailData.of(new byte[] {'x'}));

    private final FakeTransports transports = new FakeTransports();
    private final SmtpManagedConnectionFactory managed = new SmtpManagedConnectionFactory(transports);
    private final MailCounts counts = new MailCounts();
    private final Told told = new Told();
    private final Listeners events = new Listeners(List.of(counts, told));
    private final KeyedConnectionManager manager = new KeyedConnectionManager(managed,
            new PoolSettings(2, 1_000, Duration.ZERO, Duration.ofHours(1), Duration.ZERO, false, Duration.ZERO,
                    Duration.ofHours(1)),
            events);
    private final SmtpConnectionFactory factory = manager.connections();
    private final SmtpPool view = manager.view(counts);

    @AfterEach
    void close() {
        manager.close();
    }

    private boolean blamed(Phase phase, SmtpReply reply) {
        return manager.blamesDestination(Failures.toSpecification(
                new SmtpException(FakeTransports.failure(phase, reply, false))));
    }

    @Test
    void onlyAServerThatIsNotReachedOrSaysNothingIsBlamedForIt() {
        SmtpReply later = SmtpReply.of(454, "4.7.0 Later");
        for (Phase phase : List.of(Phase.RESOLVE, Phase.CONNECT, Phase.GREETING, Phase.EHLO, Phase.TLS)) {
            assertTrue(blamed(phase, SmtpReply.NONE), phase.words());
        }
        assertTrue(blamed(Phase.GREETING, SmtpReply.of(421, "4.3.2 Closed")));
        for (Phase phase : List.of(Phase.EHLO, Phase.TLS, Phase.AUTH)) {
            assertFalse(blamed(phase, later), phase.words());
        }
        assertFalse(blamed(Phase.AUTH, SmtpReply.of(535, "5.7.8 No")));
    }

    @Test
    void oneConnectionServesOneLeaseAfterAnother() throws Exception {
        for (int i = 0; i < 5; i++) {
            send(BOB);
        }
        assertEquals(1, transports.opened.size());
        assertEquals(5, transports.opened.get(0).sent.size());
    }

    @Test
    void mailsAndFailuresAreCountedBySessionAndPhase() throws Exception {
        send(BOB);
        send(BOB);
        transports.refusals.add(new SmtpException(
                FakeTransports.failure(Phase.AUTH, SmtpReply.of(535, "5.7.8 no"), false)));
        SmtpSettings eve = SmtpSettings.of("eve", "mx.example.org", 587);
        assertThrows(SmtpException.class, () -> send(eve));
        try (SmtpConnection held = factory.getConnection(BOB)) {
            assertThrows(SmtpException.class, () -> factory.getConnection(BOB));
            held.send(MAIL);
        }
        PoolRow bob = view.session(BOB.session().id()).orElseThrow();
        assertEquals(3, bob.counts().messages());
        assertEquals(1, bob.counts().exhausted());
        assertEquals(Map.of(Phase.LEASE, 1L), bob.counts().failures());
        assertEquals(Map.of(Phase.AUTH, 1L), view.session(eve.session().id()).orElseThrow().counts().failures());
        assertEquals(3, view.total().counts().messages());
        assertEquals(Map.of(Phase.AUTH, 1L, Phase.LEASE, 1L), view.total().counts().failures());
    }

    @Test
    void aListenerHearsTheWholeLifeOfAMailInOrder() throws Exception {
        send(BOB);
        view.drop(BOB.session().id());
        assertEquals(Stream.of("known", "opening", "opened", "leased", "sent", "released", "DROPPED", "forgotten")
                .map(word -> word + " bob at mx.example.org:587").sorted().toList(),
                told.heard.stream().sorted().toList());
        assertEquals("known bob at mx.example.org:587", told.heard.get(0));
        assertEquals(Optional.empty(), view.session(BOB.session().id()));
    }

    @Test
    void aListenerThatThrowsCostsNoMail() throws Exception {
        SmtpListener faulty = event -> {
            if (event instanceof SmtpEvent.MailSent) {
                throw new IllegalStateException("faulty");
            }
        };
        try (KeyedConnectionManager other = new KeyedConnectionManager(
                managed, PoolSettings.DEFAULTS, new Listeners(List.of(faulty, counts)))) {
            try (SmtpConnection connection = other.connections().getConnection(BOB)) {
                connection.send(MAIL);
            }
        }
        assertEquals(1, counts.messages());
    }

    @Test
    void aStreamIsCountedMailByMail() throws Exception {
        try (SmtpConnection connection = factory.getConnection(BOB)) {
            connection.sendAll(List.of(MAIL, MAIL, MAIL).iterator(), (mail, outcome) -> { });
        }
        assertEquals(3, counts.messages(BOB.session()));
    }

    @Test
    void overTheServersPoolEachApplicationHearsOfItsOwnMailsOnly() throws Exception {
        MailCounts mine = new MailCounts();
        MailCounts others = new MailCounts();
        ConnectionFactory bound = (ConnectionFactory) managed.createConnectionFactory(manager);
        try (SmtpConnection connection = bound.telling(mine, SessionNames.NONE).getConnection(BOB)) {
            connection.send(MAIL);
        }
        bound.telling(others, SessionNames.NONE).getConnection(BOB).close();
        assertEquals(1, mine.messages(BOB.session()));
        assertEquals(List.of(), others.sessions());
    }

    @Test
    void aChangedPasswordNeverBorrowsAnOlderConnection() throws Exception {
        send(BOB);
        send(BOB.withSecret(Secret.password("wrong")));
        assertEquals(2, transports.opened.size());
        assertEquals("wrong", transports.opened.get(1).settings.secret().value());
    }

    @Test
    void aBrokenConnectionNeverServesAgain() throws Exception {
        send(BOB);
        transports.opened.get(0).broken = true;
        try (SmtpConnection connection = factory.getConnection(BOB)) {
            transports.opened.get(1).broken = true;
            assertThrows(SmtpException.class, () -> connection.send(MAIL));
        }
        assertTrue(transports.opened.get(0).closed);
        assertTrue(transports.opened.get(1).closed);
        assertEquals(0, view.total().places().open());
        send(BOB);
        assertEquals(3, transports.opened.size());
    }

    @Test
    void anExhaustedPoolIsAFailureThatSaysWhoHoldsWhat() throws Exception {
        try (SmtpConnection held = factory.getConnection(BOB)) {
            SmtpException e = assertThrows(SmtpException.class, () -> factory.getConnection(BOB));
            assertEquals(Phase.LEASE, e.failure().phase());
            assertTrue(e.getMessage().contains("bob at mx.example.org:587"), e.getMessage());
            assertTrue(e.getMessage().contains(Thread.currentThread().getName()), e.getMessage());
            held.send(MAIL);
        }
        send(BOB);
    }

    @Test
    void aRefusedLoginIsTheFailureTheServerGave() {
        transports.refusals.add(refusal(Phase.AUTH, 535, "5.7.8 no"));
        SmtpException e = assertThrows(SmtpException.class, () -> factory.getConnection(BOB));
        assertEquals(Phase.AUTH, e.failure().phase());
        assertEquals("5.7.8", e.failure().reply().enhancedStatus());
        assertEquals(0, view.total().places().open());
    }

    @Test
    void aServerThatWantsFewerConnectionsGetsFewer() throws Exception {
        SmtpSettings wide = BOB.withLimits(
                new ConnectionLimits(2, 0, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO));
        try (SmtpConnection held = factory.getConnection(wide)) {
            transports.refusals.add(refusal(Phase.GREETING, 421, "4.7.0 too many connections"));
            SmtpException e = assertThrows(SmtpException.class, () -> factory.getConnection(wide));
            assertEquals(Phase.LEASE, e.failure().phase());
            assertEquals(1, view.sessions().get(0).limits().effective());
            held.send(MAIL);
        }
        send(wide);
        assertEquals(1, transports.opened.size());
    }

    @Test
    void administratorsSeeSessionsByUserAndNeverASecret() throws Exception {
        send(BOB);
        PoolRow row = view.sessions().get(0);
        assertEquals("bob", row.session().orElseThrow().user());
        assertEquals(1, row.places().idle());
        assertEquals(1, row.counts().leases());
        assertTrue(view.flushIdle(row.id()));
        assertEquals(0, view.total().places().open());
        assertTrue(transports.opened.get(0).closed);
        assertEquals(false, view.flush("nosuchid"));
        assertEquals(false, row.toString().contains("right"));
    }

    private void send(SmtpSettings settings) throws SmtpException {
        try (SmtpConnection connection = factory.getConnection(settings)) {
            connection.send(MAIL);
        }
    }

    private static SmtpException refusal(Phase phase, int code, String text) {
        return new SmtpException(FakeTransports.failure(phase, SmtpReply.of(code, text), false));
    }
}
