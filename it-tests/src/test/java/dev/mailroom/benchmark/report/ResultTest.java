package dev.mailroom.benchmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Work;
import dev.mailroom.benchmark.report.Result.Round;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ResultTest {
    @Test
    void figuresAreThoseOfOneMail() {
        Result result = Samples.result("x", "one", 500, 100, 1000);
        assertEquals(500, result.rate().median(), 0.01);
        assertEquals(100, result.rate().least(), 0.01);
        assertEquals(1000, result.rate().most(), 0.01);
        assertEquals(10, result.cpuMicros().getAsDouble(), 0.01);
        assertEquals(3000, result.allocated().getAsDouble(), 0.01);
        assertEquals(2, result.roundTrips().getAsDouble(), 0.01);
        assertEquals(0, result.connections().getAsDouble(), 0.01);
    }

    @Test
    void whatWasNotCountedIsNotZero() {
        Result result = new Result(Scenario.of("x"), "one",
                List.of(new Round(new Work(10, 1_000, 0, 0), Optional.empty())), Optional.empty());
        assertEquals(OptionalDouble.empty(), result.roundTrips());
        assertEquals(OptionalDouble.empty(), result.connections());
        assertEquals(OptionalDouble.empty(), result.cpuMicros());
        assertEquals(OptionalDouble.empty(), result.allocated());
    }

    @Test
    void theBestPeerIsTheFastestJavaClientThatIsNotOurs() {
        Results results = Samples.results(Samples.result("x", "Mailroom", 900), Samples.result("x", "slow", 10),
                Samples.result("x", "fast", 300), Samples.result("x", Results.IN_C, 800),
                Samples.result("x", "Mailroom in Payara Micro", 700), Samples.failed("x", "broken", "it broke"));
        Result best = results.bestJavaPeer("x").orElseThrow();
        assertEquals("fast", best.contender());
        assertEquals(3, Results.ratio(results.ours("x").orElseThrow(), best), 0.01);
        assertEquals(Optional.empty(), results.of("x", "broken"));
    }
}
