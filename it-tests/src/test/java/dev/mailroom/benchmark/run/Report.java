package dev.mailroom.benchmark.run;

import dev.mailroom.benchmark.Contender;
import dev.mailroom.benchmark.Cores;
import dev.mailroom.benchmark.report.Goals;
import dev.mailroom.benchmark.report.Plot;
import dev.mailroom.benchmark.report.Plot.Panel;
import dev.mailroom.benchmark.report.Results;
import dev.mailroom.benchmark.report.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What a run leaves behind: a Markdown page with everything, a plot, and the section of docs/performance.md. */
final class Report {
    static final String COMMAND = "mvn -q -B -Pbenchmark -DskipTests verify";

    private static final List<Panel> PANELS = List.of(
            new Panel("composed-chunking", "1 KiB composed, 1 connection, loopback"),
            new Panel("ready-chunking", "1 KiB ready bytes, 1 connection, loopback"),
            new Panel("composed-8", "1 KiB composed, 8 senders, loopback"),
            new Panel("10KiB-8", "10 KiB ready bytes, 8 senders, loopback"),
            new Panel("far-pipelining", "20 ms, single mails, PIPELINING"),
            new Panel("far-chunking", "20 ms, single mails, CHUNKING"),
            new Panel("far-stream-chunking", "20 ms, stream, CHUNKING"),
            new Panel("far-20-all-pipelining", "20 ms, 20 recipients, PIPELINING"),
            new Panel("tls-8", "STARTTLS + AUTH, ready bytes, 8 senders"),
            new Panel("tls-composed-8", "STARTTLS + AUTH, composed, 8 senders"));

    private final Results results;
    private final List<Contender> contenders;
    private final Effort effort;
    private final Tables tables;

    Report(Results results, List<Contender> contenders, Effort effort) {
        this.results = results;
        this.contenders = contenders;
        this.effort = effort;
        this.tables = new Tables(results);
    }

    /** Writes page and plot into a folder, which is made if needed. */
    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("benchmark.md"), page());
        Files.writeString(folder.resolve("benchmark.svg"), Plot.of(results, PANELS));
    }

    /** Puts goals, plot and summary between the marks of a page in {@code docs/}. */
    void writeInto(Path section) throws IOException {
        String text = Files.readString(section);
        String begin = "<!-- benchmark:begin -->\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("<!-- benchmark:end -->");
        if (from < begin.length() || to < from) {
            throw new IOException(section + " has no " + begin.strip() + " with its end");
        }
        Files.writeString(section, text.substring(0, from) + section() + text.substring(to));
    }

    private String section() {
        return "\n" + heading() + "\n![mails a second by scenario and client](../it-tests/benchmark/benchmark.svg)\n\n"
                + Tables.of(Goals.judge(results)) + "\n" + tables.summary() + "\n" + tables.idle()
                + "\nEvery contender's figures in every scenario: "
                + "[it-tests/benchmark/benchmark.md](../it-tests/benchmark/benchmark.md).\n\n";
    }

    private String page() {
        StringBuilder page = new StringBuilder("# Benchmark with peers\n\n").append(heading())
                .append("\n![mails a second by scenario and client](benchmark.svg)\n")
                .append("\n## Goals\n\n").append(Tables.of(Goals.judge(results)))
                .append("\n## In short\n\n").append(tables.summary())
                .append("\n").append(tables.idle())
                .append("\n## Settings\n\nJVM of each Java client: `").append(String.join(" ", PeerContender.JVM))
                .append("`. Beyond the task itself:\n\n");
        contenders.stream().filter(contender -> !contender.settings().isEmpty()).forEach(contender ->
                page.append("- ").append(contender.name()).append(": ").append(contender.settings()).append('\n'));
        page.append("\n## Everything\n");
        tables.scenarios().forEach(scenario -> page.append('\n').append(tables.of(scenario)));
        return page.toString();
    }

    private String heading() {
        return LocalDate.now(ZoneOffset.UTC) + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
                + System.getProperty("java.vm.name") + " " + System.getProperty("java.version") + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + "; " + Versions.all()
                + ". Medians of " + effort.rounds() + " interleaved rounds (" + effort.farRounds()
                + " at 20 ms). " + (Cores.bindable()
                        ? "A single connection over loopback has client and server on one core."
                        : "Without taskset nothing is bound to cores: single connections over loopback vary.")
                + " Round trips are what our sink counts: how often it had answered everything and nothing more had"
                + " come. Over loopback that happens between the chunks of a large mail too, with nobody waiting."
                + "\n\n    " + COMMAND + "\n";
    }
}
