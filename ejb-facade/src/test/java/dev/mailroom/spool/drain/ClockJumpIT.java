package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.MovableClock;
import dev.mailroom.testing.PrivatePostgres;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.TestCertificates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The clock of a running machine is set to another time. */
@Timeout(value = 40, unit = TimeUnit.MINUTES)
@Execution(ExecutionMode.CONCURRENT)
final class ClockJumpIT {
    private static final int MAILS = 58;
    /** No connection that has not answered one of them may answer the next. */
    private static final Set<Step> MAIL = Set.of(Step.MAIL, Step.RCPT, Step.DATA, Step.BDAT, Step.FINAL_DOT);
    private static final Duration LONG = Duration.ofMinutes(15);

    @TempDir
    private Path directory;

    private Process program(Map<String, String> environment, String database, ScriptedSmtpServer smtp, String... more)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", TestCertificates.get().jvmArgument(),
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SpoolProgram.class.getName(), database, String.valueOf(smtp.port()), InDoubt.RESEND.name()));
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command).redirectError(
                ProcessBuilder.Redirect.appendTo(directory.resolve("errors.txt").toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void awaitAccepted(Process process) throws IOException {
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        for (int mail = 0; mail < MAILS; mail++) {
            if (output.readLine() == null) {
                throw new AssertionError("the program has ended");
            }
        }
    }

    private void awaitNoticed(ScriptedSmtpServer smtp, String how) {
        smtp.await("the clock was set " + how, () -> {
            try {
                return Files.readString(directory.resolve("errors.txt")).contains("was set " + how);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }, LONG);
    }

    private static void assertEachArrived(ScriptedSmtpServer smtp) {
        smtp.await("every mail", () -> smtp.mails().stream().map(mail -> mail.recipientPaths().get(0))
                .collect(Collectors.toSet()).size() == MAILS, LONG);
    }

    @Test
    void retriesGoOnAndNoMailIsGivenUp() throws Exception {
        var clock = MovableClock.inOrSkip(directory);
        var refusing = new AtomicBoolean(true);
        var refused = new AtomicInteger();
        try (var smtp = ScriptedSmtpServer.builder().script(occasion -> {
            if (occasion.step() != Step.RCPT || !refusing.get()) {
                return Optional.empty();
            }
            refused.incrementAndGet();
            return Optional.of(Action.reply("451 4.2.1 Later"));
        }).start()) {
            Process process = program(clock.environment(), directory.resolve("spool").toString(), smtp,
                    String.valueOf(MAILS), "m");
            try {
                awaitAccepted(process);
                smtp.await("each was refused once", () -> refused.get() >= MAILS, LONG);
                clock.set("-1d");
                awaitNoticed(smtp, "back");
                smtp.await("each was tried again", () -> refused.get() >= 2 * MAILS, LONG);
                clock.set("+3d");
                awaitNoticed(smtp, "forward");
                int before = refused.get();
                smtp.await("tried and refused", () -> refused.get() > before, LONG);
                refusing.set(false);
                assertEachArrived(smtp);
                assertEquals(MAILS, smtp.mailCount());
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void aServerTakesOverWhatADeadOneLeftInADatabaseWhoseClockWasSetBack() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        var clock = MovableClock.inOrSkip(directory);
        var lastSilent = new AtomicInteger(Integer.MAX_VALUE);
        var reached = new AtomicBoolean();
        try (PrivatePostgres database = PrivatePostgres.startOrSkip(clock.environment());
                var smtp = ScriptedSmtpServer.builder().script(occasion -> {
                    if (!MAIL.contains(occasion.step()) || occasion.connection() > lastSilent.get()) {
                        return Optional.empty();
                    }
                    reached.set(true);
                    return Optional.of(Action.nothing());
                }).start()) {
            Process dying = program(Map.of(), database.url(), smtp, String.valueOf(MAILS), "m");
            Process other = program(Map.of(), database.url(), smtp);
            try {
                awaitAccepted(dying);
                smtp.await("a mail is under way", reached::get, LONG);
                clock.set("-1d");
                awaitNoticed(smtp, "back");
                dying.destroyForcibly().waitFor();
                lastSilent.set(smtp.connectionsOpened());
                smtp.dropAll();
                assertEachArrived(smtp);
            } finally {
                dying.destroyForcibly().waitFor();
                other.destroyForcibly().waitFor();
            }
        }
    }
}
