package dev.mailroom.spool;

import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.SmtpSession;
import dev.mailroom.testing.CountingSink;
import dev.mailroom.testing.SinkSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What the spool does without a container, as Markdown tables: mails accepted a second (each a transaction, on the disk
 * when it returns) by 1, 8 and 32 callers; mails drained a second over the real pool and wire, beside two threads that
 * send the same mails synchronously; from commit to 250 for a lone mail; and accepted mails per flush of a file.
 * Arguments: milliseconds a round (2000), mails drained (5000).
 */
public final class SpoolMeasurement {
    private static final int[] CALLERS = {1, 8, 32};
    private static final String USER = "ann";

    private final long millis;
    private final int mails;
    private final boolean flushes;

    /** @param flushes whether flushes are counted; needs strace */
    SpoolMeasurement(long millis, int mails, boolean flushes) {
        this.millis = millis;
        this.mails = mails;
        this.flushes = flushes;
    }

    /** Prints the tables. */
    public static void main(String[] arguments) throws Exception {
        long millis = arguments.length > 0 ? Long.parseLong(arguments[0]) : 2000;
        int mails = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5000;
        var measurement = new SpoolMeasurement(millis, mails, FlushCount.possible());
        System.out.println(heading());
        for (int octets : new int[] {1024, 100 * 1024}) {
            System.out.println(measurement.row("embedded", MeasuredDatabase::embedded, octets));
            System.out.println(measurement.row("PostgreSQL", MeasuredDatabase::postgresql, octets));
        }
        try (var database = MeasuredDatabase.postgresql()) {
            measurement.sending(database, content(1024), mails);
            System.out.println("\nPostgreSQL remembers a sent mail in " + database.bytesAMail()
                    + " bytes, indexes included.");
        }
        if (!FlushCount.possible()) {
            System.out.println("strace is not installed: flushes were not counted.");
        }
    }

    static String heading() {
        return "| database, mail | accepted/s by 1, 8, 32 callers | mails a flush by the same"
                + " | drained/s | synchronous/s | commit to 250: median, p99 |\n"
                + "| --- | --- | --- | --- | --- | --- |";
    }

    /** Measures one kind of database, always a fresh one, with mails of that size. */
    String row(String name, MeasuredDatabase.Opening fresh, int octets) throws Exception {
        MailData content = content(octets);
        List<String> accepted = new ArrayList<>();
        List<String> perFlush = new ArrayList<>();
        for (int callers : CALLERS) {
            try (var database = fresh.open(); var stack = new DrainStack(database.source(), SpoolListener.NONE);
                    var sink = CountingSink.start(SinkSettings.ALL)) {
                stack.open(USER, sink.port());
                accept(stack, content, callers, millis / 2);
                accepted.add(whole(accept(stack, content, callers, millis) * 1000.0 / millis));
                perFlush.add(flushes ? perFlush(database, stack, content, callers) : "-");
            }
        }
        try (var database = fresh.open()) {
            return String.format(Locale.ROOT, "| %s, %d KiB | %s | %s | %s |", name, octets / 1024,
                    String.join(", ", accepted), String.join(", ", perFlush),
                    sending(database, content, Math.max(20, octets > 10_000 ? mails / 10 : mails)));
        }
    }

    private String sending(MeasuredDatabase database, MailData content, int count) throws Exception {
        try (var stack = new DrainStack(database.source(), SpoolListener.NONE);
                var sink = CountingSink.start(SinkSettings.ALL)) {
            SmtpSession session = stack.open(USER, sink.port());
            synchronously(session, content, count);
            double synchronous = synchronously(session, content, count);
            stack.spool(USER, count, content);
            double drained = drained(stack, sink, count);
            double[] wait = latency(stack, sink, content);
            return String.format(Locale.ROOT, "%s | %s | %.1f ms, %.1f ms",
                    whole(drained), whole(synchronous), wait[0], wait[1]);
        }
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%.0f", number);
    }

    private static MailData content(int octets) {
        String line = "Fetch a pail of water, and mind the hill on the way home again.\r\n";
        String text = "Subject: the hill\r\n\r\n" + line.repeat(octets / line.length() + 1);
        return MailData.of((text.substring(0, octets - 2) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static long accept(DrainStack stack, MailData content, int callers, long millis) throws Exception {
        AtomicLong accepted = new AtomicLong();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        run(callers, () -> {
            do {
                stack.store.insert(stack.mail(USER, content));
                accepted.incrementAndGet();
            } while (System.nanoTime() < end);
            return null;
        });
        return accepted.get();
    }

    private String perFlush(MeasuredDatabase database, DrainStack stack, MailData content, int callers)
            throws Exception {
        long[] accepted = new long[1];
        long count = FlushCount.during(database.pid(), () -> accepted[0] = accept(stack, content, callers, millis));
        return count == 0 ? "-" : String.format(Locale.ROOT, "%.1f", (double) accepted[0] / count);
    }

    private static double synchronously(SmtpSession session, MailData content, int mails) throws Exception {
        var mail = new Mail(Envelope.of("sender@example.org", List.of("a@x.org")), content);
        AtomicLong left = new AtomicLong(mails);
        long begin = System.nanoTime();
        run(DrainSettings.DEFAULTS.maxPerQueue(), () -> {
            while (left.getAndDecrement() > 0) {
                session.send(mail);
            }
            return null;
        });
        return mails * 1e9 / (System.nanoTime() - begin);
    }

    private static double drained(DrainStack stack, CountingSink sink, int mails) throws Exception {
        long end = sink.counts().mails() + mails;
        long begin = System.nanoTime();
        stack.drain(Duration.ofMillis(200));
        await(sink, end);
        return mails * 1e9 / (System.nanoTime() - begin);
    }

    /** Median and 99th percentile, in ms. */
    private double[] latency(DrainStack stack, CountingSink sink, MailData content) throws Exception {
        double[] times = new double[Math.min(500, mails)];
        for (int mail = 0; mail < times.length; mail++) {
            long sent = sink.counts().mails();
            stack.store.insert(stack.mail(USER, content));
            long committed = System.nanoTime();
            stack.ready(USER);
            await(sink, sent + 1);
            times[mail] = (System.nanoTime() - committed) / 1e6;
        }
        Arrays.sort(times);
        return new double[] {times[times.length / 2], times[times.length * 99 / 100]};
    }

    private static void await(CountingSink sink, long mails) {
        while (sink.counts().mails() < mails) {
            LockSupport.parkNanos(20_000);
        }
    }

    private static void run(int threads, Callable<?> task) throws Exception {
        var executor = Executors.newFixedThreadPool(threads);
        List<Callable<Object>> tasks = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            tasks.add(task::call);
        }
        for (var result : executor.invokeAll(tasks)) {
            result.get();
        }
        executor.shutdown();
    }
}
