package dev.mailroom.console.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class WrongPasswordsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<Duration> waited = new ArrayList<>();
    private final WrongPasswords wrong = new WrongPasswords(nanos::get, waited::add);

    private void guess(String address) {
        assertTrue(wrong.enter(address));
        wrong.delay(address);
        wrong.leave(address);
    }

    private void guess(String address, int times) {
        for (int i = 0; i < times; i++) {
            guess(address);
        }
    }

    @Test
    void theDelayGrowsUpToFiveSeconds() {
        guess("10.0.0.1", 12);
        assertEquals(List.of(250L, 500L, 1_000L, 2_000L, 4_000L, 5_000L, 5_000L, 5_000L, 5_000L),
                waited.stream().map(Duration::toMillis).toList());
    }

    @Test
    void anotherAddressDoesNotWait() {
        guess("10.0.0.1", 100);
        waited.clear();
        guess("10.0.0.2");
        assertEquals(List.of(), waited);
    }

    @Test
    void allAddressesOfAnIpv6NetworkAreOne() {
        for (int i = 0; i < 4; i++) {
            guess("2001:db8:0:1:0:0:0:" + i);
        }
        assertEquals(List.of(Duration.ofMillis(250)), waited);
    }

    @Test
    void theRightPasswordAndTenMinutesOfQuietBringTheFreeOnesBack() {
        guess("10.0.0.1", 4);
        wrong.forget("10.0.0.1");
        guess("10.0.0.1", 3);
        assertEquals(1, waited.size());
        guess("10.0.0.1", 5);
        waited.clear();
        nanos.addAndGet(Duration.ofMinutes(11).toNanos());
        guess("10.0.0.1", 3);
        assertEquals(List.of(), waited);
    }

    @Test
    void nobodyFillsTheThreadsWithWaiting() {
        guess("10.0.0.1", 4);
        for (int i = 0; i < WrongPasswords.MOST_AT_ONCE; i++) {
            assertTrue(wrong.enter("10.0.0.1"));
        }
        assertFalse(wrong.enter("10.0.0.1"));
        assertTrue(wrong.enter("10.0.0.2"), "others have their own places");
        wrong.leave("10.0.0.1");
        assertTrue(wrong.enter("10.0.0.1"));
    }

    @Test
    void anAttackIsAFewLinesInTheLog() {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                lines.add(entry.getMessage());
            }

            @Override
            public void flush() {
                // Nothing is kept back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger logger = Logger.getLogger("dev.mailroom.console.security");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            guess("10.0.0.1", 8_640);
            assertEquals(4, lines.size());
            assertTrue(lines.get(3).startsWith("MR0604") && lines.get(3).endsWith("from 10.0.0.1, 1000 in a row"),
                    lines.get(3));
            for (int i = 0; i < 1_000; i++) {
                guess("10.1." + i / 250 + "." + i % 250);
            }
            assertEquals(20, lines.size());
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }
}
