package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdministrationTest {
    private final PoolBed bed = new PoolBed(10);

    @AfterEach
    void close() {
        bed.close();
    }

    private Map<DiscardReason, Long> discarded() {
        return bed.pool.total().activity().discarded();
    }

    @Test
    void flushingIdleClosesWhatIsIdleUnderTheKey() {
        Lease<FakeConnection> used = bed.acquire("a");
        FakeConnection idle = bed.touch("a");
        FakeConnection other = bed.touch("b");
        bed.pool.flushIdle("a");
        assertTrue(idle.closed);
        assertFalse(other.closed);
        used.release();
        assertEquals(2, bed.open());
    }

    @Test
    void flushingAllIdleClosesWhatIsIdleUnderAnyKey() {
        Lease<FakeConnection> used = bed.acquire("a");
        bed.touch("a");
        bed.touch("b");
        bed.pool.flushIdle();
        assertEquals(1, bed.open());
        used.release();
        assertEquals(Map.of(DiscardReason.FLUSHED, 2L), discarded());
    }

    @Test
    void whatIsClosedIsNotHeldInMemory() {
        bed.touch("a");
        var closed = new WeakReference<>(bed.touch("b"));
        bed.pool.flushIdle("b");
        bed.resources.opened.clear();
        bed.resources.closed.clear();
        bed.leases.clear();
        PoolBed.until(() -> {
            System.gc();
            return closed.get() == null;
        });
    }

    @Test
    void flushingClosesWhatIsInUseWhenItComesBack() {
        Lease<FakeConnection> used = bed.acquire("a");
        FakeConnection connection = used.resource();
        Lease<FakeConnection> other = bed.acquire("b");
        bed.touch("a");
        bed.pool.flush("a");
        assertFalse(connection.closed);
        used.release();
        other.release();
        assertEquals(Map.of(DiscardReason.FLUSHED, 2L), discarded());
        assertEquals(1, bed.pool.total().idle());
    }

    @Test
    void flushingEverythingClosesWhatIsInUseWhenItComesBack() {
        Lease<FakeConnection> used = bed.acquire("a");
        bed.touch("b");
        bed.pool.flush();
        Lease<FakeConnection> later = bed.acquire("a");
        used.release();
        later.release();
        assertEquals(Map.of(DiscardReason.FLUSHED, 2L), discarded());
        assertEquals(1, bed.pool.total().idle(), "what was opened after the flush stays");
    }

    @Test
    void whatIsBeingOpenedWhileTheKeyIsFlushedIsClosedWhenItComesBack() {
        bed.resources.opening = new CountDownLatch(1);
        var caller = new PoolBed.Caller(() -> bed.lease("a", PoolBed.LIMITS, Duration.ZERO));
        PoolBed.until(() -> bed.pool.total().open() == 1);
        bed.pool.flush("a");
        bed.resources.opening.countDown();
        caller.lease().release();
        assertEquals(Map.of(DiscardReason.FLUSHED, 1L), discarded());
    }

    @Test
    void aDroppedKeyIsDrainedAndForgotten() {
        Lease<FakeConnection> used = bed.acquire("a");
        FakeConnection idle = bed.touch("a");
        bed.pool.resize("a", 2);
        bed.pool.drop("a");
        assertTrue(idle.closed);
        used.release();
        assertEquals(0, bed.open());
        assertEquals(Map.of(), bed.pool.statistics());
        assertEquals(Map.of(DiscardReason.DROPPED, 2L), discarded());
    }

    @Test
    void aDroppedKeyStartsAnew() {
        Lease<FakeConnection> used = bed.acquire("a");
        bed.pool.resize("a", 1);
        bed.pool.drop("a");
        Lease<FakeConnection> fresh = bed.acquire("a");
        used.release();
        fresh.release();
        assertEquals(1, bed.pool.total().idle());
        assertFalse(bed.resources.opened.get(1).closed);
    }

    @Test
    void droppingAKeyThatHoldsNothingForgetsIt() {
        bed.touch("a");
        bed.pool.flushIdle("a");
        assertTrue(bed.pool.knows("a"), "for its numbers");
        bed.pool.drop("a");
        assertFalse(bed.pool.knows("a"));
    }

    @Test
    void droppingWhatIsUnknownDoesNothing() {
        bed.pool.drop("a");
        bed.pool.flush("a");
        bed.pool.flushIdle("a");
        bed.pool.shrink("a");
        assertEquals(Map.of(), bed.pool.statistics());
    }

    @Test
    void callersOfASuspendedKeyWaitUntilItIsResumed() {
        FakeConnection idle = bed.touch("a");
        bed.pool.suspend("a");
        PoolBed.Caller caller = bed.waiting("a");
        bed.touch("b");
        assertFalse(caller.done());
        bed.pool.resume("a");
        assertSame(idle, caller.lease().resource());
    }

    @Test
    void callersOfASuspendedPoolWaitUntilItIsResumed() {
        bed.touch("a");
        bed.pool.suspend();
        PoolBed.Caller first = bed.waiting("a");
        PoolBed.Caller second = bed.waiting("b");
        bed.pool.resume();
        assertEquals("a", first.lease().resource().key);
        assertEquals("b", second.lease().resource().key);
    }

    @Test
    void whatComesBackWhileItsKeyIsSuspendedIsNotHandedOver() {
        Lease<FakeConnection> used = bed.acquire("a", PoolBed.most(1));
        PoolBed.Caller caller = bed.waiting("a", PoolBed.most(1), PoolBed.LONG);
        bed.pool.suspend("a");
        used.release();
        assertFalse(caller.done());
        assertEquals(1, bed.pool.total().idle());
        bed.pool.resume("a");
        caller.lease();
    }

    @Test
    void aSuspendedKeyFailsItsCallersAfterMaxWait() {
        bed.pool.suspend("a");
        PoolBed.Caller caller = bed.waiting("a");
        bed.clock.advance(Duration.ofSeconds(30));
        var failure = assertInstanceOf(PoolExhaustedException.class, caller.failure());
        assertEquals(Exhaustion.Cause.SUSPENDED, failure.exhaustion().cause());
    }

    @Test
    void anIdleConnectionOfASuspendedKeyMakesRoomForOthers() {
        bed.touch("a");
        bed.pool.resizeTotal(1);
        bed.pool.suspend("a");
        assertEquals("b", bed.touch("b").key);
    }

    @Test
    void aResizedKeyKeepsItsSizeWhateverItsCallersBring() {
        bed.pool.resize("a", 1);
        bed.acquire("a", PoolBed.most(5));
        var failure = assertThrows(PoolExhaustedException.class,
                () -> bed.lease("a", PoolBed.most(5), Duration.ZERO));
        assertEquals(1, failure.exhaustion().ofKey().limit());
    }

    @Test
    void aSmallerKeyClosesItsSurplusNowOrWhenItComesBack() {
        Lease<FakeConnection> one = bed.acquire("a", PoolBed.most(4));
        Lease<FakeConnection> two = bed.acquire("a", PoolBed.most(4));
        bed.acquire("a", PoolBed.most(4)).release();
        bed.pool.resize("a", 1);
        assertEquals(2, bed.open());
        one.release();
        two.release();
        assertEquals(1, bed.open());
        assertEquals(Map.of(DiscardReason.SURPLUS, 2L), discarded());
    }

    @Test
    void aSmallerPoolClosesItsSurplusNowOrWhenItComesBack() {
        Lease<FakeConnection> one = bed.acquire("a");
        Lease<FakeConnection> two = bed.acquire("b");
        bed.touch("c");
        bed.pool.resizeTotal(1);
        assertEquals(2, bed.open());
        one.release();
        two.release();
        assertEquals(1, bed.open());
        assertEquals(1, bed.pool.total().limit());
    }

    @Test
    void aBiggerPoolServesThoseWhoWaitOldestFirst() {
        bed.pool.resizeTotal(1);
        bed.acquire("a");
        PoolBed.Caller first = bed.waiting("b");
        PoolBed.Caller second = bed.waiting("a");
        bed.pool.resizeTotal(2);
        assertEquals("b", first.lease().resource().key);
        assertFalse(second.done());
    }

    @Test
    void sizesBelowOneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> bed.pool.resize("a", 0));
        assertThrows(IllegalArgumentException.class, () -> bed.pool.resizeTotal(0));
    }

    @Test
    void aRefusedKeyHalvesItsMaximumAndGrowsBackSlowly() {
        bed.acquire("a", PoolBed.most(8)).release();
        bed.pool.shrink("a");
        assertEquals(4, bed.pool.statistics().get("a").effectiveLimit());
        for (int limit = 5; limit <= 8; limit++) {
            bed.clock.advance(Duration.ofMinutes(1).minusNanos(1));
            bed.pool.sweep();
            assertEquals(limit - 1, bed.pool.statistics().get("a").effectiveLimit());
            bed.clock.advance(Duration.ofNanos(1));
            bed.pool.sweep();
            assertEquals(limit, bed.pool.statistics().get("a").effectiveLimit());
        }
        bed.clock.advance(Duration.ofDays(1));
        bed.pool.sweep();
        assertEquals(8, bed.pool.statistics().get("a").effectiveLimit(), "never above the limit");
        List<String> changes = bed.events.heard.stream().filter(event -> event.startsWith("limit")).toList();
        assertEquals(List.of("limit 4 a", "limit 5 a", "limit 6 a", "limit 7 a", "limit 8 a"), changes);
    }

    @Test
    void aKeyThatHasGrownBackIsAsFreeAsBefore() {
        bed.acquire("a", PoolBed.most(8)).release();
        bed.pool.shrink("a");
        bed.clock.advance(Duration.ofMinutes(5));
        bed.pool.sweep();
        bed.pool.resize("a", 100);
        assertEquals(100, bed.pool.statistics().get("a").effectiveLimit());
    }

    @Test
    void aShrunkKeyOpensNoMoreThanItsEffectiveMaximum() {
        bed.acquire("a", PoolBed.most(2));
        bed.pool.shrink("a");
        var failure = assertThrows(PoolExhaustedException.class,
                () -> bed.lease("a", PoolBed.most(2), Duration.ZERO));
        assertEquals(1, failure.exhaustion().ofKey().effectiveLimit());
        assertEquals(2, failure.exhaustion().ofKey().limit());
    }

    @Test
    void aShrinkingKeyKeepsOne() {
        bed.acquire("a", PoolBed.most(3)).release();
        for (int i = 0; i < 5; i++) {
            bed.pool.shrink("a");
            bed.clock.advance(Duration.ofSeconds(1));
        }
        assertEquals(1, bed.pool.statistics().get("a").effectiveLimit());
    }

    @Test
    void aBurstOfRefusalsHalvesOnce() {
        bed.acquire("a", PoolBed.most(8)).release();
        for (int i = 0; i < 5; i++) {
            bed.pool.shrink("a");
        }
        assertEquals(4, bed.pool.statistics().get("a").effectiveLimit());
        bed.clock.advance(Duration.ofSeconds(1));
        bed.pool.shrink("a");
        assertEquals(2, bed.pool.statistics().get("a").effectiveLimit());
    }

    @Test
    void whenAKeyGrowsBackThoseWhoWaitAreServed() {
        var settings = new PoolSettings(
                10, 1_000, PoolBed.LONG, PoolBed.LONG, Duration.ZERO, false, Duration.ZERO, Duration.ofSeconds(10));
        try (var quick = new PoolBed(settings)) {
            quick.acquire("a", PoolBed.most(2));
            quick.pool.shrink("a");
            PoolBed.Caller caller = quick.waiting("a", PoolBed.most(2), PoolBed.LONG);
            quick.pool.resize("a", 2);
            quick.pool.sweep();
            assertFalse(caller.done());
            quick.clock.advance(Duration.ofSeconds(10));
            quick.pool.sweep();
            assertEquals("a", caller.lease().resource().key);
        }
    }

    @Test
    void aKeyGrowsBackForWhoComesEvenBeforeTheSweep() {
        bed.acquire("a", PoolBed.most(2));
        bed.pool.shrink("a");
        bed.clock.advance(Duration.ofMinutes(1));
        bed.acquire("a", PoolBed.most(2));
    }
}
