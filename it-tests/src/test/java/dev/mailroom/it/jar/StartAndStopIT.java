package dev.mailroom.it.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar and a client that asks all the time, from before it starts until after it has stopped. */
final class StartAndStopIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PASSWORD = "asked-all-the-time";

    @TempDir
    private Path root;

    @Test
    void whoAsksBeforeItIsReadyOrWhileItStopsIsRefusedAndNeverGetsAWrongAnswer() throws Exception {
        int port = RunnableJarIT.freePort();
        var console = new Console("http://127.0.0.1:" + port, "admin:" + PASSWORD);
        var silent = new AtomicBoolean();
        try (var smtp = ScriptedSmtpServer.builder().script(occasion -> {
            boolean whole = occasion.step() == Step.FINAL_DOT || occasion.step() == Step.BDAT;
            silent.compareAndSet(false, whole);
            return whole ? Optional.of(Action.nothing()) : Optional.empty();
        }).start();
                JarProcess jar = JarProcess.start(root, List.of("-Dmailroom.console.password=" + PASSWORD,
                        "-Dmailroom.console.mailbox=off", "-Dmailroom.spool.grace=5s"),
                        "--port", String.valueOf(port));
                Client client = new Client(port)) {
            client.await(client.refused);
            jar.awaitBanner();
            client.await(client.answered);
            assertEquals(201, console.post("/api/sessions", ("{\"username\":\"late\",\"server\":\"127.0.0.1\","
                    + "\"port\":%d,\"asynchronous\":true}").formatted(smtp.port())).status());
            assertEquals(202, console.post("/api/sessions/late/messages", RunnableJarIT.MAIL).status());
            // For the spool's grace the stop waits for an answer to this mail.
            smtp.await("the final dot", silent::get, PATIENCE);
            client.await(client.answered);
            client.refused.set(0);
            jar.stop();
            client.await(client.refused);
            jar.awaitExit();
            client.await(client.refused);
            assertEquals(Set.of("200 application/json"), client.answers, jar.output());
        }
    }

    /** Asks one question after the other, until it is closed. */
    private static final class Client implements AutoCloseable {
        private final Set<String> answers = new ConcurrentSkipListSet<>();
        private final AtomicInteger answered = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private final Console console;
        private final Thread thread = new Thread(this::ask, "asks all the time");
        private volatile boolean ended;

        Client(int port) {
            console = new Console("http://127.0.0.1:" + port, "admin:" + PASSWORD);
            thread.start();
        }

        private void ask() {
            while (!ended) {
                try {
                    Console.Answer answer = console.get("/api/pool");
                    String empty = answer.response().body().isBlank() ? " without a body" : "";
                    answers.add(answer.status() + " " + answer.header("Content-Type").replaceAll(";.*", "") + empty);
                    answered.incrementAndGet();
                } catch (UncheckedIOException e) {
                    // No connection, or one that was closed before there was an answer.
                    refused.incrementAndGet();
                } catch (IllegalStateException e) {
                    // Interrupted: it is to end.
                    return;
                }
                LockSupport.parkNanos(5_000_000);
            }
        }

        /** Until it has happened once more, at least. */
        void await(AtomicInteger happened) {
            int before = happened.get();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (happened.get() == before) {
                assertTrue(System.nanoTime() < end, "answers: " + answers);
                LockSupport.parkNanos(1_000_000);
            }
        }

        @Override
        public void close() {
            ended = true;
            thread.interrupt();
        }
    }
}
