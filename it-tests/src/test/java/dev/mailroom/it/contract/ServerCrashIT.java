package dev.mailroom.it.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments: what was committed arrives, what was rolled back does not. */
@ExtendWith(ContractReport.class)
final class ServerCrashIT {
    private static final int ROUNDS = Integer.getInteger("mailroom.it.crash-rounds", 4);
    private static final int CALLERS = 4;
    /** Transactions a round after which the server is killed, at most. */
    private static final int MOST = 200;
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final SupportedServer SERVER = SupportedServer.asked();

    @TempDir
    private Path directory;
    private final Set<String> committed = new ConcurrentSkipListSet<>();
    private final Set<String> rolledBack = new ConcurrentSkipListSet<>();
    private final AtomicInteger ended = new AtomicInteger();

    private RunningServer start(Path war, ScriptedSmtpServer smtp) throws Exception {
        RunningServer server = RunningServer.start(SERVER, directory, war, Map.of(
                "mailroom.spool.directory", directory.resolve("spool").toString(), "mailroom.spool.sweep", "500ms"));
        assertEquals("true", server.ask("start-asynchronous", "user", "jack", "password", Secrets.of("jack"),
                "port", String.valueOf(smtp.port())));
        return server;
    }

    @Test
    void nothingCommittedIsLostAndNothingRolledBackIsSentWheneverTheServerIsKilled() throws Exception {
        Path war = ServerContractIT.war(directory);
        try (var smtp = ScriptedSmtpServer.builder().user("jack", Secrets.of("jack")).start()) {
            for (int round = 0; round < ROUNDS; round++) {
                try (RunningServer server = start(war, smtp)) {
                    crash(server, round);
                }
            }
            try (RunningServer last = start(war, smtp)) {
                smtp.await("every committed mail", () -> subjects(smtp).containsAll(committed), LONG);
                assertTrue(last.ask("pools").contains("type=Pool"));
            }
            Set<String> sent = subjects(smtp);
            sent.retainAll(rolledBack);
            assertEquals(Set.of(), sent, "rolled back, and sent");
            assertTrue(committed.size() > ROUNDS && rolledBack.size() > ROUNDS, "hardly a transaction");
            System.out.printf("crash test, %s: %d kills, %d mails committed, all arrived; %d rolled back, none sent%n",
                    SERVER.name(), ROUNDS, committed.size(), rolledBack.size());
        }
    }

    private void crash(RunningServer server, int round) throws Exception {
        int until = ended.get() + 1 + ThreadLocalRandom.current().nextInt(MOST);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int caller = 0; caller < CALLERS; caller++) {
            String prefix = "r" + round + "c" + caller + "n";
            callers.execute(() -> send(server, prefix));
        }
        callers.shutdown();
        long end = System.nanoTime() + LONG.toNanos();
        while (ended.get() < until && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        server.kill();
        assertTrue(callers.awaitTermination(LONG.toSeconds(), TimeUnit.SECONDS));
        assertTrue(ended.get() >= until, "the server did not answer:\n" + server.log());
    }

    /** Until the server is gone. */
    private void send(RunningServer server, String prefix) {
        try {
            for (int number = 0;; number++) {
                String subject = prefix + number + "e";
                boolean commit = number % 3 > 0;
                String answer = server.ask(commit ? "commit" : "rollback", "user", "jack", "subject", subject);
                if (!answer.startsWith("true M-")) {
                    throw new AssertionError(subject + ": " + answer + "\n" + server.log());
                }
                (commit ? committed : rolledBack).add(subject);
                ended.incrementAndGet();
            }
        } catch (IOException e) {
            // The server was killed, and nobody knows what became of this one.
        }
    }

    private static Set<String> subjects(ScriptedSmtpServer smtp) {
        Set<String> subjects = new TreeSet<>();
        List.copyOf(smtp.mails()).forEach(mail -> mail.text().lines().filter(line -> line.startsWith("Subject: "))
                .forEach(line -> subjects.add(line.substring(9))));
        return subjects;
    }
}
