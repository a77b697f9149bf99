package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.ConnectionLimits;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourceOpeningTest {
    private static final ConnectionLimits WARM =
            new ConnectionLimits(2, 2, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);

    private final PoolBed bed = new PoolBed(5);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void aConnectionIsOpenedByTheVeryCallerThatNeedsIt() throws Exception {
        FakeConnection first = new FakeConnection("a", 1);
        FakeConnection second = new FakeConnection("a", 2);
        assertSame(first, bed.pool.acquire("a", PoolBed.LIMITS, Duration.ZERO, () -> first).resource());
        assertSame(second, bed.pool.acquire("a", PoolBed.LIMITS, Duration.ZERO, () -> second).resource());
        assertEquals(1, bed.pool.total().keys());
    }

    @Test
    void whatIsKeptWarmIsOpenedForNobody() {
        bed.pool.warm("a", WARM);
        bed.pool.sweep();
        assertEquals(2, bed.resources.opened.size());
        assertEquals(2, bed.pool.total().idle());
    }

    @Test
    void whatNobodyIsLeftForIsKeptWarmNoLonger() throws Exception {
        bed.pool.warm("a", WARM);
        bed.resources.abandoned.add("a");
        bed.pool.sweep();
        assertEquals(0, bed.resources.opened.size());
        bed.clock.advance(Duration.ofMinutes(10));
        bed.pool.sweep();
        assertFalse(bed.pool.knows("a"), "kept for nobody");
        bed.resources.abandoned.clear();
        bed.lease("a", WARM, Duration.ZERO).release();
        bed.pool.sweep();
        assertEquals(2, bed.pool.total().idle(), "somebody is there again");
    }

    @Test
    void shrinkingTellsWhetherWaitingForAnotherMakesSense() {
        assertFalse(bed.pool.shrink("a"));
        Lease<FakeConnection> lease = bed.acquire("a");
        assertTrue(bed.pool.shrink("a"));
        lease.discard(DiscardReason.BROKEN);
        assertFalse(bed.pool.shrink("a"));
    }
}
