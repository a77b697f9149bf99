package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.connector.ConnectorServlet;
import dev.mailroom.it.server.AdministratorsCommands;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The pool that an administrator makes with the page's commands, and one that validates, and one that is small. */
@RunAsClient
final class AdministratorsPoolIT extends ServersPoolContract {
    private static final String POOL = "create-connector-connection-pool --raname=mailroom"
            + " --connectiondefinition=dev.mailroom.SmtpConnectionFactory --transactionsupport=NoTransaction"
            + " --steadypoolsize=0 --poolresize=1 --maxwait=200 --maxpoolsize=2 ";

    @Deployment
    @TargetsContainer(AdministratorsCommands.CONTAINER)
    static WebArchive application() {
        AdministratorsCommands.write(
                POOL + "--isconnectvalidatereq=true validating-pool",
                "create-connector-resource --poolname=validating-pool eis/validating",
                POOL + "--matchconnections=false indifferent-pool",
                "create-connector-resource --poolname=indifferent-pool eis/indifferent");
        return MailApplication.war("administrators", Map.of("mailroom.connection-factory", "eis/mailroom"))
                .addClass(ConnectorServlet.class);
    }

    private String send(String factory, String user, int connections) {
        return application.anonymously("connector", "eis/" + factory + " " + user + " " + Secrets.of(user) + " "
                + server.port() + " " + connections).get(0);
    }

    @Test
    void aTransactionMayUseSeveralConnectionsAtOnce() {
        for (int round = 0; round < 3; round++) {
            assertEquals("sent", send("mailroom", "pail", 3));
        }
        assertEquals(9, server.mailCount());
        assertEquals(3, server.connectionsOpened());
    }

    @Test
    void theServersValidationAsksTheMailServer() {
        assertEquals("sent", send("validating", "pail", 1));
        assertEquals("sent", send("validating", "pail", 1));
        assertEquals(1, Collections.frequency(server.connection(1).commands(), "NOOP"));
        server.on(When.at(Step.NOOP), Action.reply("451 4.3.0 Not now"));
        assertEquals("sent", send("validating", "pail", 1));
        assertEquals(2, server.connectionsOpened());
        server.awaitOpenConnections(1, SOON);
        assertEquals(3, server.mailCount());
    }

    @Test
    void anExhaustedPoolIsAFailureOfTheLease() {
        String failure = send("validating", "pail", 3);
        assertTrue(failure.startsWith("LEASE "), failure);
        assertEquals(0, server.mailCount());
        assertEquals("sent", send("validating", "pail", 2));
    }

    @Test
    void aPoolThatDoesNotMatchLendsNobodyAnothersConnectionAndLosesNoPlace() {
        for (String user : List.of("user1", "user2", "user3", "user4")) {
            int refused = 0;
            while (!send("indifferent", user, 2).equals("sent")) {
                refused++;
                assertTrue(refused <= 2, "each refusal makes one place free");
            }
            assertEquals(!user.equals("user1"), refused > 0, user + " met the other's connections");
        }
        assertEquals(List.of(), server.authAttempts().stream().filter(attempt -> !attempt.accepted()).toList());
    }
}
