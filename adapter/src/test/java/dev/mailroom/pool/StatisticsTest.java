package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private final PoolBed bed = new PoolBed(3);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void eachKeyIsCountedAsItIs() {
        bed.acquire("a");
        bed.acquire("a");
        bed.waiting("a");
        bed.touch("b");
        bed.pool.suspend("b");
        KeyStatistics a = bed.pool.statistics().get("a");
        KeyStatistics b = bed.pool.statistics().get("b");
        assertEquals(List.of(2, 2, 2, 0, 2, 1),
                List.of(a.limit(), a.effectiveLimit(), a.open(), a.idle(), a.inUse(), a.waiting()));
        assertEquals(List.of(2, 2, 1, 1, 0, 0),
                List.of(b.limit(), b.effectiveLimit(), b.open(), b.idle(), b.inUse(), b.waiting()));
        assertTrue(b.suspended() && !a.suspended());
    }

    @Test
    void theTotalIsTheSum() {
        bed.acquire("a");
        bed.acquire("a");
        bed.waiting("a");
        bed.touch("b");
        PoolStatistics total = bed.pool.total();
        assertEquals(List.of(2, 3, 3, 1, 2, 1), List.of(total.keys(), total.limit(), total.open(), total.idle(),
                total.inUse(), total.waiting()));
        assertEquals(3, total.activity().leases());
        assertEquals(3, total.activity().opened());
    }

    @Test
    void whatHappenedIsCounted() {
        bed.acquire("a").release();
        bed.acquire("a").discard(DiscardReason.BROKEN);
        bed.resources.refusal = new IOException("refused");
        assertThrows(IOException.class, () -> bed.lease("a", PoolBed.LIMITS, Duration.ZERO));
        bed.pool.suspend("a");
        assertThrows(PoolExhaustedException.class, () -> bed.lease("a", PoolBed.LIMITS, Duration.ZERO));
        for (Activity activity : List.of(bed.pool.statistics().get("a").activity(), bed.pool.total().activity())) {
            assertEquals(List.of(1L, 1L, 2L, 1L), List.of(
                    activity.opened(), activity.openFailures(), activity.leases(), activity.exhausted()));
            assertEquals(Map.of(DiscardReason.BROKEN, 1L), activity.discarded());
        }
    }

    @Test
    void waitingAndUsingAreTimed() {
        Lease<FakeConnection> held = bed.acquire("a", PoolBed.most(1));
        PoolBed.Caller caller = bed.waiting("a", PoolBed.most(1), PoolBed.LONG);
        bed.clock.advance(Duration.ofSeconds(9));
        held.release();
        Lease<FakeConnection> lease = caller.lease();
        bed.clock.advance(Duration.ofSeconds(1));
        lease.release();
        Activity activity = bed.pool.statistics().get("a").activity();
        assertEquals(2, activity.waits().count());
        assertEquals(Duration.ofSeconds(9), activity.waits().total());
        assertEquals(Duration.ofSeconds(9), activity.waits().max());
        assertEquals(Duration.ofSeconds(9), activity.waits().p99());
        assertTrue(activity.waits().p50().compareTo(Duration.ofNanos(1_024)) <= 0, "the first did not wait");
        assertEquals(2, activity.uses().count());
        assertEquals(Duration.ofSeconds(10), activity.uses().total());
        assertEquals(Duration.ofSeconds(9), activity.uses().max());
    }

    @Test
    void anExhaustionTellsTheWholeStory() {
        bed.acquire("a");
        bed.clock.advance(Duration.ofSeconds(5));
        bed.acquire("a");
        bed.waiting("a");
        PoolBed.Caller caller = bed.waiting("a", PoolBed.LIMITS, Duration.ofSeconds(2));
        bed.clock.advance(Duration.ofSeconds(2));
        Exhaustion exhaustion = assertInstanceOf(PoolExhaustedException.class, caller.failure()).exhaustion();
        String thread = Thread.currentThread().getName();
        assertEquals(new Exhaustion(Exhaustion.Cause.KEY_LIMIT, "a", Duration.ofSeconds(2),
                new Exhaustion.KeyUse(2, 2, 2, 0, 1), new Exhaustion.PoolUse(2, 3), new Exhaustion.Openings("a", 0),
                List.of(new Holder("a", thread, Duration.ofSeconds(7), List.of()),
                        new Holder("a", thread, Duration.ofSeconds(2), List.of())), List.of()), exhaustion);
        assertEquals("no connection for a after waiting 2000 ms: its limit of 2 is reached (in use 2, idle 0,"
                + " others waiting 1; all keys together 2 of 3). Longest: a held by thread '" + thread
                + "' for 7000 ms; a held by thread '" + thread + "' for 2000 ms", exhaustion.message());
    }

    @Test
    void atItsOwnLimitAnExhaustionNamesOnlyTheHoldersOfItsKey() {
        bed.acquire("b");
        bed.acquire("a", PoolBed.most(1));
        var refused = assertThrows(PoolExhaustedException.class,
                () -> bed.lease("a", PoolBed.most(1), Duration.ZERO));
        assertEquals(List.of("a"), refused.exhaustion().holders().stream().map(Holder::key).toList());
    }

    @Test
    void atTheTotalLimitAnExhaustionNamesTheHoldersOfAnyKey() {
        bed.acquire("a");
        bed.acquire("a");
        bed.acquire("b");
        var refused = assertThrows(PoolExhaustedException.class,
                () -> bed.lease("c", PoolBed.LIMITS, Duration.ZERO));
        assertEquals(Exhaustion.Cause.TOTAL_LIMIT, refused.exhaustion().cause());
        assertEquals(List.of("a", "a", "b"), refused.exhaustion().holders().stream().map(Holder::key).toList());
        assertTrue(refused.getMessage().contains("the total limit of 3 is reached"), refused.getMessage());
        assertTrue(refused.getMessage().contains(". Most are held by: a (2); b (1). Longest: a held"),
                refused.getMessage());
    }

    @Test
    void howLongALeaseIsHeldIsReadable() {
        assertEquals("a held by thread 'x' for 12 s",
                new Holder("a", "x", Duration.ofNanos(12_345_678_912L), List.of()).toString());
    }
}
