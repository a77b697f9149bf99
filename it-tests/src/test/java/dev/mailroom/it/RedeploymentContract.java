package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.inside.Guest;
import dev.mailroom.it.server.Application;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.runtime.ObjectMethods;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application comes and goes in a server that stays, and leaves sessions open each time. */
@ExtendWith(ArquillianExtension.class)
abstract class RedeploymentContract {
    static final String GUEST = "guest";
    static final String HOST = "host";
    private static final int EJB_THREADS = 16;
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
        startTheServersThreads();
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
                makeTheJdkForget();
                // A thread, a timer or a static field of the server that knew it would keep it.
                server.await("rid of the class loader in round " + round, () -> {
                    System.gc();
                    return loader.get() == null;
                }, SOON);
            }
        }
    }

    /**
     * Each thread that the server starts for an asynchronous method of an EJB keeps the application that asked first
     * (its inherited access control context), whatever the method does: here it is the host. There are 16.
     */
    private static void startTheServersThreads() {
        Application host = new Guest(HOST).application();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 200 && names.size() < EJB_THREADS; i++) {
            names.addAll(host.anonymously("rest/asynchronous", "thread"));
        }
        assertEquals(EJB_THREADS, names.size(), names::toString);
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

    /**
     * The JDK remembers the type that it linked a record's methods for last, and by it a class loader: always one,
     * until the next (asTypeCache of the method handles in java.lang.runtime.ObjectMethods). This is the next.
     */
    private static void makeTheJdkForget() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle getter = lookup.findGetter(Keepsake.class, "of", Guest.class);
            ObjectMethods.bootstrap(lookup, "equals",
                    MethodType.methodType(boolean.class, Keepsake.class, Object.class), Keepsake.class, "of", getter);
            ObjectMethods.bootstrap(lookup, "hashCode",
                    MethodType.methodType(int.class, Keepsake.class), Keepsake.class, "of", getter);
            ObjectMethods.bootstrap(lookup, "toString",
                    MethodType.methodType(String.class, Keepsake.class), Keepsake.class, "of", getter);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private record Keepsake(Guest of) {
    }

    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("mailroom")).sorted().toList();
    }
}
