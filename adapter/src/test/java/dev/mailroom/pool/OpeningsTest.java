package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that accept a connection and say nothing, beside others that are well. Keys are server and user. */
@Timeout(180)
class OpeningsTest {
    private static final int TOTAL = 6;
    private final PoolBed bed = new PoolBed(new PoolSettings(TOTAL, 2, Duration.ofSeconds(30), PoolBed.LONG,
            Duration.ZERO, false, Duration.ZERO, Duration.ofMinutes(1)));
    private final CountDownLatch silence = new CountDownLatch(1);
    private final List<PoolBed.Caller> stuck = new ArrayList<>();

    @BeforeEach
    void destinations() {
        bed.resources.destinationLength = 1;
    }

    @AfterEach
    void close() {
        silence.countDown();
        bed.close();
    }

    /** A caller whose opening is under way when this returns. */
    private void stuck(String key) {
        int before = bed.pool.total().open();
        caller(key);
        PoolBed.until(() -> bed.pool.total().open() == before + 1);
    }

    private PoolBed.Caller caller(String key) {
        PoolBed.Caller caller = new PoolBed.Caller(() -> bed.pool.acquire(key, PoolBed.LIMITS, PoolBed.LONG, () -> {
            try {
                silence.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return bed.resources.open(key);
        }));
        stuck.add(caller);
        return caller;
    }

    private Exhaustion refused(String key) {
        return assertThrows(PoolExhaustedException.class,
                () -> bed.lease(key, PoolBed.LIMITS, Duration.ZERO)).exhaustion();
    }

    @Test
    void aSilentServerTakesNoMorePlacesThanMaxOpenings() {
        stuck("x1");
        stuck("x2");
        Exhaustion refused = refused("x3");
        assertEquals(Exhaustion.Cause.OPENINGS, refused.cause());
        assertTrue(refused.message().contains("2 connections to x are being opened, as many as may be at once"),
                refused.message());
        assertTrue(refused.message().contains("Most are held by: x"), refused.message());
        assertEquals(2, bed.pool.total().open());
        bed.acquire("a1");
    }

    @Test
    void whoWaitsForAnOpeningIsServedWhenAnotherEnds() {
        stuck("x1");
        stuck("x2");
        PoolBed.Caller third = bed.waiting("x3");
        PoolBed.Caller fourth = bed.waiting("x4");
        silence.countDown();
        assertEquals("x3", third.lease().resource().key);
        assertEquals("x4", fourth.lease().resource().key);
        stuck.forEach(PoolBed.Caller::lease);
    }

    @Test
    void aFailedOpeningLetsTheNextOneTry() throws Exception {
        stuck("x1");
        stuck("x2");
        PoolBed.Caller third = bed.waiting("x3");
        bed.resources.refusal = new IOException("refused");
        silence.countDown();
        for (PoolBed.Caller one : stuck) {
            assertSame(bed.resources.refusal, one.failure());
        }
        assertSame(bed.resources.refusal, third.failure());
        assertEquals(0, bed.pool.total().open());
        bed.resources.refusal = null;
        bed.acquire("x4");
        bed.acquire("x5");
        bed.acquire("x6");
    }

    @Test
    void oneServerNeverOpensInMoreThanHalfOfThePool() throws Exception {
        try (PoolBed small = new PoolBed(3)) {
            small.resources.destinationLength = 1;
            small.resources.opening = silence;
            for (String key : List.of("x1", "x2")) {
                stuck.add(new PoolBed.Caller(() -> small.lease(key, PoolBed.LIMITS, PoolBed.LONG)));
            }
            PoolBed.until(() -> small.pool.total().open() == 2);
            assertEquals(Exhaustion.Cause.OPENINGS, assertThrows(PoolExhaustedException.class,
                    () -> small.lease("x3", PoolBed.LIMITS, Duration.ZERO)).exhaustion().cause());
            silence.countDown();
            stuck.forEach(PoolBed.Caller::lease);
        }
    }

    @Test
    void manySilentServersLeaveAnIdleConnectionToItsSession() {
        FakeConnection healthy = bed.touch("a1");
        for (String key : List.of("u1", "v1", "w1", "x1", "y1")) {
            stuck(key);
        }
        Exhaustion refused = refused("z1");
        assertEquals(Exhaustion.Cause.UNPROVEN, refused.cause());
        assertTrue(refused.message().contains("no idle connection is closed for z"), refused.message());
        PoolBed.Caller waiting = bed.waiting("z1");
        Lease<FakeConnection> again = bed.acquire("a1");
        assertSame(healthy, again.resource());
        again.release();
        assertFalse(waiting.done(), "not even when it comes back");
        assertFalse(healthy.closed);
        silence.countDown();
        waiting.lease();
    }

    @Test
    void manySilentServersLeavePlacesToThoseThatHaveAnswered() throws Exception {
        try (PoolBed wide = new PoolBed(8)) {
            wide.resources.destinationLength = 1;
            wide.touch("a1");
            wide.pool.flushIdle();
            wide.resources.opening = silence;
            for (String key : List.of("s1", "t1", "u1", "v1", "w1", "x1")) {
                stuck.add(new PoolBed.Caller(() -> wide.lease(key, PoolBed.LIMITS, PoolBed.LONG)));
            }
            PoolBed.until(() -> wide.pool.total().open() == 6);
            Exhaustion refused = assertThrows(PoolExhaustedException.class,
                    () -> wide.lease("y1", PoolBed.LIMITS, Duration.ZERO)).exhaustion();
            assertEquals(Exhaustion.Cause.RESERVE, refused.cause());
            assertTrue(refused.message().contains("three quarters of the total limit of 8"), refused.message());
            PoolBed.Caller seventh = wide.waiting("z1");
            wide.resources.opening = null;
            wide.acquire("a2").release();
            assertFalse(seventh.done(), "the rest is for others");
            silence.countDown();
            stuck.forEach(PoolBed.Caller::lease);
            seventh.lease();
        }
    }

    @Test
    void aWrongPasswordIsNotTheServersFault() {
        FakeConnection longest = bed.touch("a1");
        bed.touch("b1");
        bed.resources.refusal = new IOException("535");
        assertThrows(IOException.class, () -> bed.lease("b2", PoolBed.LIMITS, Duration.ZERO));
        bed.resources.refusal = null;
        for (String key : List.of("w1", "x1", "y1", "z1")) {
            stuck(key);
        }
        assertEquals("b3", bed.acquire("b3").resource().key);
        assertTrue(longest.closed);
    }

    @Test
    void aServerThatHasAnsweredStillGetsTheLongestIdlePlace() {
        FakeConnection longest = bed.touch("a1");
        bed.touch("b1");
        for (String key : List.of("w1", "x1", "y1", "z1")) {
            stuck(key);
        }
        assertEquals("b2", bed.acquire("b2").resource().key);
        assertTrue(longest.closed);
        assertFalse(bed.pool.statistics("b1").orElseThrow().idle() == 0);
    }

    @Test
    void fullOfIdleConnectionsThePoolStillTriesOneNewServerAtATime() {
        for (String key : List.of("a1", "b1", "c1", "d1", "e1", "f1")) {
            bed.touch(key);
        }
        caller("x1");
        PoolBed.until(() -> bed.resources.closed.size() == 1);
        PoolBed.Caller second = bed.waiting("y1");
        assertEquals(1, bed.resources.closed.size());
        silence.countDown();
        second.lease();
        assertEquals(2, bed.resources.closed.size());
    }
}
