package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.connector.ConnectorServlet;
import dev.mailroom.it.server.AdministratorsCommands;
import dev.mailroom.it.server.MailApplication;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The pool that an application defines by annotation. */
@RunAsClient
final class DefinedPoolIT extends ServersPoolContract {
    @Deployment
    @TargetsContainer(AdministratorsCommands.CONTAINER)
    static WebArchive application() {
        AdministratorsCommands.write();
        return MailApplication.war("defined", Map.of("mailroom.connection-factory", "java:app/mailroom"))
                .addPackage(ConnectorServlet.class.getPackage());
    }

    @Test
    void applicationsThatKnowTheFactoryUseItThemselves() {
        assertEquals(List.of("sent"), application.anonymously("connector",
                "java:app/mailroom pail " + Secrets.of("pail") + " " + server.port() + " 2"));
        assertEquals(2, server.mailCount());
        assertEquals(2, server.connectionsOpen());
    }
}
