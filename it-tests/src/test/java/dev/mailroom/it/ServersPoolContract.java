package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.server.Application;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.ScriptedSmtpServerBuilder;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the facade promises over a pool of the application server, however that was made. Seen at the SMTP server. */
@ExtendWith(ArquillianExtension.class)
abstract class ServersPoolContract {
    static final int MAX_POOL_SIZE = 20;
    static final Duration SOON = Duration.ofSeconds(30);
    private static final String SERVLET = "servlet";

    @ArquillianResource
    private URL deployed;

    final ScriptedSmtpServer server = users().start();
    Application application;

    private static ScriptedSmtpServerBuilder users() {
        ScriptedSmtpServerBuilder builder = ScriptedSmtpServer.builder().without("CHUNKING");
        builder.user("pail", Secrets.of("pail"));
        IntStream.rangeClosed(0, MAX_POOL_SIZE).forEach(n -> builder.user("user" + n, Secrets.of("user" + n)));
        return builder;
    }

    @BeforeEach
    void connect() {
        application = new Application(deployed);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private String start(String user, String password) {
        return "start " + user + " " + password + " " + server.port();
    }

    private List<String> mailAsPail(String... commands) {
        assertEquals(List.of("true"), application.anonymously(SERVLET, start("pail", Secrets.of("pail"))));
        return application.anonymously(SERVLET, commands);
    }

    @Test
    void oneConnectionServesOneMailAfterAnother() {
        for (String caller : List.of(SERVLET, "rest/asynchronous", "rest/timer", "rest/managed", "rest/plain")) {
            assertEquals(List.of("true", "true", "true"), application.anonymously(caller,
                    start("pail", Secrets.of("pail")), "send pail first", "send pail second"), caller);
        }
        assertEquals(10, server.mailCount());
        assertEquals(1, server.connectionsOpened());
    }

    @Test
    void aWrongPasswordNeverMatchesAPooledConnection() {
        assertEquals(List.of("true"), mailAsPail("send pail first"));
        String refusal = application.anonymously(SERVLET, start("pail", Secrets.of("wrong"))).get(0);
        assertTrue(refusal.startsWith("false ") && refusal.contains("535"), refusal);
        assertEquals(1, server.connectionsOpen(), "the good connection waits in the pool");
        assertEquals(List.of("true"), mailAsPail("send pail second"));
        assertEquals(2, server.connectionsOpened());
        assertEquals(List.of(true, false),
                server.authAttempts().stream().map(attempt -> attempt.accepted()).toList());
    }

    @Test
    void aConnectionCutWhileItWasPooledServesNobodyAnError() {
        assertEquals(List.of("true"), mailAsPail("send pail first"));
        server.dropAll();
        server.awaitOpenConnections(0, SOON);
        assertEquals(List.of("true"), application.anonymously(SERVLET, "send pail second"));
        server.hangUp("421 4.3.2 Closing");
        assertEquals(List.of("true", "true"), mailAsPail("send pail third", "send pail fourth"));
        assertEquals(4, server.mailCount());
        assertEquals(3, server.connectionsOpened());
    }

    @Test
    void aConnectionCutWhenItIsUsedAgainServesNobodyAnError() {
        assertEquals(List.of("true"), mailAsPail("send pail first"));
        server.on(When.at(Step.MAIL).connection(1), Action.cut());
        assertEquals(List.of("true"), application.anonymously(SERVLET, "send pail second"));
        assertEquals(2, server.mailCount());
    }

    @Test
    void aBrokenConnectionNeverReturnsToThePool() {
        assertEquals(List.of("true"), mailAsPail("send pail first"));
        server.on(When.at(Step.FINAL_DOT), Action.cut());
        for (int broken = 1; broken <= MAX_POOL_SIZE + 1; broken++) {
            String failure = application.anonymously(SERVLET, "send pail lost").get(0);
            assertTrue(failure.startsWith("false "), failure);
            assertEquals(broken, server.connectionsOpened(), "each on a connection of its own");
            server.awaitOpenConnections(0, SOON);
        }
        server.behave();
        assertEquals(List.of("true", "true"), application.anonymously(SERVLET, "send pail a", "send pail b"));
        assertEquals(MAX_POOL_SIZE + 2, server.connectionsOpened());
        assertEquals(3, server.mailCount());
    }

    @Test
    void moreUsersThanPlacesShareThePool() {
        for (int round = 0; round < 2; round++) {
            for (int n = 0; n <= MAX_POOL_SIZE; n++) {
                assertEquals(List.of("true", "true"), application.anonymously(SERVLET,
                        start("user" + n, Secrets.of("user" + n)), "send user" + n + " hello"));
            }
        }
        assertEquals(2 * (MAX_POOL_SIZE + 1), server.mailCount());
        server.awaitOpenConnections(MAX_POOL_SIZE, SOON);
        server.authAttempts().forEach(attempt -> assertEquals(Secrets.of(attempt.user()), attempt.secret()));
    }
}
