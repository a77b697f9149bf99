package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.inside.Guest;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.it.server.ServerLog;
import dev.mailroom.it.tokens.VaultTokens;
import dev.mailroom.testing.AuthAttempt;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.TokenServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that log in with access tokens, in a server: from a bean of the application, and fetched by keys. */
@ExtendWith(ArquillianExtension.class)
final class AccessTokensIT {
    private static final String PREFIX = "mailroom.session.";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ServerLog log = ServerLog.fromHere();

    @Deployment
    static WebArchive host() {
        return MailApplication.host("access-tokens",
                MailApplication.war("vaulted", Map.of(PREFIX + "vault.server", "localhost"))
                        .addPackage(VaultTokens.class.getPackage()),
                MailApplication.war("fetching", Map.of(PREFIX + "fetched.server", "localhost",
                        PREFIX + "fetched.oauth.client-id", "id",
                        PREFIX + "fetched.oauth.client-secret", Secrets.of("client"),
                        PREFIX + "fetched.from", "Billing <billing@example.org>",
                        PREFIX + "fetched.envelope-sender", "bounces+{id}@example.org",
                        PREFIX + "fetched.asynchronous", "on")))
                .addClass(ServerLog.class);
    }

    private void inGuest(String name, Map<String, String> here, Runnable use) {
        System.getProperties().putAll(here);
        Guest guest = new Guest(name);
        try {
            assertTrue(guest.deploy(), log::excerpt);
            use.run();
        } finally {
            here.keySet().forEach(System::clearProperty);
            guest.undeploy();
        }
    }

    @Test
    void aBeanOfTheApplicationSuppliesTheTokensOfTheSessionThatItNames() {
        try (var server = ScriptedSmtpServer.builder().token("vault", Secrets.of("token")).start()) {
            inGuest("vaulted", Map.of(PREFIX + "vault.port", "" + server.port()), () -> assertEquals(List.of("true"),
                    new Guest("vaulted").application().anonymously("servlet", "send vault bill")));
            assertEquals(List.of(new AuthAttempt("XOAUTH2", "vault", Secrets.of("token"), true)),
                    server.authAttempts());
        }
    }

    @Test
    void theSpoolSendsWithTokensThatItFetchesAndRenewsWhenTheyAreRefused(@TempDir Path folder) {
        try (var tokens = new TokenServer();
                var server = ScriptedSmtpServer.builder().token("fetched", "access-1").start()) {
            Map<String, String> here = new HashMap<>(Map.of(PREFIX + "fetched.port", "" + server.port(),
                    PREFIX + "fetched.max-uses", "1", PREFIX + "fetched.oauth.token-url", tokens.url().toString(),
                    "mailroom.spool.directory", folder.resolve("spool").toString()));
            inGuest("fetching", here, () -> {
                send();
                server.await("the first mail", () -> server.mailCount() == 1, PATIENCE);
                server.token("fetched", "access-2");
                send();
                server.await("the second mail", () -> server.mailCount() == 2, PATIENCE);
            });
            assertEquals(2, tokens.requests().size());
            assertEquals(List.of("access-1", "access-1", "access-2"),
                    server.authAttempts().stream().map(AuthAttempt::secret).toList());
            assertTrue(server.mails().get(0).reversePath().matches("bounces\\+[0-9a-v]{24}@example\\.org"),
                    server.mails().get(0).reversePath());
        }
    }

    private static void send() {
        String answer = new Guest("fetching").application().anonymously("servlet", "send fetched bill").get(0);
        assertTrue(answer.startsWith("true"), answer);
    }
}
