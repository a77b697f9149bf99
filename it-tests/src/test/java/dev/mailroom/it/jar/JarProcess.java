package dev.mailroom.it.jar;

import dev.mailroom.it.server.TestProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code java -jar mailroom.jar} in a folder of its own; everything it prints is in one file. */
final class JarProcess implements AutoCloseable {
    private static final String LAST_LINE = "Stop with Ctrl+C.";

    private final TestProcess process;
    private final Path folder;

    private JarProcess(TestProcess process, Path folder) {
        this.process = process;
        this.folder = folder;
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
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", "-Djava.io.tmpdir=" + temp));
            // Whoever wants to read the development mailbox chooses ports of his own.
            command.addAll(List.of("-Dmailroom.console.mailbox-pop3-port=off",
                    "-Dmailroom.console.mailbox-imap-port=off"));
            command.addAll(properties);
            command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
            command.addAll(Arrays.asList(arguments));
            return new JarProcess(
                    TestProcess.start(command, Map.of(), work, root.resolve("output.txt")), root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it printed so far. */
    String output() {
        return process.output();
    }

    /** Waits for the end of the banner and returns everything printed until there. */
    String awaitBanner() throws InterruptedException {
        process.await("ready, there is no banner", () -> output().contains(LAST_LINE));
        return output();
    }

    /** Waits for it to end by itself. */
    int awaitExit() throws InterruptedException {
        return process.awaitExit();
    }

    /** Names of what it left in a folder below the root. */
    List<String> left(String name) throws IOException {
        try (var files = Files.list(folder.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Asks it to stop, as Ctrl+C does. */
    void stop() {
        process.stop();
    }

    /** Kills it where it is still running, and waits until the system knows. */
    @Override
    public void close() {
        process.close();
    }
}
