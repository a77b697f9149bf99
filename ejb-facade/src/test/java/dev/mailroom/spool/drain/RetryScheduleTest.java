package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.spool.RetrySettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Duration YOUNG = Duration.ZERO;

    private static RetrySchedule schedule(double random, int attempts, Duration maxAge) {
        return new RetrySchedule(
                new RetrySettings(Duration.ofSeconds(10), Duration.ofMinutes(5), attempts, maxAge, 3), () -> random);
    }

    @Test
    void theCeilingDoublesUntilTheMaximum() {
        RetrySchedule highest = schedule(1, 0, Duration.ofDays(1));
        assertEquals(Duration.ofSeconds(10), highest.afterFailures(1));
        assertEquals(Duration.ofSeconds(20), highest.afterFailures(2));
        assertEquals(Duration.ofSeconds(160), highest.afterFailures(5));
        assertEquals(Duration.ofMinutes(5), highest.afterFailures(6));
        assertEquals(Duration.ofMinutes(5), highest.afterFailures(1_000_000));
    }

    @Test
    void jitterSpreadsOverTheWholeWaitButNeverHammers() {
        assertEquals(Duration.ofSeconds(1), schedule(0, 0, Duration.ofDays(1)).afterFailures(1));
        assertEquals(Duration.ofMillis(5_500), schedule(0.5, 0, Duration.ofDays(1)).afterFailures(1));
    }

    @Test
    void theLastAttemptIsTheLast() {
        RetrySchedule three = schedule(1, 3, Duration.ZERO);
        assertTrue(three.next(2, Duration.ofDays(900)).isPresent());
        assertEquals(Optional.empty(), three.next(3, YOUNG));
    }

    @Test
    void aMailGetsOneMoreChanceAtItsMaximumAgeAndIsThenGivenUp() {
        RetrySchedule day = schedule(1, 0, Duration.ofDays(1));
        assertEquals(Optional.of(Duration.ofSeconds(7)), day.next(9, Duration.ofDays(1).minusSeconds(7)));
        assertEquals(Optional.empty(), day.next(9, Duration.ofDays(1)));
    }

    @Test
    void aScheduleWithoutEndIsRefused() {
        var refused = assertThrows(IllegalArgumentException.class,
                () -> new RetrySettings(Duration.ofSeconds(1), Duration.ofSeconds(1), 0, Duration.ZERO, 3));
        assertTrue(refused.getMessage().contains("mailroom.spool.retry.max-attempts"), refused.getMessage());
    }
}
