package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SpoolGaugeTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger counts = new AtomicInteger();
    private final AtomicReference<SpoolFill> table = new AtomicReference<>(new SpoolFill(0, 0));
    private final SpoolGauge gauge = new SpoolGauge(Spooling.limited(3, 1000), () -> {
        counts.incrementAndGet();
        return table.get();
    }, nanos::get);

    @Test
    void theTableIsNotCountedForEveryMail() throws Exception {
        gauge.admit(10);
        gauge.admit(10);
        gauge.admit(10);
        assertEquals(1, counts.get());
        assertThrows(SpoolFullException.class, () -> gauge.admit(10));
        gauge.left(10);
        gauge.admit(10);
        assertEquals(1, counts.get());
    }

    @Test
    void itCountsAgainBeforeItRefuses() throws Exception {
        table.set(new SpoolFill(3, 30));
        var full = assertThrows(SpoolFullException.class, () -> gauge.admit(10));
        assertTrue(full.getMessage().startsWith("the spool is full (3 of 3)"), full.getMessage());
        table.set(new SpoolFill(1, 10));
        nanos.addAndGet(Duration.ofMillis(300).toNanos());
        gauge.admit(10);
        assertEquals(2, counts.get());
    }

    @Test
    void whatOthersAcceptedIsSeenWithinASecond() throws Exception {
        gauge.admit(10);
        table.set(new SpoolFill(7, 70));
        nanos.addAndGet(Duration.ofMillis(1100).toNanos());
        var full = assertThrows(SpoolFullException.class, () -> gauge.admit(10));
        assertTrue(full.getMessage().startsWith("the spool is full (7 of 3)"), full.getMessage());
    }

    @Test
    void aMailThatIsTooLargeForTheRestIsRefusedAndASmallerOneTaken() throws Exception {
        table.set(new SpoolFill(1, 900));
        var full = assertThrows(SpoolFullException.class, () -> gauge.admit(101));
        assertTrue(full.getMessage().startsWith("the spool is full (900 of 1000 octets"), full.getMessage());
        gauge.admit(100);
    }

    @Test
    void withoutLimitsNothingIsCounted() throws Exception {
        new SpoolGauge(Spooling.limited(0, 0), () -> {
            throw new AssertionError("counted");
        }, nanos::get).admit(1L << 40);
    }
}
