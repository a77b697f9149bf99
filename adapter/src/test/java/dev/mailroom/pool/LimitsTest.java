package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private final PoolBed bed = new PoolBed(3);

    @AfterEach
    void close() {
        bed.close();
    }

    private Exhaustion refused(String key) {
        return assertThrows(PoolExhaustedException.class,
                () -> bed.lease(key, PoolBed.LIMITS, Duration.ZERO)).exhaustion();
    }

    @Test
    void aKeyNeverHasMoreThanItsMaximum() {
        bed.acquire("a");
        bed.acquire("a");
        assertEquals(Exhaustion.Cause.KEY_LIMIT, refused("a").cause());
        assertEquals(2, bed.open());
    }

    @Test
    void allKeysTogetherNeverHaveMoreThanTheTotal() {
        bed.acquire("a");
        bed.acquire("a");
        bed.acquire("b");
        assertEquals(Exhaustion.Cause.TOTAL_LIMIT, refused("b").cause());
        assertEquals(3, bed.open());
    }

    @Test
    void atTheTotalLimitTheLongestIdleOfAnotherKeyMakesRoom() {
        FakeConnection longest = bed.touch("a");
        bed.touch("b");
        bed.touch("c");
        bed.touch("d");
        assertTrue(longest.closed);
        assertEquals(1, bed.resources.closed.size());
        assertEquals(1, bed.pool.statistics().get("a").activity().discarded().get(DiscardReason.MADE_ROOM));
        assertEquals(3, bed.pool.total().open());
    }

    @Test
    void itIsTheLongestIdleWhateverWasLentInTheMeantime() throws Exception {
        try (PoolBed many = new PoolBed(20)) {
            var random = new Random(20);
            List<FakeConnection> idle = new ArrayList<>();
            List<Lease<FakeConnection>> lent = new ArrayList<>();
            int madeRoom = 0;
            for (int i = 0; i < 5_000; i++) {
                int dice = random.nextInt(10);
                if (dice < 4 && !lent.isEmpty()) {
                    Lease<FakeConnection> lease = lent.remove(random.nextInt(lent.size()));
                    idle.add(lease.resource());
                    lease.release();
                } else if (dice < 8 && !idle.isEmpty()) {
                    FakeConnection again = idle.remove(random.nextInt(idle.size()));
                    lent.add(many.acquire(again.key));
                    assertSame(again, lent.get(lent.size() - 1).resource());
                } else if (dice == 8 && !lent.isEmpty()) {
                    lent.remove(random.nextInt(lent.size())).discard(DiscardReason.BROKEN);
                } else if (many.open() < 20) {
                    lent.add(many.acquire("key " + i));
                } else if (!idle.isEmpty()) {
                    lent.add(many.acquire("key " + i));
                    assertTrue(idle.remove(0).closed, "at step " + i);
                    madeRoom++;
                }
                assertEquals(idle.size(), many.pool.total().idle());
            }
            assertTrue(madeRoom > 100, madeRoom + " made room");
        }
    }

    @Test
    void whatMakesRoomIsClosedBeforeItsSuccessorIsOpened() {
        bed.touch("a");
        bed.touch("b");
        bed.touch("c");
        bed.resources.closing = new CountDownLatch(1);
        var caller = new PoolBed.Caller(() -> bed.lease("d", PoolBed.LIMITS, Duration.ZERO));
        PoolBed.until(() -> bed.pool.total().idle() == 2);
        assertFalse(bed.events.heard.contains("opening d"));
        bed.resources.closing.countDown();
        caller.lease();
        assertEquals(3, bed.open());
    }

    @Test
    void aPlaceIsFreeOnlyAfterItsConnectionIsClosed() {
        bed.acquire("a");
        Lease<FakeConnection> lease = bed.acquire("a");
        bed.resources.closing = new CountDownLatch(1);
        var ending = new Thread(() -> lease.discard(DiscardReason.BROKEN));
        ending.start();
        PoolBed.until(() -> bed.pool.total().inUse() == 1);
        assertEquals(Exhaustion.Cause.KEY_LIMIT, refused("a").cause());
        bed.resources.closing.countDown();
        PoolBed.until(() -> bed.pool.total().open() == 1);
        bed.acquire("a");
    }

    @Test
    void aPlaceIsReservedBeforeItsConnectionIsOpened() {
        bed.acquire("a");
        bed.resources.opening = new CountDownLatch(1);
        var caller = new PoolBed.Caller(() -> bed.lease("a", PoolBed.LIMITS, Duration.ZERO));
        PoolBed.until(() -> bed.pool.total().open() == 2);
        assertEquals(Exhaustion.Cause.KEY_LIMIT, refused("a").cause());
        bed.resources.opening.countDown();
        caller.lease();
    }

    @Test
    void aFailedOpeningGivesItsPlaceBack() {
        bed.resources.refusal = new java.io.IOException("refused");
        for (int i = 0; i < 5; i++) {
            assertSame(bed.resources.refusal, assertThrows(java.io.IOException.class,
                    () -> bed.lease("a", PoolBed.LIMITS, Duration.ZERO)));
        }
        bed.resources.refusal = null;
        bed.acquire("a");
        bed.acquire("a");
        assertEquals(5, bed.pool.total().activity().openFailures());
    }

    @Test
    void newLimitsAreInForceAtOnce() {
        bed.acquire("a", PoolBed.most(1));
        assertThrows(PoolExhaustedException.class,
                () -> bed.lease("a", PoolBed.most(1), Duration.ZERO));
        bed.acquire("a", PoolBed.most(2)).release();
        assertEquals(2, bed.open());
        assertThrows(PoolExhaustedException.class,
                () -> bed.lease("a", PoolBed.most(1), Duration.ZERO));
        assertEquals(1, bed.open(), "the idle one above the new limit is closed");
    }

    @Test
    void aHigherLimitServesThoseWhoWait() {
        bed.acquire("a", PoolBed.most(1));
        PoolBed.Caller first = bed.waiting("a", PoolBed.most(1), PoolBed.LONG);
        PoolBed.Caller second = bed.waiting("a", PoolBed.most(1), PoolBed.LONG);
        bed.pool.resize("a", 3);
        assertEquals("a", first.lease().resource().key);
        assertEquals("a", second.lease().resource().key);
    }
}
