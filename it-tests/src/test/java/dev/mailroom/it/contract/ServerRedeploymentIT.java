package dev.mailroom.it.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An application comes and goes in a server, in which another one stays. */
@ExtendWith(ContractReport.class)
final class ServerRedeploymentIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int ROUNDS = 20;
    private static final int EJB_THREADS = 16;
    /** Caches of the JDK and of servers keep the application that they have met last until they meet the next one. */
    private static final int REMEMBERED = 2;
    private static final SupportedServer SERVER = SupportedServer.asked();

    @TempDir
    private static Path directory;
    private static ScriptedSmtpServer smtp;
    private static RunningServer host;
    private static Path guestWar;

    @BeforeAll
    static void start() throws Exception {
        smtp = ScriptedSmtpServer.builder().user("jack", Secrets.of("jack")).user("pail", Secrets.of("pail")).start();
        guestWar = ServerContractIT.war(directory, "guest", Map.of(
                "mailroom.spool.directory", directory.resolve("guests-spool").toString()));
        Path hostWar = ServerContractIT.war(directory, "host", Map.of(
                "mailroom.spool.directory", directory.resolve("hosts-spool").toString()));
        host = RunningServer.start(SERVER, directory, hostWar, Map.of());
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
        smtp.close();
    }

    private static String startPail() {
        return "start pail " + Secrets.of("pail") + " " + smtp.port();
    }

    private static String asks(RunningServer application, String what, String... namesAndValues) {
        try {
            return application.ask(what, namesAndValues);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(String what, String... namesAndValues) {
        return Long.parseLong(asks(host, what, namesAndValues));
    }

    private static boolean arrived(String subject) {
        return smtp.mails().stream().anyMatch(mail -> mail.text().contains("Subject: " + subject));
    }

    @Test
    void twoApplicationsInOneServerShareNothing() throws Exception {
        RunningServer guest = host.deploy(guestWar);
        assertEquals(List.of("true"), guest.run("servlet", startPail()));
        assertTrue(host.run("servlet", "send pail stolen").get(0).startsWith("false "));
        for (RunningServer application : List.of(host, guest)) {
            String subject = "of " + (application == host ? "the host" : "the guest");
            assertEquals("true", application.ask("start-asynchronous", "user", "jack", "password", Secrets.of("jack"),
                    "port", String.valueOf(smtp.port())));
            assertTrue(application.ask("commit", "user", "jack", "subject", subject).startsWith("true M-"));
            smtp.await(subject, () -> arrived(subject), LONG);
            smtp.await("its outcome", () -> asks(application, "outcomes").equals(subject + " SENT"), LONG);
        }
        guest.undeploy(host);
        assertTrue(host.ask("commit", "user", "jack", "subject", "after it").startsWith("true M-"));
        smtp.await("after it", () -> arrived("after it"), LONG);
    }

    /**
     * Each thread that Payara starts for an asynchronous method of an EJB keeps the application that asked first (its
     * inherited access control context), whatever the method does: here it is the host. There are 16.
     */
    private static void startTheServersThreads() throws IOException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 200 && names.size() < EJB_THREADS; i++) {
            names.addAll(host.run("rest/asynchronous", "thread"));
        }
    }

    @Test
    void nothingIsLeftOfAnApplicationThatCameAndWentTwentyTimes() throws Exception {
        assertEquals(List.of("true", "true"), host.run("servlet", startPail(), "send pail before"));
        startTheServersThreads();
        long threads = count("threads");
        int connections = smtp.connectionsOpen();
        for (int round = 1; round <= ROUNDS; round++) {
            RunningServer guest = host.deploy(guestWar);
            for (String caller : List.of("servlet", "rest/request", "rest/timer", "rest/managed", "rest/plain")) {
                assertEquals(List.of("true", "hill", "true", "true"),
                        guest.run(caller, startPail(), "compose hill", "send-composed pail", "set-timeout 7"));
            }
            assertEquals("true", guest.ask("start-asynchronous", "user", "jack", "password", Secrets.of("jack"),
                    "port", String.valueOf(smtp.port())));
            String subject = "round " + round + " of guests";
            assertTrue(guest.ask("commit", "user", "jack", "subject", subject).startsWith("true M-"));
            smtp.await(subject, () -> arrived(subject), LONG);
            guest.undeploy(host);
            smtp.await("no more than " + connections + " connections", () -> smtp.connectionsOpen() <= connections,
                    LONG);
            smtp.await("no more than " + threads + " threads", () -> count("threads") <= threads, LONG);
        }
        smtp.await("no more than " + REMEMBERED + " of " + ROUNDS + " class loaders",
                () -> count("loaders", "application", "guest") <= REMEMBERED, LONG);
    }
}
