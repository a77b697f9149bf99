package dev.mailroom.benchmark.report;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Work;
import dev.mailroom.testing.SinkCounts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What one contender has done in one scenario.
 *
 * @param rounds none if it failed
 * @param failure why it failed; empty = it did not
 */
public record Result(Scenario scenario, String contender, List<Round> rounds, Optional<String> failure) {

    /**
     * One measurement.
     *
     * @param seen what came at the sink in between; empty = it does not count
     */
    public record Round(Work work, Optional<SinkCounts> seen) {
    }

    /** Copies the list. */
    public Result {
        rounds = List.copyOf(rounds);
    }

    /** Mails a second. */
    public Spread rate() {
        return spread(round -> round.work().mails() * 1e9 / round.work().nanos());
    }

    /** CPU time of the client for a mail, in microseconds; empty = not known. */
    public OptionalDouble cpuMicros() {
        // The clock is coarse: the sum of all rounds tells more than the median of a few ticks.
        return known(rounds.stream().mapToDouble(round -> round.work().cpuNanos() / 1e3).sum()
                / rounds.stream().mapToLong(round -> round.work().mails()).sum());
    }

    /** Octets that the client allocates for a mail; empty = not known. */
    public OptionalDouble allocated() {
        return known(spread(round -> (double) round.work().allocated() / round.work().mails()).median());
    }

    /** How often the client waits for the server, for a mail; empty = not counted. */
    public OptionalDouble roundTrips() {
        return seen(SinkCounts::flights);
    }

    /** How many connections are opened for a mail; empty = not counted. */
    public OptionalDouble connections() {
        return seen(SinkCounts::connections);
    }

    private OptionalDouble seen(ToDoubleFunction<SinkCounts> figure) {
        if (rounds.stream().anyMatch(round -> round.seen().isEmpty())) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(spread(round ->
                figure.applyAsDouble(round.seen().orElseThrow()) / round.work().mails()).median());
    }

    private static OptionalDouble known(double value) {
        return value > 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private Spread spread(ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).toArray());
    }
}
