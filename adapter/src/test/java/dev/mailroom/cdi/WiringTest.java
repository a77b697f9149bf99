package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Caller;
import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.LogCapture;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.ScriptedSmtpServerBuilder;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.TestCertificates;
import dev.mailroom.testing.When;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the configuration says takes effect at the server: each time far sooner, or elsewhere, than by default. */
class WiringTest {
    private static final Mail MAIL = new Mail(
            Envelope.of("bob@example.org", List.of("ann@example.org")), MailData.of(new byte[] {'x'}));
    private static final Caller ANN = new Caller("ann");
    /** Shorter than every default that is shortened here, long enough for a busy machine. */
    private static final Duration SOONER = Duration.ofSeconds(4);

    private final List<String> opened = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final SmtpListener listener = event -> {
        if (event instanceof SmtpEvent.ConnectionOpened) {
            opened.add("opened " + String.join(",", event.session().names()));
        } else if (event instanceof SmtpEvent.ConnectionLeaked leaked) {
            heard.add("leak " + leaked.holder());
        } else if (event instanceof SmtpEvent.EffectiveLimitChanged changed) {
            heard.add("limit " + changed.connections());
        }
    };
    private final List<AutoCloseable> open = new ArrayList<>(List.of(LogCapture.of("dev.mailroom.pool")));
    private ScriptedSmtpServer server = serve(ScriptedSmtpServer.builder());
    private Wiring wiring;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private ScriptedSmtpServer serve(ScriptedSmtpServerBuilder builder) {
        server = builder.start();
        open.add(server);
        return server;
    }

    private void configure(String... namesAndValues) {
        // What a test still holds at its end is not waited for, unless it says otherwise.
        MapConfig config = MapConfig.of("mailroom.pool.close-grace", "0");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            config = config.and(namesAndValues[i], namesAndValues[i + 1]);
        }
        wiring = Wiring.of(Reading.read(config).settings(), List.of(listener));
        open.add(0, wiring);
    }

    private SmtpSettings of(String user) {
        return wiring.sessions().defaults(user, "127.0.0.1", server.port());
    }

    private SmtpConnection take(String user) throws SmtpException {
        return wiring.connections().getConnection(of(user));
    }

    private SmtpException refused(String user) {
        return assertTimeout(SOONER, () -> assertThrows(SmtpException.class, () -> take(user)));
    }

    @Test
    void maxConnectionsMaxTotalAndMaxWait() throws Exception {
        configure("mailroom.pool.max-connections", "1", "mailroom.pool.max-total", "2", "mailroom.pool.max-wait", "0");
        take("ann");
        assertEquals(Phase.LEASE, refused("ann").failure().phase());
        take("bob");
        assertEquals(Phase.LEASE, refused("eve").failure().phase());
        assertEquals(2, server.connectionsOpened());
    }

    @Test
    void idleTimeoutAndSweepInterval() throws Exception {
        configure("mailroom.pool.idle-timeout", "10ms", "mailroom.pool.sweep-interval", "20ms");
        take("ann").close();
        server.awaitOpenConnections(0, SOONER);
    }

    @Test
    void maxLifetimeMaxUsesAndValidateAfterIdle() throws Exception {
        configure("mailroom.pool.max-uses", "2", "mailroom.pool.validate-after-idle", "1ms");
        send("ann");
        rest();
        send("ann");
        assertTrue(server.connection(1).commands().contains("NOOP"));
        server.awaitOpenConnections(0, SOONER);
        configure("mailroom.pool.max-lifetime", "1ms");
        SmtpConnection old = take("ann");
        rest();
        old.close();
        server.awaitOpenConnections(0, SOONER);
    }

    private void send(String user) throws SmtpException {
        try (SmtpConnection connection = take(user)) {
            connection.send(MAIL);
        }
    }

    /** Two milliseconds at least. */
    private void rest() {
        long start = System.nanoTime();
        server.await("time passing", () -> System.nanoTime() - start > 2_000_000, SOONER);
    }

    @Test
    void aNamedSessionsNameIsEverywhereAnAdministratorLooks() throws Exception {
        String port = String.valueOf(server.port());
        configure("mailroom.pool.max-wait", "0",
                "mailroom.session.billing.server", "127.0.0.1", "mailroom.session.billing.port", port,
                "mailroom.session.billing.username", "shop", "mailroom.session.billing.max-connections", "1",
                "mailroom.session.digest.server", "127.0.0.1", "mailroom.session.digest.port", port,
                "mailroom.session.digest.username", "shop", "mailroom.session.digest.chunking", "off");
        SmtpSettings billing = wiring.sessions().named("billing").orElseThrow().settings();
        SmtpConnection held = wiring.connections().getConnection(billing);
        wiring.sessions().named("digest").orElseThrow().send(MAIL);
        assertEquals(Set.of(List.of("billing"), List.of("digest")), wiring.pool().sessions().stream()
                .map(row -> row.session().orElseThrow().names()).collect(Collectors.toSet()));
        assertTrue(ManagementFactory.getPlatformMBeanServer().isRegistered(new ObjectName("dev.mailroom:type=Session,"
                + "application=\"mailroom\",name=\"digest\",user=\"shop\",host=\"127.0.0.1\",port=" + port + ",id="
                + wiring.sessions().named("digest").orElseThrow().settings().session().id())));
        String refused = assertThrows(SmtpException.class, () -> wiring.connections().getConnection(billing))
                .getMessage();
        assertTrue(refused.startsWith("no connection for billing (shop at 127.0.0.1:" + port + ")"), refused);
        held.close();
        assertEquals(Set.of("opened billing", "opened digest"), Set.copyOf(opened));
    }

    @Test
    void whatTheAdministratorNamedHasItsNamesWhoeverOpensIt() throws Exception {
        String port = String.valueOf(server.port());
        configure("mailroom.session.digest.server", "127.0.0.1", "mailroom.session.digest.port", port,
                "mailroom.session.digest.username", "shop", "mailroom.session.billing.server", "127.0.0.1",
                "mailroom.session.billing.port", port, "mailroom.session.billing.username", "shop");
        wiring.sessions().start(ANN, of("shop"), false).send(MAIL);
        assertEquals(List.of("billing", "digest"), wiring.pool().sessions().get(0).session().orElseThrow().names());
    }

    @Test
    void minIdleOfANamedSessionAndItsOtherLimits() throws Exception {
        configure("mailroom.session.news.server", "127.0.0.1", "mailroom.session.news.port", "" + server.port(),
                "mailroom.session.news.min-idle", "2", "mailroom.session.news.max-connections", "3",
                "mailroom.pool.sweep-interval", "10ms");
        server.awaitOpenConnections(2, SOONER);
        assertEquals(3, wiring.pool().sessions().get(0).limits().connections());
    }

    @Test
    void leakAfterAndLeakStacks() throws Exception {
        configure("mailroom.pool.leak-after", "1ms", "mailroom.pool.leak-stacks", "on",
                "mailroom.pool.sweep-interval", "10ms");
        take("ann");
        server.await("the leak", () -> !heard.isEmpty(), SOONER);
        assertTrue(heard.get(0).contains("WiringTest.take"), heard.get(0));
    }

    @Test
    void closeGrace() throws Exception {
        configure("mailroom.pool.close-grace", "10ms");
        take("ann");
        assertTimeout(SOONER, wiring::close);
    }

    @Test
    void regrowInterval() throws Exception {
        configure("mailroom.pool.regrow-interval", "10ms", "mailroom.pool.sweep-interval", "10ms");
        take("ann");
        server.on(When.at(Step.GREETING), Action.reply("421 4.7.0 Too many connections").then(Action.cut()));
        assertThrows(SmtpException.class, () -> wiring.connections().getConnection(
                of("ann").withTimeouts(of("ann").timeouts().withReply(Duration.ofSeconds(1)))));
        server.await("growth", () -> heard.contains("limit 4"), SOONER);
    }

    @Test
    void timeouts() throws Exception {
        configure("mailroom.timeout.reply", "100ms", "mailroom.timeout.reply-ceiling", "7m",
                "mailroom.timeout.connect", "3s", "mailroom.timeout.write", "2s", "mailroom.timeout.send", "1m");
        server.on(When.at(Step.EHLO), Action.silence());
        assertEquals(Phase.EHLO, refused("ann").failure().phase());
        assertEquals(Duration.ofMinutes(7), wiring.sessions().replyTimeoutCeiling());
        assertEquals(List.of(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMinutes(1)), List.of(
                of("ann").timeouts().connect(), of("ann").timeouts().write(), of("ann").timeouts().send()));
    }

    @Test
    void securityAndSessions() throws Exception {
        configure("mailroom.security.allowed-hosts", "127.0.0.1", "mailroom.security.plain-credentials", "refuse",
                "mailroom.sessions.scope", "application", "mailroom.sessions.max-sessions", "1");
        refusedToStart(wiring.sessions().defaults("ann", "localhost", server.port()), "allowed-hosts");
        refusedToStart(of("ann").withSecret(Secret.password("x")), "plain-credentials");
        wiring.sessions().start(ANN, of("ann"), false);
        assertEquals("ann", wiring.sessions().find(new Caller("eve"), "ann", role -> false).name());
        refusedToStart(of("bob"), "max-sessions");
    }

    @Test
    void aCallersShareOfTheSessions() throws Exception {
        configure("mailroom.sessions.max-per-caller", "1");
        wiring.sessions().start(ANN, of("ann"), false);
        refusedToStart(of("bob"), "max-per-caller");
        wiring.sessions().start(new Caller("eve"), of("bob"), false);
    }

    @Test
    void idleTimeoutOfSessions() throws Exception {
        configure("mailroom.sessions.idle-timeout", "1ms");
        wiring.sessions().start(ANN, of("ann"), false);
        rest();
        assertThrows(SessionRefusedException.class, () -> wiring.sessions().find(ANN, "ann", role -> false));
    }

    private void refusedToStart(SmtpSettings settings, String key) {
        String message = assertThrows(SessionRefusedException.class,
                () -> wiring.sessions().start(ANN, settings, false)).getMessage();
        assertTrue(message.contains(key), message);
    }

    @Test
    void trustStoreAndItsPassword() throws Exception {
        TestCertificates certificates = TestCertificates.get();
        serve(ScriptedSmtpServer.builder().startTls(certificates.good()));
        configure("mailroom.security.trust-store", certificates.trustStore().toString(),
                "mailroom.security.trust-store-password", certificates.password());
        wiring.connections().getConnection(of("ann").withTls(TlsMode.STARTTLS)).close();
        assertEquals(1, server.tlsSessions());
    }

    @Test
    void dialogue() throws Exception {
        configure("mailroom.dialogue.pipelining", "off", "mailroom.dialogue.chunking", "off",
                "mailroom.security.unauthenticated-fallback", "refuse");
        try (SmtpConnection connection = take("ann")) {
            connection.send(MAIL);
        }
        List<String> commands = server.connection(1).commands();
        assertTrue(commands.contains("DATA"), commands::toString);
        assertEquals(commands.size() + 1L, server.connection(1).flights(), "one command at a time, and the content");
        SmtpException e = assertThrows(SmtpException.class,
                () -> wiring.connections().getConnection(of("ann").withSecret(Secret.password("x"))));
        assertEquals(Phase.AUTH, e.failure().phase());
    }

    @Test
    void health() throws Exception {
        configure("mailroom.health.required", "on", "mailroom.health.interval", "1ms",
                "mailroom.session.news.server", "127.0.0.1", "mailroom.session.news.port", "" + server.port());
        assertTrue(wiring.readiness().required());
        for (int check = 1; check <= 2; check++) {
            rest();
            List<Runnable> due = wiring.readiness().dueChecks();
            assertEquals(1, due.size(), "check " + check);
            due.get(0).run();
        }
    }
}
