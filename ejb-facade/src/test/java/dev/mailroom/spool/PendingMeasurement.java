package dev.mailroom.spool;

import dev.mailroom.testing.CountingSink;
import dev.mailroom.testing.SinkSettings;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** The heap in use while many pending mails are drained to the end. Argument: mails (100000). */
public final class PendingMeasurement {
    private PendingMeasurement() {
    }

    /** Prints a Markdown table. */
    public static void main(String[] arguments) throws Exception {
        int mails = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        try (var database = MeasuredDatabase.embedded();
                var stack = new DrainStack(database.source(), SpoolListener.NONE);
                var sink = CountingSink.start(SinkSettings.ALL)) {
            stack.open("ann", sink.port());
            System.out.println("| pending | sent | heap in use after a collection |\n| --- | --- | --- |");
            print(0, 0);
            stack.spool("ann", mails, Spooling.CONTENT);
            print(mails, 0);
            long begin = System.nanoTime();
            stack.drain(Duration.ofSeconds(2));
            for (int part = 1; part <= 4; part++) {
                long wanted = (long) mails * part / 4;
                while (sink.counts().mails() < wanted) {
                    LockSupport.parkNanos(1_000_000);
                }
                long sent = sink.counts().mails();
                print(mails - sent, sent);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(Locale.ROOT, "%n%d mails in %.1f s, %.0f/s; heap at most %d MiB%n", mails, seconds,
                    mails / seconds, Runtime.getRuntime().maxMemory() >> 20);
        }
    }

    private static void print(long pending, long sent) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(Locale.ROOT, "| %d | %d | %d kB |%n",
                pending, sent, (runtime.totalMemory() - runtime.freeMemory()) / 1024);
    }
}
