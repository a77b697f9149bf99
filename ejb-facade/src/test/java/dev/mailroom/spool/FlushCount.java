package dev.mailroom.spool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Counts with {@code strace} how often a process, and those it starts meanwhile, flush files to the disk. */
final class FlushCount {
    private FlushCount() {
    }

    /** Whether strace is there. */
    static boolean possible() {
        return Files.isExecutable(Path.of("/usr/bin/strace"));
    }

    /** A database server's processes for its connections: followed too. Our own are left alone. */
    private static Stream<ProcessHandle> children(ProcessHandle process) {
        return process.pid() == ProcessHandle.current().pid() ? Stream.empty() : process.children();
    }

    /** The flushes while the work is done. */
    static long during(long pid, Callable<?> work) throws Exception {
        Path trace = Files.createTempFile("flushes", ".trace");
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/strace", "-f", "-e", "trace=fsync,fdatasync,msync", "-o", trace.toString()));
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        Stream.concat(Stream.of(process), children(process))
                .forEach(one -> command.addAll(List.of("-p", Long.toString(one.pid()))));
        Process strace = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var said = new BufferedReader(new InputStreamReader(strace.getInputStream()))) {
            String line = said.readLine();
            while (line != null && !line.contains("attached")) {
                line = said.readLine();
            }
            if (line == null) {
                throw new IOException("strace may not trace process " + pid);
            }
            work.call();
        } finally {
            strace.destroy();
            strace.waitFor(10, TimeUnit.SECONDS);
        }
        try (var lines = Files.lines(trace)) {
            return lines.filter(line -> line.matches("\\d+ +(fsync|fdatasync|msync)\\(.*")).count();
        } finally {
            Files.delete(trace);
        }
    }
}
