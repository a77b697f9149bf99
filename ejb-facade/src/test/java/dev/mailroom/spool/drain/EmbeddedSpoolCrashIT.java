package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.testing.ReceivedMail;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.TestCertificates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments, again and again: what was acknowledged arrives. {@code SpoolCrashIT} in it-tests
 * does the same, less often, to a server with an application.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class EmbeddedSpoolCrashIT {
    private static final int ROUNDS = Integer.getInteger("mailroom.it.crash-rounds", 20);
    private static final int MAILS = 500;
    private static final int KILLED = 128 + 9;
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path directory;
    private final Map<String, Long> accepted = new HashMap<>();

    private Process program(ScriptedSmtpServer smtp, InDoubt inDoubt, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", TestCertificates.get().jvmArgument(),
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SpoolProgram.class.getName(), directory.resolve("spool").toString(), String.valueOf(smtp.port()),
                inDoubt.name()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    private void crash(ScriptedSmtpServer smtp, InDoubt inDoubt, int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            int before = accepted.size();
            int end = before + ThreadLocalRandom.current().nextInt(MAILS);
            Process process = program(smtp, inDoubt, String.valueOf(MAILS), "r" + round + "-");
            try (BufferedReader output = output(process)) {
                String line = output.readLine();
                while (line != null) {
                    // The last one may be cut: then nobody was told.
                    if (line.matches("\\S+@example\\.org \\d+")) {
                        accepted.put(line.split(" ")[0], Long.valueOf(line.split(" ")[1]));
                    }
                    if (accepted.size() > end) {
                        // Not Process.destroyForcibly, which closes the output with what was acknowledged.
                        process.toHandle().destroyForcibly();
                    }
                    line = output.readLine();
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertEquals(KILLED, process.exitValue(), "it has ended by itself");
            assertTrue(accepted.size() > before, "nothing was accepted in round " + round);
        }
    }

    private static Map<String, Integer> received(ScriptedSmtpServer smtp) {
        return smtp.mails().stream().map(ReceivedMail::recipientPaths)
                .collect(Collectors.toMap(paths -> paths.get(0), paths -> 1, Integer::sum, TreeMap::new));
    }

    private static SpoolState ask(Process process, BufferedReader answers, long id) throws IOException {
        process.getOutputStream().write((id + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        return SpoolState.valueOf(answers.readLine());
    }

    @Test
    void whatWasAcknowledgedArrivesWheneverTheProcessIsKilled() throws Exception {
        try (var smtp = ScriptedSmtpServer.builder().start()) {
            crash(smtp, InDoubt.RESEND, ROUNDS);
            Process last = program(smtp, InDoubt.RESEND);
            try {
                smtp.await("every acknowledged mail",
                        () -> received(smtp).keySet().containsAll(accepted.keySet()), LONG);
                last.getOutputStream().close();
                assertTrue(last.waitFor(LONG.toSeconds(), TimeUnit.SECONDS), "it does not end");
                assertEquals(0, last.exitValue());
            } finally {
                last.destroyForcibly();
            }
            int twice = received(smtp).values().stream().mapToInt(times -> times - 1).sum();
            System.out.printf("embedded spool: %d kills, %d mails acknowledged, all arrived, %d arrived twice%n",
                    ROUNDS, accepted.size(), twice);
            assertTrue(twice <= ROUNDS * 2 * SpoolProgram.BATCH * SpoolProgram.CONNECTIONS,
                    "more than were in flight: " + twice);
        }
    }

    @Test
    void withHoldNothingArrivesTwiceAndWhatDidNotArriveIsHeld() throws Exception {
        int rounds = Math.max(1, ROUNDS / 4);
        try (var smtp = ScriptedSmtpServer.builder().start()) {
            crash(smtp, InDoubt.HOLD, rounds);
            int held = 0;
            Process last = program(smtp, InDoubt.HOLD);
            try (BufferedReader answers = output(last)) {
                for (var mail : accepted.entrySet()) {
                    SpoolState state = awaitEnd(last, answers, mail.getValue());
                    held += state == SpoolState.IN_DOUBT ? 1 : 0;
                    assertTrue(Set.of(SpoolState.SENT, SpoolState.IN_DOUBT).contains(state), state + ": " + mail);
                    assertTrue(state != SpoolState.SENT || received(smtp).containsKey(mail.getKey()),
                            "sent, but not here: " + mail);
                }
            } finally {
                last.destroyForcibly();
            }
            assertEquals(Set.of(1), Set.copyOf(received(smtp).values()));
            System.out.printf("embedded spool with hold: %d kills, %d mails acknowledged, none twice, %d held%n",
                    rounds, accepted.size(), held);
        }
    }

    private static SpoolState awaitEnd(Process process, BufferedReader answers, long id) throws IOException {
        long end = System.nanoTime() + LONG.toNanos();
        SpoolState state = ask(process, answers, id);
        while (state.open() && System.nanoTime() < end) {
            Thread.onSpinWait();
            state = ask(process, answers, id);
        }
        return state;
    }
}
