package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PoolBenchmarkTest {
    @Test
    void theBenchmarkPrintsARowForEachNumberOfKeysAndThreads() throws Exception {
        String table = new PoolBenchmark(1, 5).table(new int[] {1, 50}, new int[] {1, 4}, true);
        assertEquals(6, table.lines().count(), table);
        String row = "(\\| \\d+ ){2}(\\| \\d+ \\(\\d+\\) ){3}\\|";
        assertTrue(table.lines().skip(2).allMatch(line -> line.matches(row)), table);
    }
}
