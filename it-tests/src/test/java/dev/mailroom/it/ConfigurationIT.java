package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.inside.Guest;
import dev.mailroom.it.server.Application;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.it.server.ServerLog;
import dev.mailroom.it.unheard.Complaints;
import dev.mailroom.testing.AuthAttempt;
import dev.mailroom.testing.Documentation;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.TestCertificates;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Applications with configurations of their own, brought to one server. */
@ExtendWith(ArquillianExtension.class)
final class ConfigurationIT {
    private static final String PREFIX = "mailroom.session.";

    private final ServerLog log = ServerLog.fromHere();

    @Deployment
    static WebArchive host() throws IOException {
        Properties sessions = new Properties();
        sessions.load(new StringReader(Documentation.block("named-sessions")));
        Map<String, String> shown = new TreeMap<>();
        sessions.forEach((key, value) -> shown.put(key.toString(), value.toString()));
        return MailApplication.host("configuration",
                MailApplication.war("named", shown),
                MailApplication.war("wrong", Map.of("mailroom.pool.max-totl", "5", "mailroom.timeout.reply", "soon",
                        "mailroom.session.billing.server", "localhost", "mailroom.session.billing.pasword", "x")),
                MailApplication.war("unheard", Map.of("mailroom.mailbox.tickest.server", "localhost",
                        "mailroom.mailbox.tickest.password", "x")).addClass(Complaints.class),
                MailApplication.war("nowhere", Map.of("mailroom.connection-factory", "eis/nowhere",
                        "mailroom.pool.max-wait", "5s", "mailroom.session.news.server", "localhost",
                        "mailroom.session.news.max-connections", "2")))
                .addClass(ServerLog.class);
    }

    @Test
    void thePagesNamedSessionsAreUsedWithoutStarting(@TempDir Path folder) throws IOException {
        Path password = Files.writeString(folder.resolve("news"), Secrets.of("news") + "\n");
        TestCertificates certificates = TestCertificates.get();
        try (var server = ScriptedSmtpServer.builder().startTls(certificates.good()).authBeforeTls()
                .user("billing@example.org", Secrets.of("billing")).user("news", Secrets.of("news")).start()) {
            // What an administrator would set for this server alone: system properties win over the application's file.
            Map<String, String> here = Map.of(
                    PREFIX + "billing.server", "localhost", PREFIX + "billing.port", "" + server.port(),
                    PREFIX + "news.server", "localhost", PREFIX + "news.port", "" + server.port(),
                    PREFIX + "news.password-file", password.toString(),
                    "mailroom.security.trust-store", certificates.trustStore().toString(),
                    "mailroom.security.trust-store-password", certificates.password());
            System.getProperties().putAll(here);
            Guest guest = new Guest("named");
            try {
                assertTrue(guest.deploy(), log::excerpt);
                usesThem(guest.application());
                assertEquals(List.of(new AuthAttempt("PLAIN", "billing@example.org", Secrets.of("billing"), true),
                        new AuthAttempt("PLAIN", "news", Secrets.of("news"), true)), server.authAttempts());
                assertEquals(1, server.tlsSessions());
                assertEquals(3, server.mailCount());
            } finally {
                here.keySet().forEach(System::clearProperty);
                guest.undeploy();
            }
            server.awaitOpenConnections(0, Duration.ofSeconds(30));
        }
    }

    private static void usesThem(Application application) {
        for (String path : List.of("servlet", "rest/request")) {
            assertEquals(List.of("true"), application.as("jack", path, "send billing bill"));
            for (List<String> refusal : List.of(application.as("jill", path, "send billing bill"),
                    application.anonymously(path, "send billing bill"))) {
                assertTrue(refusal.get(0).startsWith("false ") && refusal.get(0).contains("accountant"),
                        refusal::toString);
            }
        }
        assertEquals(List.of("true"), application.anonymously("servlet", "send news extra"));
    }

    @Test
    void aWrongConfigurationStopsTheDeploymentAndSaysEverythingAtOnce() {
        Guest guest = new Guest("wrong");
        assertFalse(guest.deploy(), "it should not have been deployed");
        String text = log.text();
        for (String expected : List.of("Mailroom's configuration has 3 problems",
                "mailroom.pool.max-totl", "did you mean mailroom.pool.max-total?",
                "mailroom.timeout.reply", "soon",
                "mailroom.session.billing.pasword", "did you mean mailroom.session.billing.password?")) {
            assertTrue(text.contains(expected), () -> expected + " is missing in " + log.excerpt());
        }
    }

    @Test
    void aListenerWhoseMailboxIsNotConfiguredStopsTheDeployment() {
        Guest guest = new Guest("unheard");
        assertFalse(guest.deploy(), "it should not have been deployed");
        assertTrue(log.text().contains("Complaints listens to the mailbox \"tickets\", which is not configured:"
                + " mailroom.mailbox.tickets.server is missing; did you mean \"tickest\"?"), log::excerpt);
    }

    @Test
    void aConnectionFactoryThatIsNotThereIsNamedByWhoeverNeedsItAndSoIsWhatHasNoEffect() {
        Guest guest = new Guest("nowhere");
        assertTrue(guest.deploy(), log::excerpt);
        try {
            String answer = guest.application().anonymously("servlet", "start pail - 25").get(0);
            assertTrue(answer.startsWith("false ") && answer.contains("mailroom.connection-factory names eis/nowhere"),
                    answer);
            List<String> vain = log.text().lines().filter(line -> line.contains("MR0402")).toList();
            assertEquals(1, vain.size(), vain::toString);
            assertTrue(vain.get(0).contains("WARNING") && vain.get(0).contains("mailroom.pool.max-wait (instead: ")
                    && vain.get(0).contains("mailroom.session.news.max-connections (instead: "), vain.get(0));
        } finally {
            guest.undeploy();
        }
    }
}
