package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseClockTest {
    private final AtomicLong nanos = new AtomicLong(7);
    private final LeaseClock watch = new LeaseClock(Duration.ofNanos(100), nanos::get);

    @Test
    void aClaimHoldsForNineTenthsOfItsLeaseAndLongerWhenItWasExtended() {
        nanos.set(89);
        assertTrue(watch.holds(0, 1));
        nanos.set(90);
        assertFalse(watch.holds(0, 1));
        watch.extended(60);
        assertTrue(watch.holds(0, 1));
        nanos.set(150);
        assertFalse(watch.holds(0, 1));
    }

    @Test
    void aMailIsBegunWithInTheFirstHalfOfALease() {
        nanos.set(49);
        assertTrue(watch.mayBegin(0, 1));
        nanos.set(50);
        assertFalse(watch.mayBegin(0, 1));
        watch.extended(30);
        assertTrue(watch.mayBegin(0, 1));
    }

    @Test
    void anExtensionThatBeganBeforeTheMailsWereHeldDoesNotCount() {
        watch.extended(60);
        nanos.set(95);
        assertFalse(watch.holds(0, 61));
    }
}
