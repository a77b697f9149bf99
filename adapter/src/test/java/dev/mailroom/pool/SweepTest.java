package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.ConnectionLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final Duration OFF = Duration.ZERO;

    private final PoolBed bed = new PoolBed(5);

    @AfterEach
    void close() {
        bed.close();
    }

    private static ConnectionLimits warm(int most, int minIdle, Duration idleTimeout) {
        return new ConnectionLimits(most, minIdle, idleTimeout, OFF, 0, OFF);
    }

    @Test
    void aWarmKeyIsFilledUpToItsMinimum() {
        bed.pool.warm("a", warm(4, 3, OFF));
        bed.pool.sweep();
        assertEquals(3, bed.pool.total().idle());
        bed.acquire("a", warm(4, 3, OFF));
        bed.pool.sweep();
        assertEquals(3, bed.pool.total().idle());
        assertEquals(4, bed.open());
    }

    @Test
    void aWarmKeyStaysWithinItsMaximum() {
        bed.pool.warm("a", warm(2, 2, OFF));
        bed.acquire("a", warm(2, 2, OFF));
        bed.pool.sweep();
        bed.pool.sweep();
        assertEquals(2, bed.open());
    }

    @Test
    void aWarmKeyTakesNoRoomFromOthers() {
        for (String key : List.of("a", "b", "c", "d", "e")) {
            bed.touch(key);
        }
        bed.pool.warm("f", warm(2, 2, OFF));
        bed.pool.sweep();
        assertEquals(0, bed.resources.closed.size());
        assertEquals(5, bed.open());
    }

    @Test
    void theIdleTimeoutLeavesAWarmKeyItsMinimum() {
        ConnectionLimits limits = warm(4, 1, Duration.ofSeconds(60));
        bed.acquire("a", limits);
        bed.acquire("a", limits);
        bed.acquire("a", limits);
        bed.leases.forEach(Lease::release);
        bed.clock.advance(Duration.ofSeconds(60));
        bed.pool.sweep();
        assertEquals(1, bed.open());
        assertEquals(3, bed.resources.opened.size());
        bed.acquire("a", limits);
        assertEquals(3, bed.resources.opened.size(), "what was kept warm is used");
    }

    @Test
    void whatIsMissingIsReplaced() {
        bed.pool.warm("a", warm(2, 2, OFF));
        bed.pool.sweep();
        bed.pool.flush("a");
        assertEquals(0, bed.open());
        bed.pool.sweep();
        assertEquals(2, bed.open());
    }

    @Test
    void aFailureToWarmIsTriedAgainAtTheNextSweep() {
        bed.pool.warm("a", warm(2, 2, OFF));
        bed.resources.refusal = new IOException("down");
        bed.pool.sweep();
        assertEquals(1, bed.pool.total().activity().openFailures(), "one attempt a sweep");
        assertEquals(0, bed.pool.total().open());
        bed.resources.refusal = null;
        bed.pool.sweep();
        assertEquals(2, bed.pool.total().idle());
    }

    @Test
    void aDroppedKeyIsNotKeptWarm() {
        bed.pool.warm("a", warm(2, 2, OFF));
        bed.pool.sweep();
        bed.pool.drop("a");
        bed.pool.sweep();
        assertEquals(0, bed.open());
        assertEquals(0, bed.pool.total().keys());
    }

    @Test
    void aCallerGetsWhatIsBeingWarmed() {
        bed.pool.warm("a", warm(1, 1, OFF));
        bed.resources.opening = new CountDownLatch(1);
        Thread sweeping = new Thread(bed.pool::sweep);
        sweeping.start();
        PoolBed.until(() -> bed.pool.total().open() == 1);
        PoolBed.Caller caller = bed.waiting("a", warm(1, 1, OFF), PoolBed.LONG);
        bed.resources.opening.countDown();
        assertEquals(1, caller.lease().resource().number);
    }

    private static PoolSettings leaks(boolean stacks) {
        return new PoolSettings(5, 1_000, OFF, PoolBed.LONG, Duration.ofMinutes(5), stacks, OFF, PoolBed.LONG);
    }

    @Test
    void aLeaseHeldForTooLongIsReportedOnce() {
        try (var leaky = new PoolBed(leaks(false))) {
            leaky.acquire("a");
            leaky.clock.advance(Duration.ofMinutes(5).minusNanos(1));
            leaky.acquire("b");
            leaky.pool.sweep();
            assertEquals(List.of(), leaky.events.leaks);
            leaky.clock.advance(Duration.ofNanos(1));
            leaky.pool.sweep();
            leaky.pool.sweep();
            String thread = Thread.currentThread().getName();
            assertEquals(List.of(new Holder("a", thread, Duration.ofMinutes(5), List.of())), leaky.events.leaks);
        }
    }

    @Test
    void aLeakReportShowsWhereTheLeaseWasTakenWhenSwitchedOn() {
        try (var leaky = new PoolBed(leaks(true))) {
            leaky.acquire("a");
            leaky.clock.advance(Duration.ofMinutes(5));
            leaky.pool.sweep();
            assertTrue(leaky.events.leaks.get(0).stack().stream().anyMatch(
                    frame -> frame.getMethodName().equals("aLeakReportShowsWhereTheLeaseWasTakenWhenSwitchedOn")));
        }
    }

    @Test
    void withoutALeakTimeNothingIsReported() {
        bed.acquire("a");
        bed.clock.advance(Duration.ofDays(365));
        bed.pool.sweep();
        assertEquals(List.of(), bed.events.leaks);
    }

    @Test
    void thePoolSweepsByItselfAndHasNoThreadWhenItIsEmpty() {
        var settings = new PoolSettings(5, 1_000, OFF, Duration.ofSeconds(5), OFF, false, OFF, PoolBed.LONG);
        Set<Thread> others = PoolBed.sweepers();
        try (var own = new PoolBed(settings)) {
            ConnectionLimits limits = warm(2, 0, Duration.ofSeconds(4));
            own.acquire("a", limits).release();
            assertFalse(others.containsAll(PoolBed.sweepers()));
            PoolBed.until(() -> advance(own) && own.open() == 0);
            PoolBed.until(() -> advance(own) && others.containsAll(PoolBed.sweepers()));
            own.acquire("a", limits).release();
            PoolBed.until(() -> advance(own) && own.open() == 0);
        }
    }

    private static boolean advance(PoolBed own) {
        own.clock.advance(Duration.ofSeconds(5));
        return true;
    }

    @Test
    void aWarmKeyIsEnoughForTheThreadToComeBy() {
        var settings = new PoolSettings(5, 1_000, OFF, Duration.ofSeconds(5), OFF, false, OFF, PoolBed.LONG);
        try (var own = new PoolBed(settings)) {
            own.pool.warm("a", warm(2, 2, OFF));
            PoolBed.until(() -> advance(own) && own.pool.total().idle() == 2);
        }
    }

    @Test
    void aMillionKeysUsedOnceDoNotStay() {
        try (var many = new KeyedPool<>(new PoolSettings(1, 1_000, OFF, PoolBed.LONG, OFF, false, OFF, PoolBed.LONG),
                new NoResources(), event -> { }, bed.clock)) {
            for (int i = 0; i < 1_000_000; i++) {
                many.acquire(i, PoolBed.LIMITS, OFF, Object::new).release();
            }
            assertTrue(many.total().keys() <= Registry.MAX_VACANT + 1, many.total().keys() + " keys");
            assertEquals(1_000_000, many.total().activity().leases(), "the total forgets nothing");
            many.flush();
            bed.clock.advance(Duration.ofMinutes(10));
            many.sweep();
            assertEquals(0, many.total().keys());
        } catch (PoolExhaustedException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aKeyWithConnectionsOrSettingsOfItsOwnIsNotForgotten() {
        bed.touch("open");
        bed.pool.suspend("suspended");
        bed.pool.resize("resized", 3);
        bed.pool.warm("warm", warm(1, 1, OFF));
        bed.clock.advance(Duration.ofMinutes(10));
        bed.pool.sweep();
        assertEquals(4, bed.pool.total().keys());
    }
}
