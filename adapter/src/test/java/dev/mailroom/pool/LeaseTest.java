package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private final PoolBed bed = new PoolBed(10);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void aReleasedConnectionIsLentAgain() {
        FakeConnection first = bed.touch("a");
        assertSame(first, bed.touch("a"));
        assertEquals(1, bed.resources.opened.size());
    }

    @Test
    void aConnectionIsLentUnderItsOwnKeyOnly() {
        FakeConnection first = bed.touch("a");
        assertNotSame(first, bed.touch("b"));
        assertEquals(List.of("a", "b"), bed.resources.opened.stream().map(connection -> connection.key).toList());
    }

    @Test
    void theLatestUsedConnectionIsLentFirst() {
        Lease<FakeConnection> one = bed.acquire("a");
        Lease<FakeConnection> two = bed.acquire("a");
        FakeConnection latest = one.resource();
        two.release();
        one.release();
        assertSame(latest, bed.touch("a"));
    }

    @Test
    void aDiscardedConnectionIsClosedAndNeverLentAgain() {
        Lease<FakeConnection> lease = bed.acquire("a");
        FakeConnection broken = lease.resource();
        lease.discard(DiscardReason.BROKEN);
        assertTrue(broken.closed);
        assertNotSame(broken, bed.touch("a"));
    }

    @Test
    void aLeaseEndsOnce() {
        Lease<FakeConnection> old = bed.acquire("a");
        old.release();
        Lease<FakeConnection> current = bed.acquire("a");
        old.release();
        old.discard(DiscardReason.BROKEN);
        assertFalse(current.resource().closed);
        assertNotSame(current.resource(), bed.acquire("a").resource(), "lent twice");
    }

    @Test
    void anEndedLeaseGivesNoResource() {
        Lease<FakeConnection> lease = bed.acquire("a");
        lease.release();
        assertThrows(IllegalStateException.class, lease::resource);
    }

    @Test
    void theListenerHearsTheWholeStory() {
        bed.acquire("a").release();
        bed.acquire("a").discard(DiscardReason.BROKEN);
        assertEquals(List.of("opening a", "opened a", "leased a", "released a", "leased a", "BROKEN a", "released a"),
                bed.events.heard);
    }

    @Test
    void aFaultyListenerCostsNothing() {
        PoolListener<String> faulty = event -> {
            if (event instanceof PoolEvent.LeaseGiven) {
                throw new IllegalStateException("faulty");
            }
        };
        var settings = new PoolSettings(1, 1_000, Duration.ZERO, PoolBed.LONG, Duration.ZERO, false, Duration.ZERO,
                PoolBed.LONG);
        try (var pool = new KeyedPool<>(settings, bed.resources, faulty, bed.clock)) {
            pool.acquire("a", PoolBed.LIMITS, Duration.ZERO, () -> bed.resources.open("a")).release();
            assertEquals(1, pool.total().idle());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
