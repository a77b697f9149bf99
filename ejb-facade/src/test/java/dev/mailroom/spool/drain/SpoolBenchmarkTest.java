package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole of it takes real servers and a quiet machine: here one row, to see that it still runs. */
class SpoolBenchmarkTest {
    @Test
    void theBenchmarkFillsEveryColumnAndSaysWhereTheTimeGoes() throws Exception {
        try (var database = MeasuredDatabase.embedded(); var profile = new DrainProfile()) {
            String row = SpoolBenchmark.row("Mailroom, embedded",
                    List.of(SpoolRuns.run(database, 100, profile)));
            assertTrue(row.matches("\\| Mailroom, embedded \\| [1-9]\\d* \\| [1-9]\\d* \\| [1-9]\\d*"
                    + " \\| \\d+\\.\\d\\d \\| [1-9]\\d* µs \\|\\R"), row);
            assertTrue(profile.rows("embedded").startsWith("| embedded | connection | "), profile.rows("embedded"));
        }
    }

    @Test
    void aGoalThatIsMissedIsNotCalledMet() {
        var goals = new SpoolGoals();
        goals.atLeast("fast", "/s", 4999, 5000);
        goals.atMost("small", "MB", 31.5, 32);
        assertTrue(goals.table().contains("| fast | at least 5000/s | 4999/s | not met |"), goals.table());
        assertTrue(goals.table().contains("| small | at most 32.00MB | 31.50MB | met |"), goals.table());
    }
}
