package dev.mailroom.benchmark.report;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Work;
import dev.mailroom.benchmark.report.Result.Round;
import dev.mailroom.testing.SinkCounts;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Figures as if they had been measured. */
final class Samples {
    private static final int MAILS = 1000;

    private Samples() {
    }

    /** A result with those rates, one a round; two round trips a mail, 10 µs and 3 kB. */
    static Result result(String scenario, String contender, double... rates) {
        return result(Scenario.of(scenario), contender, 2, rates);
    }

    static Result result(Scenario scenario, String contender, double roundTrips, double... rates) {
        List<Round> rounds = DoubleStream.of(rates).mapToObj(rate -> new Round(
                new Work(MAILS, Math.round(MAILS * 1e9 / rate), MAILS * 10_000, MAILS * 3_000),
                Optional.of(new SinkCounts(0, MAILS, 0, Math.round(roundTrips * MAILS))))).toList();
        return new Result(scenario, contender, rounds, Optional.empty());
    }

    static Result failed(String scenario, String contender, String why) {
        return new Result(Scenario.of(scenario), contender, List.of(), Optional.of(why));
    }

    static Results results(Result... results) {
        return new Results(List.of(results), List.of());
    }
}
