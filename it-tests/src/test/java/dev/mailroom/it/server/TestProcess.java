package dev.mailroom.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process of a test, which may be killed at any moment. What it prints is in a file. */
public final class TestProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;
    private final Path output;

    private TestProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts it and waits for nothing.
     *
     * @param environment in addition to the test's
     * @param output the file for what it prints
     */
    public static TestProcess start(List<String> command, Map<String, String> environment, Path directory, Path output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new TestProcess(builder.start(), output);
    }

    /** A port on the loopback address that nobody listens on. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits while it runs, and kills it when it ends, or ten minutes have passed, before that is true. */
    public void await(String what, BooleanSupplier reached) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                close();
                throw new AssertionError("not " + what + ":\n" + output());
            }
        }
    }

    /** What it printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Types a line into its console. */
    public void type(String line) throws IOException {
        var console = process.getOutputStream();
        console.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        console.flush();
    }

    /** Whether it has not ended. */
    public boolean runs() {
        return process.isAlive();
    }

    /** Asks it to stop, as Ctrl+C does. */
    public void stop() {
        process.destroy();
    }

    /** Waits for its end, ten minutes at most; its exit code. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running:\n" + output());
        }
        return process.exitValue();
    }

    /** {@code kill -9}, where it is still running; waits until the system knows. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
