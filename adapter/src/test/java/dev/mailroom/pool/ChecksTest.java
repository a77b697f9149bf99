package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.ConnectionLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ChecksTest {
    private static final Duration OFF = Duration.ZERO;

    private final PoolBed bed = new PoolBed(300);

    @AfterEach
    void close() {
        bed.close();
    }

    private static ConnectionLimits limits(Duration idle, Duration life, int uses, Duration validate) {
        return new ConnectionLimits(200, 0, idle, life, uses, validate);
    }

    private FakeConnection touch(ConnectionLimits limits) {
        Lease<FakeConnection> lease = bed.acquire("a", limits);
        FakeConnection connection = lease.resource();
        lease.release();
        return connection;
    }

    private Map<DiscardReason, Long> discarded() {
        return bed.pool.total().activity().discarded();
    }

    @Test
    void aReusedConnectionIsLookedAtBeforeItIsLent() {
        bed.touch("a");
        assertEquals(0, bed.resources.quiets.get(), "a fresh one needs no look");
        bed.touch("a");
        assertEquals(1, bed.resources.quiets.get());
    }

    @Test
    void aConnectionHandedOverIsLookedAtToo() {
        Lease<FakeConnection> lease = bed.acquire("a", PoolBed.most(1));
        PoolBed.Caller caller = bed.waiting("a", PoolBed.most(1), PoolBed.LONG);
        FakeConnection dead = lease.resource();
        dead.quiet = false;
        lease.release();
        assertNotSame(dead, caller.lease().resource());
        assertTrue(dead.closed);
        assertEquals(1, bed.open());
    }

    @Test
    void aDeadConnectionIsReplacedWithinTheSameAcquire() {
        FakeConnection dead = touch(PoolBed.LIMITS);
        dead.quiet = false;
        assertNotSame(dead, touch(PoolBed.LIMITS));
        assertTrue(dead.closed);
        assertEquals(Map.of(DiscardReason.DEAD, 1L), discarded());
        assertEquals(1, bed.pool.total().open());
    }

    @Test
    void aDeadConnectionIsReplacedByAnIdleOneThatLives() {
        Lease<FakeConnection> one = bed.acquire("a");
        Lease<FakeConnection> two = bed.acquire("a");
        FakeConnection alive = one.resource();
        FakeConnection dead = two.resource();
        one.release();
        two.release();
        dead.quiet = false;
        assertSame(alive, bed.acquire("a").resource());
        assertTrue(dead.closed);
        assertEquals(2, bed.resources.opened.size());
        assertEquals(1, bed.pool.total().open());
    }

    @Test
    void replacingTheDeadNeverTakesMoreThanTheOneOwnPlace() {
        ConnectionLimits one = PoolBed.most(1);
        touch(one).quiet = false;
        bed.resources.refusal = new IOException("down");
        Assertions.assertThrows(IOException.class, () -> bed.lease("a", one, OFF));
        assertEquals(0, bed.pool.total().open());
        bed.resources.refusal = null;
        assertEquals(2, touch(one).number);
    }

    @Test
    void aCheckThatThrowsMeansDead() {
        FakeConnection connection = touch(PoolBed.LIMITS);
        bed.resources.fault = new IllegalStateException("the check is broken");
        assertNotSame(connection, touch(PoolBed.LIMITS));
        assertEquals(Map.of(DiscardReason.DEAD, 1L), discarded());
    }

    @Test
    void onlyAfterItsIdleTimeIsAConnectionProbed() {
        ConnectionLimits limits = limits(OFF, OFF, 0, Duration.ofSeconds(30));
        touch(limits);
        bed.clock.advance(Duration.ofSeconds(30).minusNanos(1));
        touch(limits);
        assertEquals(0, bed.resources.probes.get());
        bed.clock.advance(Duration.ofSeconds(30));
        touch(limits);
        assertEquals(1, bed.resources.probes.get());
    }

    @Test
    void aConnectionThatDoesNotAnswerTheProbeIsReplaced() {
        ConnectionLimits limits = limits(OFF, OFF, 0, Duration.ofSeconds(30));
        FakeConnection mute = touch(limits);
        mute.answering = false;
        bed.clock.advance(Duration.ofSeconds(30));
        assertNotSame(mute, touch(limits));
        assertEquals(Map.of(DiscardReason.PROBE_FAILED, 1L), discarded());
    }

    @Test
    void withoutAnIdleTimeForItNothingIsProbed() {
        touch(PoolBed.LIMITS);
        bed.clock.advance(Duration.ofDays(1));
        touch(PoolBed.LIMITS);
        assertEquals(0, bed.resources.probes.get());
    }

    @Test
    void aConnectionOlderThanMaxLifetimeIsClosedWhenItComesBack() {
        Lease<FakeConnection> lease = bed.acquire("a", limits(OFF, Duration.ofMinutes(30), 0, OFF));
        FakeConnection connection = lease.resource();
        bed.clock.advance(Duration.ofMinutes(30));
        lease.release();
        assertTrue(connection.closed);
        assertEquals(Map.of(DiscardReason.MAX_LIFETIME, 1L), discarded());
    }

    @Test
    void anIdleConnectionOlderThanMaxLifetimeIsNotLent() {
        ConnectionLimits limits = limits(OFF, Duration.ofMinutes(30), 0, OFF);
        FakeConnection old = touch(limits);
        bed.clock.advance(Duration.ofMinutes(30));
        assertNotSame(old, touch(limits));
        assertTrue(old.closed);
    }

    @Test
    void connectionsOpenedTogetherDoNotEndTogether() {
        ConnectionLimits limits = limits(OFF, Duration.ofMinutes(30), 0, OFF);
        for (int i = 0; i < 200; i++) {
            bed.acquire("a", limits);
        }
        bed.pool.resize("a", 200);
        release();
        bed.clock.advance(Duration.ofMinutes(27).minusNanos(1));
        bed.pool.sweep();
        assertEquals(200, bed.open(), "none ends before nine tenths of its life");
        bed.clock.advance(Duration.ofSeconds(90));
        bed.pool.sweep();
        assertTrue(bed.open() > 0 && bed.open() < 200, "all at once: " + bed.open() + " left");
        bed.clock.advance(Duration.ofSeconds(90));
        bed.pool.sweep();
        assertEquals(0, bed.open());
    }

    private void release() {
        bed.leases.forEach(Lease::release);
    }

    @Test
    void anIdleConnectionIsClosedAfterItsIdleTimeout() {
        ConnectionLimits limits = limits(Duration.ofSeconds(60), OFF, 0, OFF);
        FakeConnection connection = touch(limits);
        bed.clock.advance(Duration.ofSeconds(60).minusNanos(1));
        bed.pool.sweep();
        assertFalse(connection.closed);
        bed.clock.advance(Duration.ofNanos(1));
        bed.pool.sweep();
        assertTrue(connection.closed);
        assertEquals(Map.of(DiscardReason.IDLE_TIMEOUT, 1L), discarded());
    }

    @Test
    void aConnectionIdleForTooLongIsNotLentEvenBeforeTheSweep() {
        ConnectionLimits limits = limits(Duration.ofSeconds(60), OFF, 0, OFF);
        FakeConnection old = touch(limits);
        bed.clock.advance(Duration.ofSeconds(60));
        assertNotSame(old, touch(limits));
        assertTrue(old.closed);
    }

    @Test
    void aConnectionInUseIsNotIdle() {
        Lease<FakeConnection> lease = bed.acquire("a", limits(Duration.ofSeconds(60), OFF, 0, OFF));
        bed.clock.advance(Duration.ofDays(1));
        bed.pool.sweep();
        lease.release();
        bed.pool.sweep();
        assertEquals(1, bed.pool.total().idle());
    }
}
