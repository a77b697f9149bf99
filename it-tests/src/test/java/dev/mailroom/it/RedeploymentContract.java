package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.inside.Guest;
import dev.mailroom.it.server.Application;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application comes and goes in a server that stays, and leaves sessions open each time. */
@ExtendWith(ArquillianExtension.class)
abstract class RedeploymentContract {
    static final String GUEST = "guest";
    private static final Duration SOON = Duration.ofSeconds(30);

    /** How often the application comes and goes. */
    abstract int rounds();

    /** The connections that may stay, because they are not the application's. */
    abstract int connectionsKept();

    /** The names of Mailroom's threads that may stay, for the same reason. */
    abstract List<String> threadsKept();

    @Test
    void nothingOfAnApplicationIsLeftBehind() {
        Guest guest = new Guest(GUEST);
        try (var server = ScriptedSmtpServer.builder().user("pail", Secrets.of("pail")).start()) {
            for (int round = 1; round <= rounds(); round++) {
                assertTrue(guest.deploy());
                leavesSessionsOpen(guest.application(), server);
                assertTrue(server.connectionsOpen() > 0 && !threads().isEmpty(), "there is something to leave behind");
                WeakReference<?> loader = guest.loader();
                assertNotNull(loader.get());

                guest.undeploy();
                server.awaitOpenConnections(connectionsKept(), SOON);
                server.await("only threads " + threadsKept(), () -> threads().equals(threadsKept()), SOON);
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

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("mailroom")).sorted().toList();
    }
}
