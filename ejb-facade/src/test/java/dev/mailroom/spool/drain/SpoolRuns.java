package dev.mailroom.spool.drain;

import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.SmtpSession;
import dev.mailroom.spool.DrainSettings;
import dev.mailroom.spool.RetentionSettings;
import dev.mailroom.spool.RetrySettings;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.Spooling;
import dev.mailroom.testing.CountingSink;
import dev.mailroom.testing.DelayRelay;
import dev.mailroom.testing.SinkSettings;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** What is measured of the spool, each by one method. */
final class SpoolRuns {
    static final int CALLERS = 32;
    static final MailData CONTENT = content(1024);
    static final Duration FAR = Duration.ofMillis(20);
    private static final String USER = "ann";
    private static final Duration SWEEP = Duration.ofSeconds(2);

    private SpoolRuns() {
    }

    /**
     * One run of a database.
     *
     * @param accepted mails a second
     * @param drained mails a second
     * @param stream of the same mails, sent synchronously in one {@code sendAll}, a second
     * @param statements a drained mail, commits included
     * @param cpu of our threads for a drained mail, in µs
     */
    record Run(double accepted, double drained, double stream, double statements, double cpu) {
    }

    /** Where a lone mail's time goes, in ms: medians. */
    record Latency(double commitTo250, double flush, double roundTrip) {
    }

    /** Accepts that many mails by 32 callers, then drains them; says where the drain's time went. */
    static Run run(MeasuredDatabase database, int mails, DrainProfile profile) throws Exception {
        try (var sink = CountingSink.start(SinkSettings.ALL)) {
            var counted = new CountedStatements(database.source());
            try (var stack = new DrainStack(counted.source(), SpoolListener.NONE, limited())) {
                SmtpSession session = stack.open(USER, sink.port());
                stream(session, mails);
                double stream = stream(session, mails);
                double accepted = rate(mails, () -> accept(stack, mails));
                long before = counted.count();
                long cpu = stack.cpuNanos();
                long wanted = sink.counts().mails() + mails;
                profile.resume();
                double drained = rate(mails, () -> drained(stack, sink, wanted));
                profile.pause();
                return new Run(accepted, drained, stream, (counted.count() - before) / (double) mails,
                        (stack.cpuNanos() - cpu) / 1e3 / mails);
            }
        }
    }

    /**
     * Mails that are accepted and sent at the same time.
     *
     * @param rate mails a second, from the first caller to the last one's arrival
     * @param statements a mail, those of its acceptance included
     * @param cpu of the drain's threads for a mail, in µs
     * @param database of the database's processes for a mail, in µs; 0 = it is in this one
     */
    record Live(double rate, double statements, double cpu, double database) {
    }

    /** Accepts mails by 32 callers and sends them meanwhile: from memory, or as the table has them. */
    static Live live(MeasuredDatabase database, int mails, boolean fromMemory) throws Exception {
        try (var sink = CountingSink.start(SinkSettings.ALL)) {
            var counted = new CountedStatements(database.source());
            try (var stack = new DrainStack(counted.source(), SpoolListener.NONE, limited())) {
                stream(stack.open(USER, sink.port()), CALLERS);
                long before = sink.counts().mails() + 1;
                stack.accept(USER, stack.mail(USER, CONTENT));
                stack.drain(SWEEP);
                await(sink, before);
                long statements = counted.count();
                long cpu = stack.cpuNanos();
                long elsewhere = database.cpuNanos();
                double rate = rate(mails, () -> {
                    share(CALLERS, mails, () -> accept(stack, fromMemory));
                    await(sink, before + mails);
                    return null;
                });
                return new Live(rate, (counted.count() - statements) / (double) mails,
                        (stack.cpuNanos() - cpu) / 1e3 / mails, (database.cpuNanos() - elsewhere) / 1e3 / mails);
            }
        }
    }

    private static Object accept(DrainStack stack, boolean fromMemory) throws Exception {
        if (fromMemory) {
            return stack.accept(USER, stack.mail(USER, CONTENT));
        }
        stack.store.intake().accept(stack.mail(USER, CONTENT));
        stack.ready(USER);
        return stack;
    }

    /** Mails a second that so many servers drain together from one database, and CPU a mail, the database too. */
    static double[] servers(MeasuredDatabase database, int mails, int servers) throws Exception {
        List<DrainStack> stacks = new ArrayList<>();
        try (var sink = CountingSink.start(SinkSettings.ALL)) {
            for (int server = 0; server < servers; server++) {
                var stack = new DrainStack(database.source(), SpoolListener.NONE, limited(), "server" + server,
                        false);
                stacks.add(stack);
                stack.open(USER, sink.port());
            }
            accept(stacks.get(0), mails);
            long before = database.cpuNanos();
            double rate = rate(mails, () -> {
                stacks.forEach(stack -> stack.drain(SWEEP));
                await(sink, mails);
                return null;
            });
            long cpu = database.cpuNanos() - before + stacks.stream().mapToLong(DrainStack::cpuNanos).sum();
            return new double[] {rate, cpu / 1e3 / mails};
        } finally {
            stacks.forEach(DrainStack::close);
        }
    }

    /** One connection at 20 ms: mails a second drained, and mails a second in one {@code sendAll}. */
    static double[] far(int mails) throws Exception {
        try (var database = MeasuredDatabase.embedded(); var sink = CountingSink.start(SinkSettings.ALL);
                var relay = DelayRelay.to(sink.port(), FAR.dividedBy(2));
                var stack = new DrainStack(database.source(), SpoolListener.NONE, oneConnection())) {
            SmtpSession session = stack.open(USER, relay.port());
            stream(session, mails / 10);
            double stream = stream(session, mails);
            accept(stack, mails);
            long wanted = sink.counts().mails() + mails;
            return new double[] {rate(mails, () -> drained(stack, sink, wanted)), stream};
        }
    }

    /** Lone mails through an idle spool. */
    static Latency latency(MeasuredDatabase database, int mails) throws Exception {
        try (var sink = CountingSink.start(SinkSettings.ALL);
                var stack = new DrainStack(database.source(), SpoolListener.NONE, limited())) {
            SmtpSession session = stack.open(USER, sink.port());
            stack.drain(SWEEP);
            double[] through = new double[mails];
            double[] flush = new double[mails];
            double[] roundTrip = new double[mails];
            var mail = new Mail(envelope(), CONTENT);
            try (var connection = database.source().getConnection(); var statement = connection.createStatement()) {
                statement.execute("create table measured (number integer)");
                statement.execute("insert into measured values (0)");
                connection.setAutoCommit(false);
                for (int number = 0; number < mails; number++) {
                    long sent = sink.counts().mails() + 1;
                    Acceptance acceptance = stack.begin(USER, stack.mail(USER, CONTENT));
                    acceptance.store();
                    through[number] = millis(() -> {
                        acceptance.committed();
                        await(sink, sent);
                        return null;
                    });
                    statement.executeUpdate("update measured set number = number + 1");
                    flush[number] = millis(() -> {
                        connection.commit();
                        return null;
                    });
                    roundTrip[number] = millis(() -> session.send(mail));
                }
                connection.setAutoCommit(true);
            }
            return new Latency(median(through), median(flush), median(roundTrip));
        }
    }

    /** Fills the table with mails that were sent and are remembered for a day more. */
    static void remember(MeasuredDatabase database, int mails) throws SQLException {
        try (var connection = database.source().getConnection(); var statement = connection.createStatement()) {
            boolean embedded = connection.getMetaData().getDatabaseProductName().equals("H2");
            String now = "cast(" + System.currentTimeMillis() + " as bigint)";
            statement.execute("insert into mailroom_mail (queue_key, caller, message_id, state, due_at, accepted_at,"
                    + " finished_at, keep_until, attempts, lease, envelope, size, eight_bit, reply, error)"
                    + " select '" + SpoolQueue.of("app", USER).key() + "', 'app', 'id@x.org', 'SENT', " + now
                    + ", " + now + ", " + now + ", " + now + " + 86400000, 1, '', 'sender@example.org', 1024, false,"
                    + " '250 ok', ''"
                    + " from " + (embedded ? "system_range" : "generate_series") + "(1, " + mails + ")");
            if (!embedded) {
                statement.execute("vacuum analyze mailroom_mail");
            }
        }
    }

    static MailData content(int octets) {
        String line = "Fetch a pail of water, and mind the hill on the way home again.\r\n";
        String text = "Subject: the hill\r\n\r\n" + line.repeat(octets / line.length() + 1);
        return MailData.of((text.substring(0, octets - 2) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    static Envelope envelope() {
        return Envelope.of("sender@example.org", List.of("a@x.org"));
    }

    /** Waits until that many mails are there, without waiting for the clock's next tick. */
    static void await(CountingSink sink, long mails) {
        while (sink.counts().mails() < mails) {
            LockSupport.parkNanos(20_000);
        }
    }

    /** Does the same so many times, by so many threads. */
    static void share(int threads, int count, Callable<?> one) throws Exception {
        AtomicLong left = new AtomicLong(count);
        var executor = Executors.newFixedThreadPool(threads);
        List<Callable<Object>> tasks = Collections.nCopies(threads, () -> {
            while (left.getAndDecrement() > 0) {
                one.call();
            }
            return null;
        });
        try {
            for (var result : executor.invokeAll(tasks)) {
                result.get();
            }
        } finally {
            executor.shutdown();
        }
    }

    static double rate(int mails, Callable<?> work) throws Exception {
        return mails * 1000 / millis(work);
    }

    private static double millis(Callable<?> work) throws Exception {
        long begin = System.nanoTime();
        work.call();
        return (System.nanoTime() - begin) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Object accept(DrainStack stack, int mails) throws Exception {
        share(CALLERS, mails, () -> stack.store.intake().accept(stack.mail(USER, CONTENT)));
        return null;
    }

    private static Object drained(DrainStack stack, CountingSink sink, long wanted) {
        stack.drain(SWEEP);
        await(sink, wanted);
        return null;
    }

    private static double stream(SmtpSession session, int mails) throws Exception {
        List<Mail> all = Collections.nCopies(mails, new Mail(envelope(), CONTENT));
        return rate(mails, () -> {
            session.sendAll(all.iterator(), (any, outcome) -> { });
            return null;
        });
    }

    /** With limits, as every spool has them: so they are counted, too. */
    private static SpoolSettings limited() {
        return Spooling.limited(50_000_000, 1L << 40);
    }

    private static SpoolSettings oneConnection() {
        DrainSettings usual = DrainSettings.DEFAULTS;
        return Spooling.settings(0, 0, RetrySettings.DEFAULTS, RetentionSettings.DEFAULTS, new DrainSettings(
                usual.maxParallel(), 1, usual.batch(), usual.lease(), usual.sweep(), usual.grace()));
    }
}
