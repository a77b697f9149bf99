package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Caller;
import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Secret;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import dev.mailroom.secret.AccessToken;
import dev.mailroom.secret.NamedTokenSupplier;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.TokenServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of named sessions that change while the application runs. */
@Timeout(180)
class LivingSecretsTest {
    private static final Mail MAIL = new Mail(
            Envelope.of("bob@example.org", List.of("ann@example.org")), MailData.of(new byte[] {'x'}));
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(0, one);
        return one;
    }

    private ScriptedSmtpServer server() {
        return opened(ScriptedSmtpServer.builder().user("bob", "first").token("bob", "access-1").start());
    }

    private Wiring wire(ScriptedSmtpServer server, List<NamedTokenSupplier> beans, String... more) {
        MapConfig config = MapConfig.of("mailroom.pool.close-grace", "0", "mailroom.session.a.server", "127.0.0.1",
                "mailroom.session.a.port", String.valueOf(server.port()), "mailroom.session.a.username", "bob");
        for (int i = 0; i < more.length; i += 2) {
            config = config.and(more[i], more[i + 1]);
        }
        return opened(Wiring.of(Reading.read(config).settings().with(new TokenBeans(beans)), List.of()));
    }

    private static SmtpSession session(Wiring wiring) throws Exception {
        return wiring.sessions().find(Caller.ANONYMOUS, "a", role -> false);
    }

    @Test
    void aPasswordThatChangesInItsFileIsUsedByNewConnectionsAndTheEarlierOnesEnd() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "first\n");
        ScriptedSmtpServer server = server();
        SmtpSession session = session(wire(server, List.of(), "mailroom.session.a.password-file", file.toString()));
        session.send(MAIL);
        session.send(MAIL);
        assertEquals(1, server.connectionsOpened());
        server.password("bob", "second one");
        Files.writeString(file, "second one\n");
        // It is looked at once a second.
        long start = System.nanoTime();
        while (server.connectionsOpened() == 1 && System.nanoTime() - start < LONG.toNanos()) {
            session.send(MAIL);
        }
        assertEquals(2, server.connectionsOpened());
        server.awaitOpenConnections(1, LONG);
        assertEquals("second one", server.authAttempts().get(server.authAttempts().size() - 1).secret());
    }

    @Test
    void anAdministratorHasThemReadAtOnceByJmxAndWhatIsInUseEndsWhenItComesBack() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "first\n");
        ScriptedSmtpServer server = server();
        Wiring wiring = wire(server, List.of(), "mailroom.session.a.password-file", file.toString());
        SmtpSettings settings = session(wiring).settings();
        SmtpConnection used = wiring.connections().getConnection(settings);
        wiring.connections().getConnection(settings).close();
        assertEquals(2, server.connectionsOpen());
        server.password("bob", "other");
        var modified = Files.getLastModifiedTime(file);
        Files.writeString(file, "other\n");
        Files.setLastModifiedTime(file, modified);

        assertEquals(1, readAgain());
        server.awaitOpenConnections(1, LONG);
        used.send(MAIL);
        used.close();
        server.awaitOpenConnections(0, LONG);
        session(wiring).send(MAIL);
        assertEquals(0, readAgain());
        assertEquals(3, server.connectionsOpened());
    }

    private static int readAgain() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        int changed = 0;
        for (ObjectName name : beans.queryNames(new ObjectName("dev.mailroom:type=Secrets,*"), null)) {
            changed += (int) beans.invoke(name, "readAgain", new Object[0], new String[0]);
        }
        return changed;
    }

    @Test
    void aSessionFetchesItsTokensAndSharesThemWithOneOfTheSameKeys() throws Exception {
        TokenServer tokens = opened(new TokenServer());
        ScriptedSmtpServer server = server();
        Wiring wiring = wire(server, List.of(), "mailroom.session.a.oauth.token-url", tokens.url().toString(),
                "mailroom.session.a.oauth.client-id", "id", "mailroom.session.a.oauth.client-secret", "s3cret",
                "mailroom.session.b.server", "localhost", "mailroom.session.b.port", String.valueOf(server.port()),
                "mailroom.session.b.username", "bob", "mailroom.session.b.oauth.client-id", "id",
                "mailroom.session.b.oauth.token-url", tokens.url().toString(),
                "mailroom.session.b.oauth.client-secret", "s3cret");
        session(wiring).send(MAIL);
        wiring.sessions().find(Caller.ANONYMOUS, "b", role -> false).send(MAIL);
        assertEquals(1, tokens.requests().size());
        assertEquals(2, server.connectionsOpened());
        assertEquals("access-1", server.authAttempts().get(1).secret());
    }

    private record Bean(String name, String token) implements NamedTokenSupplier {
        @Override
        public AccessToken token(Duration patience) {
            return AccessToken.of(token);
        }
    }

    @Test
    void aBeanOfTheApplicationServesTheSessionThatItNames() throws Exception {
        ScriptedSmtpServer server = server();
        session(wire(server, List.of(new Bean("a", "access-1")))).send(MAIL);
        assertEquals("access-1", server.authAttempts().get(0).secret());
    }

    @Test
    void aBeanThatFitsNoSessionStopsTheStart() {
        ScriptedSmtpServer server = server();
        assertEquals("the token supplier dev.mailroom.cdi.LivingSecretsTest$Bean serves the session \"c\", which the"
                + " configuration does not have: expected mailroom.session.c.server",
                refused(server, List.of(new Bean("c", "x"))));
        assertTrue(refused(server, List.of(new Bean("a", "x"), new Bean("a", "y"))).contains("and the token supplier"));
        assertTrue(refused(server, List.of(new Bean("a", "x")), "mailroom.session.a.password", "pass")
                .contains("and a secret in the configuration: expected one of them"));
    }

    private String refused(ScriptedSmtpServer server, List<NamedTokenSupplier> beans, String... more) {
        return assertThrows(IllegalArgumentException.class, () -> wire(server, beans, more)).getMessage();
    }

    @Test
    void whatWasSuppliedIsNotEqualToAnotherSupplier() {
        assertTrue(!Secret.supplied(new Bean("a", "x")).equals(Secret.supplied(new Bean("a", "x"))));
    }
}
