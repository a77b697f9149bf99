package dev.mailroom.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A {@link CountingSink} in a JVM of its own, on a CPU of its own if wanted. Thread-safe. */
public final class SinkProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final int port;
    private final Optional<Path> trustStore;

    private SinkProcess(Process process) throws IOException {
        this.process = process;
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String[] first = answer().split(" ", 2);
        port = Integer.parseInt(first[0]);
        trustStore = first[1].equals("-") ? Optional.empty() : Optional.of(Path.of(first[1]));
    }

    /** Starts one wherever the scheduler likes. */
    public static SinkProcess start(SinkSettings settings) {
        return start(List.of(), settings);
    }

    /** Starts one on that CPU only, by {@code taskset}; the first CPU is 0. */
    public static SinkProcess startOnCpu(int cpu, SinkSettings settings) {
        return start(List.of("taskset", "-c", Integer.toString(cpu)), settings);
    }

    private static SinkProcess start(List<String> prefix, SinkSettings settings) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m"));
        if (settings.tls() != SinkSettings.Tls.NONE) {
            command.add(TestCertificates.get().jvmArgument());
        }
        command.addAll(List.of("-cp", classes().toString(), CountingSink.class.getName()));
        command.addAll(settings.arguments());
        try {
            return new SinkProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + String.join(" ", command), e);
        }
    }

    /** The folder or jar that this class came from; the sink needs nothing else. */
    private static Path classes() {
        try {
            return Path.of(SinkProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The PKCS#12 trust store for its certificate, under {@link TestCertificates#password}; empty = it has none. */
    public Optional<Path> trustStore() {
        return trustStore;
    }

    /** Asks the sink for its counts. */
    public synchronized SinkCounts counts() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            return SinkCounts.parse(answer());
        } catch (IOException e) {
            throw new UncheckedIOException("the sink is gone", e);
        }
    }

    /** CPU time the process has used so far, in nanoseconds; 0 where the system does not tell. */
    public long cpuNanos() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the sink ended with an error, see above");
        }
        return line;
    }

    /** Ends the process. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
