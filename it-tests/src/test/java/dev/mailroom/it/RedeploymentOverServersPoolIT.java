package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.inside.Administrator;
import dev.mailroom.it.inside.Guest;
import dev.mailroom.it.server.AdministratorsCommands;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.TestCertificates;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The server's pool stays, and with it the one connection that all deployments use. */
final class RedeploymentOverServersPoolIT extends RedeploymentContract {
    private static final String START = "start pail " + Secrets.of("pail") + " ";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Administrator administrator = new Administrator();

    @Deployment
    @TargetsContainer(AdministratorsCommands.CONTAINER)
    static WebArchive host() {
        AdministratorsCommands.write();
        return MailApplication.host(HOST,
                MailApplication.war(GUEST, Map.of("mailroom.connection-factory", "eis/mailroom")))
                .addClass(RedeploymentContract.class).addClass(AdministratorsCommands.class);
    }

    @Override
    int rounds() {
        return 5;
    }

    @Override
    int connectionsKept() {
        return 1;
    }

    @Override
    List<String> threadsKept() {
        return List.of("mailroom-watchdog");
    }

    @Test
    void anApplicationsSessionsShowTheConnectionsThatTheAdapterHolds() throws Exception {
        MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
        ObjectName beans = new ObjectName("dev.mailroom:type=Session,application=" + ObjectName.quote(GUEST) + ",*");
        Guest guest = new Guest(GUEST);
        try (var server = ScriptedSmtpServer.builder().user("pail", Secrets.of("pail")).start()) {
            assertTrue(guest.deploy());
            assertEquals(List.of("true"), guest.application().anonymously("servlet", START + server.port()));
            ObjectName session = jmx.queryNames(beans, null).iterator().next();
            assertEquals(ObjectName.quote("pail"), session.getKeyProperty("user"));
            assertEquals(List.of("true"), guest.application().anonymously("servlet", "send pail hill"));
            assertEquals(List.of(1, 1, 0, 1L, 1L), List.of(jmx.getAttribute(session, "Open"),
                    jmx.getAttribute(session, "Idle"), jmx.getAttribute(session, "InUse"),
                    jmx.getAttribute(session, "Opened"), jmx.getAttribute(session, "Messages")));
            guest.undeploy();
            assertEquals(Set.of(), jmx.queryNames(beans, null));
        }
    }

    @Test
    void theAdapterComesWithItsTrustStoreAndGoesWithEverything() throws IOException {
        TestCertificates certificates = TestCertificates.get();
        Guest guest = new Guest(GUEST);
        try (var server = ScriptedSmtpServer.builder().startTls(certificates.good())
                .user("pail", Secrets.of("pail")).start()) {
            administrator.run("undeploy --cascade=true mailroom");
            administrator.run("create-resource-adapter-config --property trustStore=" + certificates.trustStore()
                    + ":trustStorePassword=" + certificates.password() + " mailroom");
            try {
                deployAdapter();
                administrator.run("set resources.connector-connection-pool.mailroom-pool.max-wait-time-in-millis=5000");
                assertTrue(guest.deploy());
                assertEquals(List.of("true", "true"), guest.application().anonymously("servlet",
                        START + server.port() + " email_option_secured_tls", "send pail hill"));
                guest.undeploy();
                assertEquals(1, server.connectionsOpen(), "it waits in the server's pool");

                administrator.run("undeploy --cascade=true mailroom");
                server.awaitOpenConnections(0, SOON);
                server.await("no thread", () -> threads().isEmpty(), SOON);
            } finally {
                deployAdapter();
            }
        }
    }

    private void deployAdapter() throws IOException {
        AdministratorsCommands.written().forEach(administrator::run);
    }
}
