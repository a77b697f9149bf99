package dev.mailroom.spool.drain;

import dev.mailroom.testing.CountingSink;
import dev.mailroom.testing.SinkSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The heap in use while many pending mails of 1 KiB are drained to the end. Argument: mails (100000). */
public final class PendingMeasurement {
    private static final int LOOKS = 8;

    private PendingMeasurement() {
    }

    /** Prints one line: the mails sent, and the most heap in use after a collection, in kB. */
    public static void main(String[] arguments) throws Exception {
        int mails = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        try (var database = MeasuredDatabase.embedded();
                var stack = new DrainStack(database.source(), SpoolListener.NONE);
                var sink = CountingSink.start(SinkSettings.ALL)) {
            stack.open("ann", sink.port());
            SpoolRuns.share(SpoolRuns.CALLERS, mails, () -> stack.store.intake().accept(stack.mail("ann",
                    SpoolRuns.CONTENT)));
            long most = used();
            stack.drain(Duration.ofSeconds(2));
            for (int part = 1; part <= LOOKS; part++) {
                long wanted = (long) mails * part / LOOKS;
                while (sink.counts().mails() < wanted) {
                    LockSupport.parkNanos(1_000_000);
                }
                most = Math.max(most, used());
            }
            System.out.println(sink.counts().mails() + " " + most);
        }
        System.exit(0);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1024;
    }

    /** The same in a process with a heap of 128 MB: the most heap in use, in MB. Fails unless every mail was sent. */
    static double inSmallHeap(int mails) throws IOException {
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m", "-cp", System.getProperty("java.class.path"), PendingMeasurement.class.getName(),
                Integer.toString(mails))).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            if (line == null || Long.parseLong(line.split(" ")[0]) != mails) {
                throw new IOException("of " + mails + " mails were sent: " + line);
            }
            // It deletes its database first.
            process.waitFor(1, TimeUnit.MINUTES);
            return Long.parseLong(line.split(" ")[1]) / 1024.0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
        }
    }
}
