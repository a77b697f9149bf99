package dev.mailroom.spool.drain;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The spool beside what else an application could hand its mails to, in one run: Postfix as a durable relay (private
 * queue, its default fsync), and db-scheduler with Angus Mail over PostgreSQL. Mails of 1 KiB, 32 callers, everything
 * over the loopback; the rounds of all are interleaved, and medians of them are shown. Arguments: {@code short} for a
 * quick look, or the Markdown file to be written and, if wanted, how many mails each row takes (10,000), how many sent
 * mails PostgreSQL remembers (10,000,000; the embedded database a tenth), and how many wait while the heap is looked at
 * (100,000).
 */
public final class SpoolBenchmark {
    private static final int ROUNDS = 3;

    private final int mails;
    private final int history;
    private final int pending;
    private final int rounds;
    private final SpoolGoals goals = new SpoolGoals();

    SpoolBenchmark(int mails, int history, int pending, int rounds) {
        this.mails = mails;
        this.history = history;
        this.pending = pending;
        this.rounds = rounds;
    }

    /** Prints the tables, or writes them. */
    public static void main(String[] arguments) throws Exception {
        boolean shortForm = arguments.length == 0 || arguments[0].equals("short");
        var benchmark = shortForm ? new SpoolBenchmark(1000, 10_000, 2000, 1) : new SpoolBenchmark(
                number(arguments, 1, 10_000), number(arguments, 2, 10_000_000), number(arguments, 3, 100_000), ROUNDS);
        String report = benchmark.report();
        System.out.println(report);
        if (!shortForm) {
            Files.writeString(Path.of(arguments[0]), report);
        }
        System.exit(0);
    }

    private static int number(String[] arguments, int index, int usual) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : usual;
    }

    String report() throws Exception {
        String throughput = throughput();
        String live = live();
        servers();
        far();
        latency("embedded", MeasuredDatabase::embedded);
        latency("PostgreSQL", MeasuredDatabase::postgresql);
        history("embedded", MeasuredDatabase::embedded, history / 10);
        history("PostgreSQL", MeasuredDatabase::postgresql, history);
        goals.atMost("heap, " + pending + " pending, `-Xmx128m`, drained to the end", "MB",
                PendingMeasurement.inSmallHeap(pending), 32);
        return """
                # The spool's benchmark

                Written by `SpoolBenchmark` (after `mvn -q -DskipTests install`; `short` in place of the file for a
                quick look):

                    mvn -q -B -pl ejb-facade test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
                -Dexec.args="-cp %classpath dev.mailroom.spool.drain.SpoolBenchmark ../docs/spool-benchmark.md"

                """
                + mails + " mails of 1 KiB, one recipient, " + SpoolRuns.CALLERS
                + " callers, all over the loopback, on " + Runtime.getRuntime().availableProcessors()
                + " cores for everything: callers, spool, database and"
                + " receiving server.\nMedians of " + rounds + " rounds, those of all interleaved. Load average at the"
                + " end: " + String.format(Locale.ROOT, "%.1f",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
                + "; with other work on the machine (a quiet one has about 2)\nonly the statements and the heap say"
                + " much.\n\n" + throughput + live + "\n## Goals\n\n" + goals.table()
                + "\nPostgreSQL remembers a sent mail in " + remembered() + " bytes, indexes included.\n";
    }

    private long remembered() throws Exception {
        try (var database = MeasuredDatabase.postgresql(); var unused = new DrainProfile()) {
            SpoolRuns.run(database, mails, unused);
            return database.bytesAMail();
        }
    }

    /** Both databases and both peers, the rounds of all interleaved, and where the time goes. */
    private String throughput() throws Exception {
        List<SpoolRuns.Run> embedded = new ArrayList<>();
        List<SpoolRuns.Run> postgresql = new ArrayList<>();
        List<double[]> postfix = new ArrayList<>();
        List<double[]> scheduler = new ArrayList<>();
        try (var h2 = new DrainProfile(); var postgres = new DrainProfile()) {
            for (int round = 0; round < rounds; round++) {
                embedded.add(run(MeasuredDatabase::embedded, h2));
                postgresql.add(run(MeasuredDatabase::postgresql, postgres));
                postfix.add(SpoolPeers.postfix(Math.max(200, mails / 10)));
                scheduler.add(SpoolPeers.scheduler(Math.max(200, mails / 4)));
            }
            double relayed = median(postfix, one -> one[1]);
            double relayAccepts = median(postfix, one -> one[0]);
            goals.atLeast("embedded: accepted, against Postfix", "x",
                    median(embedded, SpoolRuns.Run::accepted) / relayAccepts, 20);
            goals.atLeast("embedded: drained, against Postfix", "x",
                    median(embedded, SpoolRuns.Run::drained) / relayed, 20);
            goals.atLeast("embedded: drained, against one synchronous stream", "x",
                    median(embedded, one -> one.drained() / one.stream()), 1 / 3.0);
            goals.atLeast("PostgreSQL: accepted", "/s", median(postgresql, SpoolRuns.Run::accepted), 5000);
            goals.atLeast("PostgreSQL: drained", "/s", median(postgresql, SpoolRuns.Run::drained), 5000);
            goals.atMost("PostgreSQL: statements a drained mail", "",
                    median(postgresql, SpoolRuns.Run::statements), 0.2);
            return "| who | accepted/s by 32 callers | delivered/s | one synchronous stream/s"
                    + " | statements a drained mail | our CPU a drained mail |\n"
                    + "| --- | --- | --- | --- | --- | --- |\n"
                    + row("Mailroom, embedded", embedded) + row("Mailroom, PostgreSQL", postgresql)
                    + peer("Postfix, durable relay", postfix)
                    + peer("db-scheduler and Angus Mail, PostgreSQL", scheduler)
                    + "\nStatements are those beyond the insert, commits included; the CPU is that of the drain's"
                    + " threads, the database in the same process\nincluded and PostgreSQL's own not.\n\n"
                    + "## Where a drain's time goes\n\n"
                    + "Stacks looked at every millisecond, waiting included. A thread for each connection speaks with"
                    + " the mail server, another claims ahead of it\nand writes outcomes behind it; where that one is"
                    + " not free, the connection's does it.\n\n"
                    + "| database | thread | stages |\n| --- | --- | --- |\n"
                    + h2.rows("embedded") + postgres.rows("PostgreSQL");
        }
    }

    /** Mails that are sent while others are accepted, as in the life of an application. */
    private String live() throws Exception {
        return "\n## Accepted and sent at the same time\n\nBy " + SpoolRuns.CALLERS + " callers, until the last one is"
                + " there. From memory: what the server has accepted a moment ago is not claimed\nand read again. From"
                + " the table: it is. Statements are all of a mail, those of its acceptance included.\n\n"
                + "| database | sent | mails/s | statements a mail | CPU a mail: the drain's threads | PostgreSQL |\n"
                + "| --- | --- | --- | --- | --- | --- |\n"
                + live("embedded", MeasuredDatabase::embedded) + live("PostgreSQL", MeasuredDatabase::postgresql);
    }

    private String live(String name, MeasuredDatabase.Opening opening) throws Exception {
        List<SpoolRuns.Live> memory = new ArrayList<>();
        List<SpoolRuns.Live> table = new ArrayList<>();
        try (var database = opening.open()) {
            SpoolRuns.live(database, Math.max(100, mails / 10), true);
            for (int round = 0; round < rounds; round++) {
                memory.add(SpoolRuns.live(database, mails, true));
                table.add(SpoolRuns.live(database, mails, false));
            }
        }
        return live(name, "from memory", memory) + live(name, "from the table", table);
    }

    private static String live(String name, String how, List<SpoolRuns.Live> runs) {
        return String.format(Locale.ROOT, "| %s | %s | %.0f | %.2f | %.0f µs | %.0f µs |%n", name, how,
                median(runs, SpoolRuns.Live::rate), median(runs, SpoolRuns.Live::statements),
                median(runs, SpoolRuns.Live::cpu), median(runs, SpoolRuns.Live::database));
    }

    private SpoolRuns.Run run(MeasuredDatabase.Opening opening, DrainProfile profile) throws Exception {
        try (var database = opening.open()) {
            return SpoolRuns.run(database, mails, profile);
        }
    }

    static String row(String name, List<SpoolRuns.Run> runs) {
        return String.format(Locale.ROOT, "| %s | %.0f | %.0f | %.0f | %.2f | %.0f µs |%n", name,
                median(runs, SpoolRuns.Run::accepted), median(runs, SpoolRuns.Run::drained),
                median(runs, SpoolRuns.Run::stream), median(runs, SpoolRuns.Run::statements),
                median(runs, SpoolRuns.Run::cpu));
    }

    private static String peer(String name, List<double[]> runs) {
        return String.format(Locale.ROOT, "| %s | %.0f | %.0f | - | - | - |%n", name,
                median(runs, one -> one[0]), median(runs, one -> one[1]));
    }

    private static <T> double median(List<T> runs, ToDoubleFunction<T> of) {
        return SpoolRuns.median(runs.stream().mapToDouble(of).toArray());
    }

    private void servers() throws Exception {
        List<double[]> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double[] both = drainedBy(2);
            double[] one = drainedBy(1);
            ratios.add(new double[] {both[0] / one[0], both[1] / one[1]});
        }
        goals.atLeast("PostgreSQL: two servers drain together, against one (with a core to spare)", "x",
                median(ratios, one -> one[0]), 1.5);
        // Where there is no core to spare: what two cost more than one is what they would not gain on another machine.
        goals.atMost("PostgreSQL: CPU a mail of two servers and the database, against that of one", "x",
                median(ratios, one -> one[1]), 1.2);
    }

    private double[] drainedBy(int servers) throws Exception {
        try (var database = MeasuredDatabase.postgresql()) {
            return SpoolRuns.servers(database, mails, servers);
        }
    }

    private void far() throws Exception {
        List<double[]> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            runs.add(SpoolRuns.far(Math.max(500, mails / 4)));
        }
        goals.atLeast(String.format(Locale.ROOT, "%d ms round trip, one connection, CHUNKING: %.0f/s drained against"
                + " %.0f/s in one `sendAll`", SpoolRuns.FAR.toMillis(), median(runs, one -> one[0]),
                median(runs, one -> one[1])), "x", median(runs, one -> one[0] / one[1]), 0.9);
    }

    private void latency(String name, MeasuredDatabase.Opening opening) throws Exception {
        try (var database = opening.open()) {
            SpoolRuns.latency(database, 100);
            statement(database, "drop table measured");
            SpoolRuns.Latency found = SpoolRuns.latency(database, 300);
            goals.atMost(String.format(Locale.ROOT, "%s: commit to the server's 250, median, beyond one flush (%.2f ms)"
                    + " and one mail sent synchronously (%.2f ms)", name, found.flush(), found.roundTrip()), "ms",
                    found.commitTo250() - found.flush() - found.roundTrip(), 1);
        }
    }

    private static void statement(MeasuredDatabase database, String sql) throws Exception {
        try (var connection = database.source().getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void history(String name, MeasuredDatabase.Opening opening, int remembered) throws Exception {
        try (var empty = opening.open(); var full = opening.open(); var unused = new DrainProfile()) {
            List<SpoolRuns.Run> without = new ArrayList<>();
            List<SpoolRuns.Run> with = new ArrayList<>();
            SpoolRuns.run(full, mails / 10, unused);
            SpoolRuns.remember(full, remembered);
            for (int round = 0; round < rounds; round++) {
                without.add(SpoolRuns.run(empty, mails, unused));
                with.add(SpoolRuns.run(full, mails, unused));
            }
            goals.atLeast(name + ": drained beside " + remembered + " sent mails, against an empty table", "x",
                    median(with, SpoolRuns.Run::drained) / median(without, SpoolRuns.Run::drained), 0.9);
            goals.atMost(name + ": CPU a mail drained beside them, against an empty table", "x",
                    median(with, SpoolRuns.Run::cpu) / median(without, SpoolRuns.Run::cpu), 1.1);
        } catch (IOException e) {
            throw new IOException(name + " with a history of " + remembered, e);
        }
    }
}
