package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReconnectBenchmarkIT {
    @Test
    void theBenchmarkPrintsARowForEachKindOfConnection() throws Exception {
        String table = new ReconnectBenchmark(1).table();
        assertEquals(7, table.lines().count(), table);
        String row = "\\| [A-Za-z, ]+ (\\| [\\d,.]+ ){2}\\| [\\d,.]+ / [\\d,.]+ \\| [\\d,.]+ \\|";
        assertTrue(table.lines().skip(2).allMatch(line -> line.matches(row)), table);
    }
}
