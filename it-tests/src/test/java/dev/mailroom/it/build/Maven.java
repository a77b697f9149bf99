package dev.mailroom.it.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A build in a folder of its own, by the Maven that runs the tests. */
final class Maven {
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private Maven() {
    }

    /** Runs it to its end; whatever it prints is in the message when it fails. */
    static void run(Path project, List<String> arguments) throws IOException, InterruptedException {
        Path output = project.resolve("maven.log");
        List<String> command = new ArrayList<>(List.of(System.getProperty("it.maven"), "-B", "-ntp"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // The outer build's options are not this one's.
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(command + " failed:\n" + Files.readString(output));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
