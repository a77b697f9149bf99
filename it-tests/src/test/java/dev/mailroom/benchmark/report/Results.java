package dev.mailroom.benchmark.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Everything that was measured in a run.
 *
 * @param all in the order of scenarios and contenders
 * @param idle idle connections
 */
public record Results(List<Result> all, List<Idle> idle) {
    /** Names of what is ours begin so. */
    public static final String OURS = "Mailroom";
    /** Names of peers with more than their documentation gives them begin so. */
    public static final String TUNED = "Angus open,";
    /** The client that is neither ours nor Java. */
    public static final String IN_C = "Postfix smtp-source (C)";

    /** Copies the lists. */
    public Results {
        all = List.copyOf(all);
        idle = List.copyOf(idle);
    }

    /** Those of one scenario that did not fail. */
    public List<Result> of(String scenario) {
        return all.stream().filter(result -> result.scenario().name().equals(scenario) && result.failure().isEmpty())
                .toList();
    }

    /** One contender's; empty = it failed, could not do it or was not asked. */
    public Optional<Result> of(String scenario, String contender) {
        return of(scenario).stream().filter(result -> result.contender().equals(contender)).findFirst();
    }

    /** Ours, outside a server. */
    public Optional<Result> ours(String scenario) {
        return of(scenario, OURS);
    }

    /** The fastest Java client that is not ours, used as its documentation has it. */
    public Optional<Result> bestJavaPeer(String scenario) {
        return fastest(scenario, name -> !name.startsWith(OURS) && !name.startsWith(TUNED) && !name.equals(IN_C));
    }

    /** The fastest Java client that an expert has tuned beyond its documentation. */
    public Optional<Result> bestTunedPeer(String scenario) {
        return fastest(scenario, name -> name.startsWith(TUNED));
    }

    private Optional<Result> fastest(String scenario, Predicate<String> who) {
        return of(scenario).stream().filter(result -> who.test(result.contender()))
                .max(Comparator.comparingDouble(result -> result.rate().median()));
    }

    /** How many times as many mails a second the one has sent. */
    public static double ratio(Result one, Result other) {
        return one.rate().median() / other.rate().median();
    }
}
