package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.testing.LogCapture;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class RepeatedWarningTest {
    @Test
    void aFailureOfTheDatabaseIsOneLineWithItsFirstCauseAndWithoutTheStatement() {
        var full = new SQLException("IO Exception: \"writing failed\"; SQL statement:\nupdate t set a = ? [90028-232]",
                "90028", new IllegalStateException("Writing to nio:/spool.mv.db failed\n at 4096",
                        new IOException("No space left on device")));
        assertEquals("IO Exception: \"writing failed\" (cause: No space left on device)", RepeatedWarning.reason(full));
        assertEquals("a b", RepeatedWarning.reason(new SQLException("a\n  b")));
        assertEquals("java.sql.SQLException", RepeatedWarning.reason(new SQLException()));
        assertEquals("no (this)", RepeatedWarning.reason(new SQLException("no (this)", new IOException("this"))));
    }

    @Test
    void theStackOfAFailureOfTheDatabaseIsForWhoDebugsAndThatOfAnUnforeseenOneForAll() {
        var stacks = new ArrayList<Boolean>();
        var logger = Logger.getLogger("dev.mailroom.spool");
        try (LogCapture log = LogCapture.of("dev.mailroom.spool")) {
            logger.setFilter(one -> stacks.add(one.getThrown() != null));
            for (Exception failure : List.of(new SQLException(), new IllegalStateException())) {
                logger.setLevel(Level.INFO);
                new RepeatedWarning(() -> 0).log("no", failure);
                logger.setLevel(Level.FINE);
                new RepeatedWarning(() -> 0).log("no", failure);
            }
            assertEquals(4, log.lines().size());
        } finally {
            logger.setFilter(null);
        }
        assertEquals(List.of(false, true, true, true), stacks);
    }

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
