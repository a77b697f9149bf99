package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueTest {
    private final PoolBed bed = new PoolBed(2);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void callersOfOneKeyAreServedInTheOrderOfTheirComing() {
        Lease<FakeConnection> held = bed.acquire("a");
        bed.acquire("a");
        List<PoolBed.Caller> callers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            callers.add(bed.waiting("a"));
        }
        for (PoolBed.Caller caller : callers) {
            assertFalse(caller.done());
            held.release();
            held = caller.lease();
        }
        assertEquals(2, bed.resources.opened.size());
    }

    @Test
    void theOldestCallerIsServedWhateverItsKey() {
        Lease<FakeConnection> first = bed.acquire("a");
        Lease<FakeConnection> second = bed.acquire("a");
        PoolBed.Caller older = bed.waiting("b");
        PoolBed.Caller younger = bed.waiting("a");
        first.release();
        assertEquals("b", older.lease().resource().key);
        assertFalse(younger.done());
        second.release();
        assertSame("a", younger.lease().resource().key);
    }

    @Test
    void aCallerOfTheSameKeyThatCameFirstGetsTheConnectionItself() {
        Lease<FakeConnection> first = bed.acquire("a");
        FakeConnection connection = first.resource();
        bed.acquire("a");
        PoolBed.Caller older = bed.waiting("a");
        bed.waiting("b");
        first.release();
        assertSame(connection, older.lease().resource());
        assertEquals(0, bed.resources.closed.size());
    }

    @Test
    void aBusyKeyDoesNotStarveAnother() {
        Lease<FakeConnection> one = bed.acquire("a");
        bed.acquire("a");
        PoolBed.Caller starving = bed.waiting("b");
        one.release();
        for (int i = 0; i < 3; i++) {
            bed.waiting("a");
        }
        assertEquals("b", starving.lease().resource().key);
    }

    @Test
    void aCallerAtItsOwnLimitDoesNotHoldUpOthers() {
        bed.acquire("a", PoolBed.most(1));
        PoolBed.Caller blocked = bed.waiting("a", PoolBed.most(1), PoolBed.LONG);
        bed.acquire("b").release();
        bed.acquire("c").release();
        assertFalse(blocked.done());
    }

    @Test
    void whoComesLaterDoesNotOvertakeThoseWhoWait() {
        Lease<FakeConnection> one = bed.acquire("a");
        bed.acquire("b");
        PoolBed.Caller first = bed.waiting("c");
        PoolBed.Caller second = bed.waiting("a");
        one.discard(DiscardReason.BROKEN);
        assertEquals("c", first.lease().resource().key);
        first.lease().discard(DiscardReason.BROKEN);
        assertEquals("a", second.lease().resource().key);
    }

    @Test
    void aDiscardServesTheNext() {
        Lease<FakeConnection> one = bed.acquire("a");
        bed.acquire("a");
        PoolBed.Caller caller = bed.waiting("a");
        one.discard(DiscardReason.BROKEN);
        assertEquals(3, caller.lease().resource().number);
    }

    @Test
    void aCallerWhoseOpeningFailsPassesItsPlaceOn() {
        Lease<FakeConnection> one = bed.acquire("a");
        bed.acquire("a");
        PoolBed.Caller unlucky = bed.waiting("b");
        PoolBed.Caller next = bed.waiting("c");
        bed.resources.opening = new CountDownLatch(1);
        bed.resources.refusal = new IOException("refused");
        one.discard(DiscardReason.BROKEN);
        PoolBed.until(() -> bed.events.heard.contains("opening b"));
        CountDownLatch gate = bed.resources.opening;
        bed.resources.opening = new CountDownLatch(1);
        gate.countDown();
        assertInstanceOf(IOException.class, unlucky.failure());
        bed.resources.refusal = null;
        bed.resources.opening.countDown();
        assertEquals("c", next.lease().resource().key);
    }

    @Test
    void aCallerWaitsAtMostMaxWait() {
        bed.acquire("a");
        bed.acquire("a");
        PoolBed.Caller caller = bed.waiting("a", PoolBed.LIMITS, PoolBed.LONG);
        bed.clock.advance(Duration.ofSeconds(30).minusNanos(1));
        assertFalse(caller.done());
        bed.clock.advance(Duration.ofNanos(1));
        Exhaustion exhaustion = assertInstanceOf(PoolExhaustedException.class, caller.failure()).exhaustion();
        assertEquals(Duration.ofSeconds(30), exhaustion.waited());
        assertEquals(0, bed.pool.total().waiting());
    }

    @Test
    void aCallerWaitsAtMostAsLongAsItsPatience() {
        bed.acquire("a");
        bed.acquire("a");
        PoolBed.Caller caller = bed.waiting("a", PoolBed.LIMITS, Duration.ofSeconds(3));
        bed.clock.advance(Duration.ofSeconds(3));
        assertInstanceOf(PoolExhaustedException.class, caller.failure());
    }

    @Test
    void aCallerThatGaveUpIsPassedOver() {
        Lease<FakeConnection> one = bed.acquire("a");
        bed.acquire("a");
        PoolBed.Caller impatient = bed.waiting("b", PoolBed.LIMITS, Duration.ofSeconds(3));
        PoolBed.Caller next = bed.waiting("a");
        bed.clock.advance(Duration.ofSeconds(3));
        assertInstanceOf(PoolExhaustedException.class, impatient.failure());
        one.release();
        assertEquals(1, next.lease().resource().number);
    }

    @Test
    void anInterruptedCallerLosesNothing() {
        Lease<FakeConnection> one = bed.acquire("a");
        bed.acquire("a");
        PoolBed.Caller interrupted = bed.waiting("a");
        PoolBed.Caller next = bed.waiting("a");
        interrupted.interrupt();
        assertInstanceOf(InterruptedException.class, interrupted.failure());
        one.release();
        assertEquals(1, next.lease().resource().number);
    }

    @Test
    void aCallerAtItsOwnLimitSeeksAnyPlaceAsSoonAsItMay() {
        Lease<FakeConnection> a = bed.acquire("a", PoolBed.most(1));
        Lease<FakeConnection> b = bed.acquire("b");
        PoolBed.Caller first = bed.waiting("a", PoolBed.most(1), PoolBed.LONG);
        PoolBed.Caller second = bed.waiting("c");
        b.discard(DiscardReason.BROKEN);
        Lease<FakeConnection> c = second.lease();
        PoolBed.Caller third = bed.waiting("d");
        a.discard(DiscardReason.BROKEN);
        Lease<FakeConnection> served = first.lease();
        assertNotSame(c.resource(), served.resource());
        c.release();
        assertEquals("d", third.lease().resource().key);
        assertTrue(bed.open() <= 2);
    }

    @Test
    void aConnectionHandedOverToACallerThatJustGaveUpGoesToTheNext() {
        Lease<FakeConnection> held = bed.acquire("a", PoolBed.most(1));
        PoolBed.Caller late = bed.waiting("a", PoolBed.most(1), Duration.ofSeconds(3));
        PoolBed.Caller next = bed.waiting("a", PoolBed.most(1), PoolBed.LONG);
        bed.clock.inBetween(late.thread, held::release);
        bed.clock.advance(Duration.ofSeconds(3));
        assertInstanceOf(PoolExhaustedException.class, late.failure());
        assertEquals(1, next.lease().resource().number);
    }

    @Test
    void aConnectionHandedOverToACallerJustInterruptedIsIdleAgain() {
        Lease<FakeConnection> held = bed.acquire("a", PoolBed.most(1));
        PoolBed.Caller interrupted = bed.waiting("a", PoolBed.most(1), PoolBed.LONG);
        bed.clock.inBetween(interrupted.thread, held::release);
        interrupted.interrupt();
        assertInstanceOf(InterruptedException.class, interrupted.failure());
        assertEquals(1, bed.pool.total().idle());
        assertEquals(1, bed.pool.total().open());
    }

    @Test
    void aConnectionThatWasToMakeRoomForACallerThatJustGaveUpLivesOn() {
        Lease<FakeConnection> held = bed.acquire("a");
        bed.acquire("a");
        PoolBed.Caller late = bed.waiting("b", PoolBed.LIMITS, Duration.ofSeconds(3));
        bed.clock.inBetween(late.thread, held::release);
        bed.clock.advance(Duration.ofSeconds(3));
        assertInstanceOf(PoolExhaustedException.class, late.failure());
        assertEquals(1, bed.pool.total().idle());
        assertEquals(0, bed.resources.closed.size());
        assertEquals(0, bed.pool.statistics().get("b").open());
        assertEquals(1, bed.touch("a").number);
    }

    @Test
    void aPlaceHandedOverToACallerThatJustGaveUpGoesToTheNext() {
        Lease<FakeConnection> held = bed.acquire("a");
        bed.acquire("a");
        PoolBed.Caller late = bed.waiting("b", PoolBed.LIMITS, Duration.ofSeconds(3));
        PoolBed.Caller next = bed.waiting("c");
        bed.clock.inBetween(late.thread, () -> held.discard(DiscardReason.BROKEN));
        bed.clock.advance(Duration.ofSeconds(3));
        assertInstanceOf(PoolExhaustedException.class, late.failure());
        assertEquals("c", next.lease().resource().key);
        assertEquals(2, bed.pool.total().open());
    }
}
