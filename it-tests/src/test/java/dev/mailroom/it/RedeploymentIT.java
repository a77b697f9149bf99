package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.application.LoaderTrace;
import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.server.Application;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.ScriptedSmtpServer;
import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application comes and goes in a server that stays. */
@ExtendWith(ArquillianExtension.class)
final class RedeploymentIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int ROUNDS = 3;
    private static final String GUEST = "guest";

    @Deployment
    static WebArchive host() {
        return MailApplication.war("host", Map.of())
                .addClass(Application.class)
                .add(MailApplication.war(GUEST, Map.of()), "/WEB-INF/classes", ZipExporter.class);
    }

    @Test
    void nothingOfAnApplicationIsLeftBehind() throws IOException {
        PayaraMicroRuntime runtime = PayaraMicro.getInstance().getRuntime();
        int port = runtime.getLocalDescriptor().getHttpPorts().get(0);
        try (var server = ScriptedSmtpServer.builder().user("pail", Secrets.of("pail")).start()) {
            for (int round = 1; round <= ROUNDS; round++) {
                try (InputStream war = getClass().getResourceAsStream("/" + GUEST + ".war")) {
                    assertTrue(runtime.deploy(GUEST, GUEST, war));
                }
                leavesSessionsOpen(new Application(new URL("http://127.0.0.1:" + port + "/" + GUEST)), server);
                assertTrue(server.connectionsOpen() > 0, "there is something to leave behind");
                assertNotNull(loader().get());

                runtime.undeploy(GUEST);
                server.awaitOpenConnections(0, SOON);
                WeakReference<?> loader = loader();
                // A thread, a timer or a static field of the server that knew it would keep it.
                server.await("rid of the class loader in round " + round, () -> {
                    System.gc();
                    return loader.get() == null;
                }, SOON);
            }
        }
    }

    private static void leavesSessionsOpen(Application application, ScriptedSmtpServer server) {
        String start = "start pail " + Secrets.of("pail") + " " + server.port();
        for (String caller : List.of("servlet", "rest/request", "rest/asynchronous", "rest/timer", "rest/managed",
                "rest/plain")) {
            assertEquals(List.of("true", "hill", "true", "true"),
                    application.anonymously(caller, start, "compose hill", "send-composed pail", "set-timeout 7"));
            assertTrue(application.as("jack", caller, "send nowhere a").get(0).startsWith("false "));
        }
    }

    private static WeakReference<?> loader() {
        return (WeakReference<?>) System.getProperties().get(LoaderTrace.key(GUEST));
    }
}
