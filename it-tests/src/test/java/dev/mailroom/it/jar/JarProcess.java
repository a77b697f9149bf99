package dev.mailroom.it.jar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code java -jar mailroom.jar} in a folder of its own; everything it prints is in one file. */
final class JarProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String LAST_LINE = "Stop with Ctrl+C.";

    private final Process process;
    private final Path folder;
    private final Path output;

    private JarProcess(Process process, Path folder, Path output) {
        this.process = process;
        this.folder = folder;
        this.output = output;
    }

    /**
     * Starts the runnable jar below {@code root}, with {@code work} as working directory and {@code temp} for temporary
     * files.
     */
    static JarProcess start(Path root, List<String> properties, String... arguments) {
        return start(Path.of(System.getProperty("mailroom.jar")), root, properties, arguments);
    }

    /** The same of another jar. */
    static JarProcess start(Path jar, Path root, List<String> properties, String... arguments) {
        try {
            Path work = Files.createDirectories(root.resolve("work"));
            Path temp = Files.createDirectories(root.resolve("temp"));
            Path output = root.resolve("output.txt");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", "-Djava.io.tmpdir=" + temp));
            // Whoever wants to read the development mailbox chooses ports of his own.
            command.addAll(List.of("-Dmailroom.console.mailbox-pop3-port=off",
                    "-Dmailroom.console.mailbox-imap-port=off"));
            command.addAll(properties);
            command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
            command.addAll(Arrays.asList(arguments));
            Process process = new ProcessBuilder(command).directory(work.toFile())
                    .redirectErrorStream(true).redirectOutput(output.toFile()).start();
            return new JarProcess(process, root, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it printed so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end of the banner and returns everything printed until there. */
    String awaitBanner() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!output().contains(LAST_LINE)) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new AssertionError("no banner, but:\n" + output());
            }
        }
        return output();
    }

    /** Waits for it to end by itself. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running:\n" + output());
        }
        return process.exitValue();
    }

    /** Names of what it left in a folder below the root. */
    List<String> left(String name) throws IOException {
        try (var files = Files.list(folder.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Asks it to stop, as Ctrl+C does. */
    void stop() {
        process.destroy();
    }

    /** Kills it where it is still running, and waits until the system knows. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
