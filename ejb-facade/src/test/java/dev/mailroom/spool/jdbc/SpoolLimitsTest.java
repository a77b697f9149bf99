package dev.mailroom.spool.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.spool.SpoolFill;
import dev.mailroom.spool.SpoolFullException;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.Spooling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SpoolLimitsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger counts = new AtomicInteger();
    private final AtomicReference<SpoolFill> table = new AtomicReference<>(new SpoolFill(0, 0));
    private final SpoolLimits gauge = new SpoolLimits(Spooling.limited(3, 1000), () -> {
        counts.incrementAndGet();
        return Map.of("q", table.get());
    }, nanos::get);

    @Test
    void theTableIsNotCountedForEveryMail() throws Exception {
        gauge.admit("q", 10);
        gauge.admit("q", 10);
        gauge.admit("q", 10);
        assertEquals(1, counts.get());
        assertThrows(SpoolFullException.class, () -> gauge.admit("q", 10));
        gauge.left(10);
        gauge.admit("q", 10);
        assertEquals(1, counts.get());
    }

    @Test
    void itCountsAgainBeforeItRefuses() throws Exception {
        table.set(new SpoolFill(3, 30));
        var full = assertThrows(SpoolFullException.class, () -> gauge.admit("q", 10));
        assertTrue(full.getMessage().startsWith("the spool is full (3 of 3)"), full.getMessage());
        table.set(new SpoolFill(1, 10));
        nanos.addAndGet(Duration.ofMillis(300).toNanos());
        gauge.admit("q", 10);
        assertEquals(2, counts.get());
    }

    @Test
    void whatOthersAcceptedIsSeenWithinASecond() throws Exception {
        gauge.admit("q", 10);
        table.set(new SpoolFill(7, 70));
        nanos.addAndGet(Duration.ofMillis(1100).toNanos());
        var full = assertThrows(SpoolFullException.class, () -> gauge.admit("q", 10));
        assertTrue(full.getMessage().startsWith("the spool is full (7 of 3)"), full.getMessage());
    }

    @Test
    void aMailThatIsTooLargeForTheRestIsRefusedAndASmallerOneTaken() throws Exception {
        table.set(new SpoolFill(1, 900));
        var full = assertThrows(SpoolFullException.class, () -> gauge.admit("q", 101));
        assertTrue(full.getMessage().startsWith("the spool is full (900 of 1000 octets"), full.getMessage());
        gauge.admit("q", 100);
    }

    @Test
    void withoutLimitsNothingIsCounted() throws Exception {
        new SpoolLimits(Spooling.limited(0, 0), () -> {
            throw new AssertionError("counted");
        }, nanos::get).admit("q", 1L << 40);
    }

    @Test
    void oneSessionsMailsLeaveRoomForOthersAndSoDoTwo() throws Exception {
        var settings = new SpoolSettings("", Path.of("unused"), true, 50, 0, 50, 0, Spooling.SETTINGS.inDoubt(),
                Spooling.SETTINGS.retry(), Spooling.SETTINGS.retention(), Spooling.SETTINGS.drain(), false,
                Spooling.SETTINGS.cipher());
        var waiting = new HashMap<String, SpoolFill>();
        var limits = new SpoolLimits(settings, () -> waiting, nanos::get);
        assertEquals(25, accepted(limits, "dead"), "half");
        assertEquals(13, accepted(limits, "slow"), "half of the rest");
        limits.admit("healthy", 1);
        var full = assertThrows(SpoolFullException.class, () -> limits.admit("dead", 1));
        assertTrue(full.getMessage().contains("mailroom.spool.max-share (now 50)"), full.getMessage());
    }

    private static int accepted(SpoolLimits limits, String queue) throws Exception {
        for (int mails = 0; ; mails++) {
            try {
                limits.admit(queue, 1);
            } catch (SpoolFullException e) {
                return mails;
            }
        }
    }
}
