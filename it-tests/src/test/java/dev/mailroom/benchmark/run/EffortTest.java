package dev.mailroom.benchmark.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.benchmark.Scenario;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EffortTest {
    private static final Effort EFFORT = new Effort(5, 3, Duration.ofSeconds(2), Duration.ofMillis(500), 1);
    private static final Scenario NEAR = Scenario.of("near").senders(8);
    private static final Scenario FAR = NEAR.behind(Duration.ofMillis(20));

    @Test
    void aRoundTakesTheTimeItShould() {
        assertEquals(5000, EFFORT.mails(NEAR, 10_000));
    }

    @Test
    void everySenderHasAFewMailsHoweverSlowTheContender() {
        assertEquals(16, EFFORT.mails(NEAR, 0.1));
        assertEquals(16, Effort.SHORT.mails(FAR.stream(), 10_000));
    }

    @Test
    void aDistantStreamIsLongEnoughForThoseWhoConnectForIt() {
        assertEquals(800, EFFORT.mails(FAR.stream(), 1));
    }

    @Test
    void aRoundIsBoundedHoweverFastTheContender() {
        assertEquals(1_000_000, EFFORT.mails(NEAR, 1e12));
    }

    @Test
    void overTheLoopbackCodeHasToGetWarm() {
        long second = Duration.ofSeconds(1).toNanos();
        assertFalse(EFFORT.warm(NEAR, 7 * second, second));
        assertTrue(EFFORT.warm(NEAR, 2 * second, 2 * second));
        assertTrue(EFFORT.warm(NEAR, 8 * second, 0));
        assertTrue(EFFORT.warm(FAR, second, 0));
        assertTrue(Effort.SHORT.warm(NEAR, 1, 0));
    }

    @Test
    void everyScenarioHasANameOfItsOwn() {
        List<String> names = Scenarios.all().stream().map(Scenario::name).toList();
        assertEquals(names.size(), new HashSet<>(names).size());
        Scenarios.all().forEach(scenario -> assertEquals(scenario, Scenario.parse(scenario.line())));
    }
}
