package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.ConnectionLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpeningTest {
    /** Equal by name; what else it carries is its caller's. */
    private record Key(String name, int caller) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    private static final class Openings implements PooledResources<Key, Object, RuntimeException> {
        private final List<Key> forCallers = new ArrayList<>();
        private final List<Key> idle = new ArrayList<>();

        @Override
        public Object open(Key key) {
            forCallers.add(key);
            return new Object();
        }

        @Override
        public Object openIdle(Key key) {
            idle.add(key);
            return new Object();
        }

        @Override
        public boolean quiet(Object resource) {
            return true;
        }

        @Override
        public boolean probe(Object resource) {
            return true;
        }

        @Override
        public void close(Object resource) {
            // Nothing was opened.
        }
    }

    private final Openings openings = new Openings();
    private final KeyedPool<Key, Object, RuntimeException> pool = new KeyedPool<>(
            new PoolSettings(5, Duration.ZERO, PoolBed.LONG, Duration.ZERO, false, Duration.ZERO, PoolBed.LONG),
            openings,
            new PoolListener<>() {
            }, new ManualClock());

    @Test
    void aConnectionIsOpenedWithTheKeyOfTheVeryCallerThatNeedsIt() throws Exception {
        pool.acquire(new Key("a", 1), PoolBed.LIMITS, Duration.ZERO);
        Key second = new Key("a", 2);
        pool.acquire(second, PoolBed.LIMITS, Duration.ZERO);
        assertSame(second, openings.forCallers.get(1));
        assertEquals(1, pool.total().keys());
    }

    @Test
    void whatIsKeptWarmIsOpenedForNobody() {
        pool.warm(new Key("a", 1), new ConnectionLimits(2, 2, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO));
        pool.sweep();
        assertEquals(2, openings.idle.size());
        assertEquals(List.of(), openings.forCallers);
    }

    @Test
    void shrinkingTellsWhetherWaitingForAnotherMakesSense() throws Exception {
        Key key = new Key("a", 1);
        assertFalse(pool.shrink(key));
        Lease<Object> lease = pool.acquire(key, PoolBed.LIMITS, Duration.ZERO);
        assertTrue(pool.shrink(key));
        lease.discard(DiscardReason.BROKEN);
        assertFalse(pool.shrink(key));
    }
}
