package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mailroom.testing.PrivatePostfix;
import dev.mailroom.testing.PrivatePostgres;
import org.junit.jupiter.api.Test;

/** The benchmark's short form: it says nothing of speed, but that every row is there and every mail arrives. */
class SpoolBenchmarkIT {
    private static final int GOALS = 16;

    @Test
    void theShortFormMeasuresEveryGoal() throws Exception {
        // Where one of them is missing, this test is skipped before it has begun.
        PrivatePostgres.startOrSkip().close();
        PrivatePostfix.startOrSkip().close();
        String report = new SpoolBenchmark(200, 1000, 500, 1).report();
        assertEquals(GOALS, report.lines().filter(line -> line.endsWith("| met |") || line.endsWith("| not met |"))
                .count(), report);
        assertFalse(report.contains("NaN"), report);
    }
}
