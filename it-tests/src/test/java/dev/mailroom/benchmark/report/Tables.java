package dev.mailroom.benchmark.report;

import dev.mailroom.benchmark.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;

/** The figures as Markdown tables. */
public final class Tables {
    private final Results results;

    /** Tables of these. */
    public Tables(Results results) {
        this.results = results;
    }

    /** Everybody's figures in one scenario. */
    public String of(Scenario scenario) {
        StringBuilder table = new StringBuilder("**" + Titles.of(scenario) + "** (`" + scenario.name() + "`)\n\n");
        row(table, "client", "mails/s, median", "least – most", "of ours", "round trips a mail", "connections a mail",
                "client CPU, µs a mail", "allocated, kB a mail");
        rule(table, 8);
        Optional<Result> ours = results.ours(scenario.name());
        for (Result result : results.all()) {
            if (result.scenario().equals(scenario)) {
                if (result.failure().isPresent()) {
                    row(table, result.contender(), "failed: " + result.failure().get(), "", "", "", "", "", "");
                } else {
                    row(table, result.contender(), Figures.rate(result.rate().median()),
                            Figures.spread(result.rate()),
                            ours.map(mine -> Figures.ratio(Results.ratio(result, mine))).orElse("–"),
                            Figures.or(result.roundTrips(), Figures::count),
                            Figures.or(result.connections(), Figures::count),
                            Figures.or(result.cpuMicros(), Figures::micros),
                            Figures.or(result.allocated(), Figures::kilobytes));
                }
            }
        }
        return table.toString();
    }

    /** One row for each scenario: ours, the best Java peer and smtp-source. */
    public String summary() {
        StringBuilder table = new StringBuilder();
        row(table, "scenario", "Mailroom, mails/s (least – most)", "best Java peer", "its mails/s",
                "Mailroom against it", "against Angus tuned by hand", "against smtp-source",
                "round trips a mail: Mailroom, peer",
                "connections a mail", "client CPU, µs a mail", "allocated, kB a mail");
        rule(table, 11);
        for (Scenario scenario : scenarios()) {
            Optional<Result> ours = results.ours(scenario.name());
            Optional<Result> peer = results.bestJavaPeer(scenario.name());
            if (ours.isPresent() && peer.isPresent()) {
                Result mine = ours.get();
                Result its = peer.get();
                row(table, Titles.of(scenario),
                        Figures.rate(mine.rate().median()) + " (" + Figures.spread(mine.rate()) + ")",
                        its.contender(), Figures.rate(its.rate().median()), Figures.ratio(Results.ratio(mine, its)),
                        against(mine, results.bestTunedPeer(scenario.name())),
                        against(mine, results.of(scenario.name(), Results.IN_C)),
                        both(mine, its, result -> Figures.or(result.roundTrips(), Figures::count)),
                        both(mine, its, result -> Figures.or(result.connections(), Figures::count)),
                        both(mine, its, result -> Figures.or(result.cpuMicros(), Figures::micros)),
                        both(mine, its, result -> Figures.or(result.allocated(), Figures::kilobytes)));
            }
        }
        return table.toString();
    }

    /** Idle connections. */
    public String idle() {
        StringBuilder table = new StringBuilder();
        row(table, "idle connections", "client", "heap, kB each", "threads in all");
        rule(table, 4);
        for (Idle idle : results.idle()) {
            row(table, idle.connections() + (idle.secure() ? ", STARTTLS + AUTH" : ", plain"), idle.contender(),
                    Figures.kilobytes(idle.heap()), "" + idle.threads());
        }
        return table.toString();
    }

    /** The goals and what became of them. */
    public static String of(List<Verdict> verdicts) {
        StringBuilder table = new StringBuilder();
        row(table, "what", "goal", "measured", "met");
        rule(table, 4);
        for (Verdict verdict : verdicts) {
            row(table, verdict.what(), verdict.goal(), verdict.measured(), verdict.met().word());
        }
        return table.toString();
    }

    /** All scenarios, in the order they were run. */
    public List<Scenario> scenarios() {
        return results.all().stream().map(Result::scenario).distinct().toList();
    }

    private static String against(Result mine, Optional<Result> other) {
        return other.map(its -> Figures.ratio(Results.ratio(mine, its))).orElse("–");
    }

    private static String both(Result mine, Result its, Function<Result, String> figure) {
        return figure.apply(mine) + ", " + figure.apply(its);
    }

    private static void rule(StringBuilder table, int columns) {
        table.append("|").append(" --- |".repeat(columns)).append('\n');
    }

    private static void row(StringBuilder table, String... cells) {
        StringJoiner row = new StringJoiner(" | ", "| ", " |\n");
        for (String cell : cells) {
            row.add(cell.replace("|", "\\|").replace("\n", " "));
        }
        table.append(row);
    }
}
