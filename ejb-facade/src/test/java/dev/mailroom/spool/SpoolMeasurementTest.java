package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** With {@code -Dmailroom.measure=spool} or {@code =pending} the real measurements are made, too. */
class SpoolMeasurementTest {
    @Test
    void theMeasurementFillsEveryColumn() throws Exception {
        String row = new SpoolMeasurement(20, 20, false).row("embedded", MeasuredDatabase::embedded, 1024);
        String three = "[1-9]\\d*, [1-9]\\d*, [1-9]\\d*";
        assertTrue(row.matches("\\| embedded, 1 KiB \\| " + three + " \\| -, -, - \\| [1-9]\\d* \\| [1-9]\\d*"
                + " \\| \\d+\\.\\d ms, \\d+\\.\\d ms \\|"), row);
    }

    @Test
    @EnabledIfSystemProperty(named = "mailroom.measure", matches = "spool")
    void measure() throws Exception {
        SpoolMeasurement.main(new String[0]);
    }

    @Test
    @EnabledIfSystemProperty(named = "mailroom.measure", matches = "pending")
    void measurePending() throws Exception {
        PendingMeasurement.main(new String[0]);
    }
}
