package dev.mailroom.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Caller;
import dev.mailroom.Identity;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SessionRefusedException.Reason;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.ArrivalSettings;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.NamedMailboxes;
import dev.mailroom.receiving.ReceivingSession;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.testing.LogCapture;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has which mailbox open. */
final class ReceivingRegistryTest {
    private static final Caller ANN = new Caller("ann");
    /** Closing waits for nobody: sessions are left open on purpose. */
    private static final PoolSettings POOL = new PoolSettings(100, 16, Duration.ofSeconds(30), Duration.ofSeconds(5),
            Duration.ZERO, false, Duration.ZERO, Duration.ofMinutes(1));
    private static final Caller EVE = new Caller("eve");
    private static final String MAIL = "Subject: one\r\n\r\ntext\r\n";

    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), POOL, event -> { });
    private final AtomicLong clock = new AtomicLong();
    private final ScriptedMailbox server = ScriptedMailbox.pop3(MAIL);

    @AfterEach
    void close() {
        manager.close();
        transports.close();
        server.close();
    }

    private ReceivingRegistry registry(SecuritySettings security, NamedMailbox... named) {
        return new ReceivingRegistry(manager.mailboxes(StoreOpener.over(transports)), SessionsSettings.DEFAULTS,
                security, SmtpSettings.of("t", "t", 25), 1_000_000, new NamedMailboxes(List.of(named)), event -> { },
                clock::get);
    }

    private static ReceivingSettings bob(ReceivingRegistry registry, ScriptedMailbox server) {
        ReceivingSettings defaults = registry.defaults(Identity.MailProtocol.POP3, "bob", "127.0.0.1", server.port());
        return defaults.withServer(defaults.server().withSecret(Secret.password("secret")));
    }

    @Test
    void aSessionEndsWithItsLastHolderAndOnlyThenDeletes() throws Exception {
        ReceivingRegistry registry = registry(SecuritySettings.DEFAULTS);
        ReceivingSession first = registry.start(ANN, bob(registry, server));
        assertSame(first, registry.start(ANN, bob(registry, server)));
        assertSame(first, registry.find(ANN, " bob "));
        first.delete(1);
        registry.close(ANN, first);
        assertEquals(List.of(MAIL), server.mails());
        registry.close(ANN, first);
        assertEquals(List.of(), server.mails());
        assertEquals(Reason.NO_SUCH_SESSION, assertThrows(SessionRefusedException.class,
                () -> registry.find(ANN, "bob")).reason());
        assertThrows(SessionRefusedException.class, () -> registry.close(ANN, first));
    }

    @Test
    void nobodyFindsWhatAnotherCallerHasOpened() throws Exception {
        ReceivingRegistry registry = registry(SecuritySettings.DEFAULTS);
        ReceivingSession anns = registry.start(ANN, bob(registry, server));
        assertThrows(SessionRefusedException.class, () -> registry.find(EVE, "bob"));
        assertEquals(Optional.empty(), registry.open(EVE, anns.id()));
        assertThrows(SessionRefusedException.class, () -> registry.close(EVE, anns));
        assertEquals(Phase.LEASE, assertThrows(SmtpException.class, () -> registry.start(EVE, bob(registry, server)))
                .failure().phase());
        assertTrue(registry.open(ANN, anns.id()).isPresent());
    }

    @Test
    void manyThreadsThatStartOneMailboxAtOnceShareIt() throws Exception {
        ReceivingRegistry registry = registry(SecuritySettings.DEFAULTS);
        List<CompletableFuture<ReceivingSession>> starts = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return registry.start(ANN, bob(registry, server));
                    } catch (SmtpException | SessionRefusedException e) {
                        throw new IllegalStateException(e);
                    }
                })).toList();
        ReceivingSession one = starts.get(0).get(1, TimeUnit.MINUTES);
        for (CompletableFuture<ReceivingSession> start : starts) {
            assertSame(one, start.get(1, TimeUnit.MINUTES));
        }
        assertEquals(1, server.lines().stream().filter(line -> line.equals("STAT")).count());
    }

    @Test
    void whatExpiresIsLeftWithoutItsDeletionsAndLogged() throws Exception {
        ReceivingRegistry registry = registry(SecuritySettings.DEFAULTS);
        try (LogCapture log = LogCapture.of("dev.mailroom.session")) {
            ReceivingSession session = registry.start(ANN, bob(registry, server));
            session.delete(1);
            clock.addAndGet(Duration.ofHours(2).toNanos());
            assertThrows(SessionRefusedException.class, () -> registry.find(ANN, "bob"));
            assertEquals(List.of(MAIL), server.mails());
            assertTrue(server.lines().contains("RSET"), server.lines().toString());
            assertTrue(log.lines().stream().anyMatch(line -> line.contains("MR0801")
                    && line.contains("1 mails marked as deleted stay")), log.lines().toString());
        }
        // The mailbox is free again.
        registry.start(EVE, bob(registry, server));
    }

    @Test
    void aSessionWhoseConnectionWasLostIsStartedAnew() throws Exception {
        ReceivingRegistry registry = registry(SecuritySettings.DEFAULTS);
        ReceivingSession lost = registry.start(ANN, bob(registry, server));
        server.on("LIST", StoreScript.cut());
        assertThrows(SmtpException.class, lost::list);
        assertFalse(lost.usable());
        ReceivingSession fresh = registry.start(ANN, bob(registry, server));
        assertEquals(1, fresh.count());
        assertSame(fresh, registry.find(ANN, "bob"));
    }

    @Test
    void theAdministratorsRulesHoldForMailboxesToo() {
        ReceivingRegistry hosts = registry(new SecuritySettings(List.of("mail.example.org"), true));
        assertTrue(assertThrows(SessionRefusedException.class, () -> hosts.start(ANN, bob(hosts, server)))
                .getMessage().startsWith("the POP3 server 127.0.0.1:"));
        ReceivingRegistry plain = registry(new SecuritySettings(List.of(), false));
        assertEquals(Reason.FORBIDDEN, assertThrows(SessionRefusedException.class,
                () -> plain.start(ANN, bob(plain, server))).reason());
        assertEquals(List.of(), server.lines());
    }

    @Test
    void closingTheRegistryDeletesNothing() throws Exception {
        ReceivingRegistry registry = registry(SecuritySettings.DEFAULTS);
        registry.start(ANN, bob(registry, server)).delete(1);
        registry.close();
        assertEquals(List.of(MAIL), server.mails());
    }

    @Test
    void aNamedMailboxIsOpenedByItsNameForWhoMay() throws Exception {
        ReceivingRegistry registry = registry(new SecuritySettings(List.of("nowhere.test"), true),
                new NamedMailbox("tickets", bob(registry(SecuritySettings.DEFAULTS), server), ArrivalSettings.DEFAULTS,
                        Set.of("clerk")));
        ReceivingSession tickets = registry.findOrOpen(ANN, " tickets ", "clerk"::equals);
        assertEquals("tickets", tickets.name());
        assertEquals(1, tickets.count());
        assertSame(tickets, registry.findOrOpen(ANN, "tickets", "clerk"::equals));
        assertSame(tickets, registry.find(ANN, "tickets"));
        assertEquals(Reason.FORBIDDEN, assertThrows(SessionRefusedException.class,
                () -> registry.findOrOpen(ANN, "tickets", role -> false)).reason());
        registry.close(ANN, tickets);
        assertEquals(Reason.NO_SUCH_SESSION, assertThrows(SessionRefusedException.class,
                () -> registry.find(ANN, "tickets")).reason());
        ReceivingSession again = registry.findOrOpen(ANN, "tickets", "clerk"::equals);
        assertNotSame(tickets, again);
        registry.close(ANN, again);
        assertEquals(Reason.NO_SUCH_SESSION, assertThrows(SessionRefusedException.class,
                () -> registry.findOrOpen(ANN, "ticket", role -> true)).reason());
    }
}
