package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import javax.management.ObjectName;
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
                makeTheJdkForget(round);
                // A thread, a timer or a static field of the server that knew it would keep it.
                WeakReference<?> loader = loader();
                server.await("rid of the class loader in round " + round, () -> {
                    System.gc();
                    return loader.get() == null;
                }, SOON);
            }
        }
    }

    /**
     * The JDK remembers the types that it linked a record's methods for last, and by them a class loader: always one,
     * until the next (asTypeCache of the method handles in java.lang.runtime.ObjectMethods).
     */
    private void makeTheJdkForget(int round) {
        List<Record> fresh = List.of(new One(this), new Two(this), new Three(this));
        Record record = fresh.get(round - 1);
        assertEquals(record, record);
        assertEquals(record.hashCode(), record.hashCode());
        assertNotNull(record.toString());
    }

    private record One(RedeploymentIT ours) {
    }

    private record Two(RedeploymentIT ours) {
    }

    private record Three(RedeploymentIT ours) {
    }

    @Test
    void whatAnAdministratorWatchesIsThereAndGoesWithTheApplication() throws Exception {
        PayaraMicroRuntime runtime = PayaraMicro.getInstance().getRuntime();
        String address = "http://127.0.0.1:" + runtime.getLocalDescriptor().getHttpPorts().get(0);
        MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
        ObjectName beans = new ObjectName("dev.mailroom:application=" + ObjectName.quote(GUEST) + ",*");
        try (var server = ScriptedSmtpServer.builder().user("bills", Secrets.of("bills")).start()) {
            Map<String, String> named = Map.of("server", "127.0.0.1", "port", String.valueOf(server.port()),
                    "password", Secrets.of("bills"));
            named.forEach((key, value) -> System.setProperty("mailroom.session.bills." + key, value));
            try (InputStream war = getClass().getResourceAsStream("/" + GUEST + ".war")) {
                assertTrue(runtime.deploy(GUEST, GUEST, war));
            } finally {
                named.keySet().forEach(key -> System.clearProperty("mailroom.session.bills." + key));
            }
            assertEquals(1, jmx.queryNames(beans, null).size(), "the pool is there before the first mail");

            // The first probe finds nothing known; it starts the check that later ones tell of.
            HttpResponse<String> first = get(address + "/health/ready");
            assertEquals(503, first.statusCode(), first.body());
            assertTrue(first.body().contains("bills"), first.body());
            server.await("ready", () -> get(address + "/health/ready").statusCode() == 200, SOON);
            String ready = get(address + "/health/ready").body();
            assertTrue(ready.contains("mailroom") && ready.contains("reachable since"), ready);
            assertEquals(List.of(), Secrets.leaks(ready));
            assertEquals(1, server.connectionsOpened());

            Application application = new Application(new URL(address + "/" + GUEST));
            assertEquals(List.of("hill", "true"),
                    application.anonymously("servlet", "compose hill", "send-composed bills"));
            String metrics = get(address + "/metrics").body();
            assertTrue(Pattern.compile("mailroom_messages_total\\{[^}]*user=\"bills\"[^}]*} 1").matcher(metrics)
                    .find(), metrics.lines().filter(line -> line.contains("mailroom")).toList().toString());
            assertTrue(metrics.contains("mailroom_session_open{"), metrics);
            assertEquals(List.of(), Secrets.leaks(metrics));
            ObjectName session = jmx.queryNames(new ObjectName("dev.mailroom:type=Session,application="
                    + ObjectName.quote(GUEST) + ",*"), null).iterator().next();
            assertEquals(1L, jmx.getAttribute(session, "Messages"));
            assertEquals(ObjectName.quote("bills"), session.getKeyProperty("user"));

            runtime.undeploy(GUEST);
            assertEquals(Set.of(), jmx.queryNames(beans, null));
            assertFalse(get(address + "/health/ready").body().contains("bills"));
            assertFalse(get(address + "/metrics").body().contains("user=\"bills\""));
        }
    }

    private static HttpResponse<String> get(String address) {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(address)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void leavesSessionsOpen(Application application, ScriptedSmtpServer server) {
        String start = "start pail " + Secrets.of("pail") + " " + server.port();
        // Not asynchronous EJB methods: each thread that the server starts for one keeps the application that asked
        // first (its inherited access control context), whatever the method does.
        for (String caller : List.of("servlet", "rest/request", "rest/timer", "rest/managed", "rest/plain")) {
            assertEquals(List.of("true", "hill", "true", "true"),
                    application.anonymously(caller, start, "compose hill", "send-composed pail", "set-timeout 7"));
            assertTrue(application.as("jack", caller, "send nowhere a").get(0).startsWith("false "));
        }
    }

    private static WeakReference<?> loader() {
        return (WeakReference<?>) System.getProperties().get(LoaderTrace.key(GUEST));
    }
}
