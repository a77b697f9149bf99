package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.inside.Guest;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.ScriptedSmtpServer;
import fish.payara.micro.PayaraMicro;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** With Mailroom's own pool everything goes with the application. */
final class RedeploymentIT extends RedeploymentContract {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Deployment
    static WebArchive host() {
        Map<String, String> sameSpool = Map.of("mailroom.spool.directory",
                Path.of("target", "spool-of-host-and-guest-" + System.nanoTime()).toAbsolutePath().toString());
        return MailApplication.host(HOST, sameSpool, MailApplication.war(GUEST, sameSpool))
                .addClass(RedeploymentContract.class);
    }

    @Override
    int rounds() {
        return 20;
    }

    @Override
    int connectionsKept() {
        return 0;
    }

    @Override
    List<String> threadsKept() {
        return List.of();
    }

    @Test
    void aSpoolBelongsToTheApplicationThatHasOpenedIt() {
        Guest guest = new Guest(GUEST);
        try (var server = ScriptedSmtpServer.builder().start()) {
            String start = "start-asynchronous jack " + server.port();
            assertEquals(List.of("true"), new Guest(HOST).application().anonymously("servlet", start));
            assertTrue(guest.deploy());
            String told = guest.application().anonymously("servlet", start).get(0);
            assertTrue(told.startsWith("false ") && told.contains("mailroom.spool.directory")
                    && told.contains("another application"), told);
            guest.undeploy();
        }
    }

    @Test
    void whatAnAdministratorWatchesIsThereAndGoesWithTheApplication() throws Exception {
        Guest guest = new Guest(GUEST);
        String address = "http://127.0.0.1:"
                + PayaraMicro.getInstance().getRuntime().getLocalDescriptor().getHttpPorts().get(0);
        MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
        ObjectName beans = new ObjectName("dev.mailroom:application=" + ObjectName.quote(GUEST) + ",*");
        try (var server = ScriptedSmtpServer.builder().user("bills", Secrets.of("bills")).start()) {
            Map<String, String> configuration = Map.of("mailroom.session.bills.server", "127.0.0.1",
                    "mailroom.session.bills.port", String.valueOf(server.port()),
                    "mailroom.session.bills.password", Secrets.of("bills"), "mailroom.health.required", "on");
            configuration.forEach(System::setProperty);
            try {
                assertTrue(guest.deploy());
            } finally {
                configuration.keySet().forEach(System::clearProperty);
            }
            assertEquals(Set.of("Pool", "Secrets"), jmx.queryNames(beans, null).stream()
                    .map(name -> name.getKeyProperty("type")).collect(Collectors.toSet()), "before the first mail");

            // The first probe finds nothing known; it starts the check that later ones tell of.
            HttpResponse<String> first = get(address + "/health/ready");
            assertEquals(503, first.statusCode(), first.body());
            assertTrue(first.body().contains("bills"), first.body());
            server.await("ready", () -> get(address + "/health/ready").statusCode() == 200, SOON);
            String ready = get(address + "/health/ready").body();
            assertTrue(ready.contains("mailroom") && ready.contains("reachable since"), ready);
            assertEquals(List.of(), Secrets.leaks(ready));
            assertEquals(1, server.connectionsOpened());

            assertEquals(List.of("hill", "true"),
                    guest.application().anonymously("servlet", "compose hill", "send-composed bills"));
            String metrics = get(address + "/metrics").body();
            assertTrue(Pattern.compile("mailroom_messages_total\\{[^}]*user=\"bills\"[^}]*} 1").matcher(metrics)
                    .find(), metrics.lines().filter(line -> line.contains("mailroom")).toList().toString());
            assertTrue(metrics.contains("mailroom_session_open{"), metrics);
            assertEquals(List.of(), Secrets.leaks(metrics));
            ObjectName session = jmx.queryNames(new ObjectName("dev.mailroom:type=Session,application="
                    + ObjectName.quote(GUEST) + ",*"), null).iterator().next();
            assertEquals(1L, jmx.getAttribute(session, "Messages"));
            assertEquals(ObjectName.quote("bills"), session.getKeyProperty("user"));

            guest.undeploy();
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
}
