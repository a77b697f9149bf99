package dev.mailroom.benchmark.run;

import dev.mailroom.benchmark.BenchmarkMails;
import dev.mailroom.benchmark.Contender;
import dev.mailroom.benchmark.Cores;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;
import dev.mailroom.benchmark.Work;
import dev.mailroom.benchmark.report.Results;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Postfix's load generator, written in C: one process for each call, which connects, sends ready bytes, one command
 * for each round trip, and ends.
 */
final class SmtpSource implements Contender {
    /** Where Debian installs it. */
    static final Path PROGRAM = Path.of("/usr/sbin/smtp-source");

    private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");
    private static final int LONGEST_SECONDS = 40;

    private Scenario scenario;
    private Target target;
    private Process process;

    @Override
    public String name() {
        return Results.IN_C;
    }

    @Override
    public String settings() {
        return "-d: connections are kept; starting the process and connecting is part of its time";
    }

    @Override
    public boolean can(Scenario wanted) {
        return Files.isExecutable(PROGRAM) && wanted.content() == Scenario.Content.READY && !wanted.secure();
    }

    @Override
    public void open(Scenario wanted, Target where) {
        scenario = wanted;
        target = where;
    }

    @Override
    public Work send(int mails) throws IOException {
        // The shell tells the CPU time of what it has run.
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "\"$@\" || exit; times", "sh"));
        command.addAll(Cores.prefix(scenario));
        command.addAll(List.of(PROGRAM.toString(), "-d", "-s", "" + scenario.senders(), "-m", "" + mails,
                "-l", "" + scenario.size(), "-r", "" + scenario.recipients(), "-f", BenchmarkMails.FROM,
                "-t", BenchmarkMails.to(scenario).get(0), "inet:" + Target.HOST + ":" + target.port()));
        long start = System.nanoTime();
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("smtp-source has not ended after " + LONGEST_SECONDS + " s");
            }
            long nanos = System.nanoTime() - start;
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException("smtp-source: " + said.strip());
            }
            return new Work(mails, nanos, cpuNanos(said), 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            close();
        }
    }

    /** The second line has the user's and the system's time of what the shell has run. */
    private static long cpuNanos(String times) {
        List<MatchResult> found = TIME.matcher(times).results().toList();
        return found.stream().skip(2).mapToLong(time -> Math.round(
                (60 * Integer.parseInt(time.group(1)) + Double.parseDouble(time.group(2))) * 1e9)).sum();
    }

    @Override
    public void shut() {
        // Each call has ended its own connections.
    }

    @Override
    public void close() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process = null;
        }
    }
}
