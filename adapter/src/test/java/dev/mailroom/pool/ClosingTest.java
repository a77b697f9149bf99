package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private final PoolBed bed = new PoolBed(new PoolSettings(
            3, 1_000, Duration.ofSeconds(30), PoolBed.LONG, Duration.ZERO, false, Duration.ofSeconds(10),
            PoolBed.LONG));

    private Thread closing() {
        Thread thread = new Thread(bed::close);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertFalse(thread.isAlive());
    }

    @Test
    void aClosedPoolLendsNothing() {
        bed.touch("a");
        bed.close();
        var refused = assertThrows(PoolExhaustedException.class,
                () -> bed.lease("a", PoolBed.LIMITS, PoolBed.LONG));
        assertEquals(Exhaustion.Cause.CLOSED, refused.exhaustion().cause());
        assertEquals(0, bed.open());
    }

    @Test
    void thoseWhoWaitAreRefusedAtOnce() {
        bed.acquire("a");
        bed.acquire("a");
        PoolBed.Caller caller = bed.waiting("a");
        Thread closing = closing();
        var refused = assertInstanceOf(PoolExhaustedException.class, caller.failure());
        assertEquals(Exhaustion.Cause.CLOSED, refused.exhaustion().cause());
        bed.leases.forEach(Lease::release);
        join(closing);
    }

    @Test
    void leasesInUseGetTheirGraceAndAreClosedWhenTheyComeBack() {
        Lease<FakeConnection> lease = bed.acquire("a");
        FakeConnection connection = lease.resource();
        Thread closing = closing();
        PoolBed.until(() -> closing.getState() == Thread.State.WAITING);
        bed.clock.advance(Duration.ofSeconds(10).minusNanos(1));
        assertFalse(connection.closed);
        lease.release();
        join(closing);
        assertTrue(connection.closed);
    }

    @Test
    void afterTheGraceWhatIsStillInUseIsClosed() {
        Lease<FakeConnection> lease = bed.acquire("a");
        FakeConnection connection = lease.resource();
        Thread closing = closing();
        PoolBed.until(() -> closing.getState() == Thread.State.WAITING);
        bed.clock.advance(Duration.ofSeconds(10));
        join(closing);
        assertTrue(connection.closed);
        lease.release();
        lease.discard(DiscardReason.BROKEN);
        assertEquals(0, bed.pool.total().open());
    }

    @Test
    void theGraceCountsFromWhereTheClosingBegan() {
        FakeConnection connection = bed.acquire("a").resource();
        bed.pool.beginClosing();
        bed.clock.advance(Duration.ofSeconds(7));
        bed.pool.beginClosing();
        bed.touch("a");
        Thread closing = closing();
        PoolBed.until(() -> closing.getState() == Thread.State.WAITING);
        bed.clock.advance(Duration.ofSeconds(3).minusNanos(1));
        assertFalse(connection.closed);
        bed.clock.advance(Duration.ofNanos(1));
        join(closing);
        assertTrue(connection.closed);
    }

    @Test
    void whoHasUsedUpTheGraceBeforeClosingGetsNoneAgain() {
        FakeConnection connection = bed.acquire("a").resource();
        bed.pool.beginClosing();
        bed.clock.advance(Duration.ofSeconds(20));
        bed.close();
        assertTrue(connection.closed);
    }

    @Test
    void anInterruptCutsTheGraceShort() {
        bed.acquire("a");
        Thread closing = closing();
        closing.interrupt();
        join(closing);
        assertEquals(0, bed.open());
    }

    @Test
    void whatIsBeingOpenedIsClosedAsSoonAsItIsOpen() {
        bed.resources.opening = new CountDownLatch(1);
        var caller = new PoolBed.Caller(() -> bed.lease("a", PoolBed.LIMITS, Duration.ZERO));
        PoolBed.until(() -> bed.pool.total().open() == 1);
        Thread closing = closing();
        PoolBed.until(() -> closing.getState() == Thread.State.WAITING);
        bed.resources.opening.countDown();
        assertInstanceOf(PoolExhaustedException.class, caller.failure());
        join(closing);
        assertEquals(1, bed.resources.closed.size());
    }

    @Test
    void whatIsBeingCheckedIsClosedAsSoonAsItIsChecked() {
        bed.touch("a");
        bed.resources.checking = new CountDownLatch(1);
        var caller = new PoolBed.Caller(() -> bed.lease("a", PoolBed.LIMITS, Duration.ZERO));
        PoolBed.until(() -> bed.resources.quiets.get() == 1);
        Thread closing = closing();
        PoolBed.until(() -> closing.getState() == Thread.State.WAITING);
        bed.resources.checking.countDown();
        assertInstanceOf(PoolExhaustedException.class, caller.failure());
        join(closing);
        assertEquals(1, bed.resources.closed.size());
    }

    @Test
    void closingTwiceDoesNothing() {
        bed.touch("a");
        bed.close();
        bed.close();
        assertEquals(1, bed.resources.closed.size());
    }

    @Test
    void noThreadIsLeftOfAClosedPool() {
        Set<Thread> before = PoolBed.sweepers();
        var settings = new PoolSettings(3, 1_000, Duration.ZERO, Duration.ofSeconds(5), Duration.ZERO, false,
                Duration.ZERO, PoolBed.LONG);
        for (int i = 0; i < 20; i++) {
            try (var pool = new PoolBed(settings)) {
                pool.touch("a");
                assertFalse(before.containsAll(PoolBed.sweepers()));
            }
            assertTrue(before.containsAll(PoolBed.sweepers()));
        }
    }
}
