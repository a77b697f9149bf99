package dev.mailroom.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Which cores a process may run on, by {@code taskset}; where that is missing, any. */
public final class Cores {
    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    private Cores() {
    }

    /** Whether processes can be bound to cores here. */
    public static boolean bindable() {
        return Files.isExecutable(TASKSET);
    }

    /** What to put before a command so that it runs where the scenario allows; may be empty. */
    public static List<String> prefix(Scenario scenario) {
        return bindable() && scenario.onOneCore() ? List.of(TASKSET.toString(), "-c", "0") : List.of();
    }

    /** Moves a running process with all its threads to where the scenario allows. */
    public static void bind(long pid, Scenario scenario) throws IOException {
        if (!bindable()) {
            return;
        }
        int last = Runtime.getRuntime().availableProcessors() - 1;
        Process taskset = new ProcessBuilder(TASKSET.toString(), "-acp", scenario.onOneCore() ? "0" : "0-" + last,
                Long.toString(pid)).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            if (!taskset.waitFor(10, TimeUnit.SECONDS)) {
                taskset.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a process was bound to its cores", e);
        }
    }
}
