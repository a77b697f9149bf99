package dev.mailroom.benchmark.run;

import dev.mailroom.benchmark.Contender;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.report.Goals;
import dev.mailroom.benchmark.report.Idle;
import dev.mailroom.benchmark.report.Result;
import dev.mailroom.benchmark.report.Results;
import dev.mailroom.benchmark.report.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Mailroom beside its peers, measured in one run; prints Markdown. System properties:
 *
 * <ul>
 * <li>{@code mailroom.benchmark.scenarios}: a regular expression for the names of scenarios; default all</li>
 * <li>{@code mailroom.benchmark.contenders}: the same for the names of contenders</li>
 * <li>{@code mailroom.benchmark.short}: true = a few mails each, which proves that all runs and tells nothing else</li>
 * <li>{@code mailroom.benchmark.write}: true = renew docs/performance.md and what it shows</li>
 * </ul>
 */
public final class Benchmark {
    private final List<Contender> contenders;
    private final Effort effort;
    private final Consumer<String> progress;

    Benchmark(List<Contender> contenders, Effort effort, Consumer<String> progress) {
        this.contenders = contenders;
        this.effort = effort;
        this.progress = progress;
    }

    /** Runs it in the module's folder. */
    public static void main(String[] arguments) throws IOException {
        boolean brief = Boolean.getBoolean("mailroom.benchmark.short");
        Effort effort = brief ? Effort.SHORT : Effort.FULL;
        String wanted = System.getProperty("mailroom.benchmark.scenarios", ".*");
        List<Scenario> scenarios = (brief ? Scenarios.brief() : Scenarios.all()).stream()
                .filter(it -> it.name().matches(wanted)).toList();
        String who = System.getProperty("mailroom.benchmark.contenders", ".*");
        List<Contender> contenders = Contenders.all().stream().filter(it -> it.name().matches(who)).toList();
        // Also where somebody loses patience.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> contenders.forEach(Contender::close)));
        Results results = new Benchmark(contenders, effort, System.out::println).run(scenarios);
        Report report = new Report(results, contenders, effort);
        report.writeTo(Path.of("target", "benchmark"));
        if (Boolean.getBoolean("mailroom.benchmark.write")) {
            report.writeTo(Path.of("benchmark"));
            report.writeInto(Path.of("..", "docs", "performance.md"));
        }
        System.out.println(Tables.of(Goals.judge(results)));
        System.out.println("Everything is in it-tests/target/benchmark/benchmark.md");
    }

    /** Runs these scenarios, one after the other, and ends the contenders. */
    Results run(List<Scenario> scenarios) throws IOException {
        List<Result> all = new ArrayList<>();
        List<Idle> idle = new ArrayList<>();
        try {
            for (Scenario scenario : scenarios) {
                if (Server.available(scenario.sink())) {
                    List<Result> results = Race.run(scenario, contenders, effort, progress);
                    all.addAll(results);
                    progress.accept(new Tables(new Results(results, List.of())).of(scenario));
                } else {
                    progress.accept(scenario.name() + " is left out: there is no smtp-sink (Debian package postfix)\n");
                }
            }
            for (PeerContender contender : Contenders.keeping(contenders)) {
                idle(contender, false).ifPresent(idle::add);
                idle(contender, true).ifPresent(idle::add);
            }
            progress.accept(new Tables(new Results(List.of(), idle)).idle());
        } finally {
            contenders.forEach(Contender::close);
        }
        return new Results(all, idle);
    }

    private Optional<Idle> idle(PeerContender contender, boolean secure) {
        try {
            return Optional.of(IdleConnections.measure(contender, effort.idle(), secure));
        } catch (IOException e) {
            // All other figures are not lost for the last of them.
            progress.accept("Idle connections of " + contender.name() + " are left out: " + e.getMessage() + "\n");
            return Optional.empty();
        }
    }
}
