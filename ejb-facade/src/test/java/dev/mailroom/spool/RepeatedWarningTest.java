package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.testing.LogCapture;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RepeatedWarningTest {
    @Test
    void theEndOfAFailureIsToldOnceAndTheNextFailureAtOnce() {
        var warning = new RepeatedWarning(() -> 0);
        try (LogCapture log = LogCapture.of("dev.mailroom.spool")) {
            warning.over("works");
            warning.log("no", new SQLException());
            warning.over("works again");
            warning.over("works again");
            warning.log("no", new SQLException());
            assertEquals(List.of("WARNING no", "INFO works again", "WARNING no"), log.lines());
        }
    }

    @Test
    void whatFailsHundredsOfTimesIsWrittenOnceAMinuteWithTheNumberThatWasLeftOut() {
        var nanos = new AtomicLong();
        var warning = new RepeatedWarning(nanos::get);
        try (LogCapture log = LogCapture.of("dev.mailroom.spool")) {
            for (int failure = 0; failure < 300; failure++) {
                warning.log("MR0599 no", new SQLException());
            }
            assertEquals(List.of("WARNING MR0599 no"), log.lines());
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            warning.log("MR0599 no", new SQLException());
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            warning.log("MR0599 no", new SQLException());
            assertEquals(List.of("WARNING MR0599 no",
                    "WARNING MR0599 no (299 times more since this was last written)", "WARNING MR0599 no"),
                    log.lines());
        }
    }
}
