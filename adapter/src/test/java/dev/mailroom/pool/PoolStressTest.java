package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.ConnectionLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * 32 threads on 200 keys with faults everywhere; what the pool promises is checked at the far end. Two seconds, or as
 * many as {@code -Dmailroom.stress.seconds} says.
 */
class PoolStressTest {
    /** Thousands of faults are made here on purpose. */
    private static final Logger FAULTS = Logger.getLogger(ResourceLifecycle.class.getName());

    private static final int KEYS = 200;
    private static final int THREADS = 32;
    private static final int PER_KEY = 3;
    private static final int TOTAL = 12;
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("mailroom.stress.seconds", 2));

    /** Nobody waits for so long unless a wake-up was lost. */
    private static final Duration LOST = Duration.ofSeconds(10);

    private static final ConnectionLimits LIMITS = new ConnectionLimits(
            PER_KEY, 0, Duration.ofMillis(20), Duration.ofMillis(100), 20, Duration.ofMillis(2));

    private final StrictResources resources = new StrictResources(KEYS, PER_KEY, TOTAL);
    private final KeyedPool<Integer, StrictResources.Connection, IOException> pool = new KeyedPool<>(
            new PoolSettings(TOTAL, 1_000, Duration.ofSeconds(20), Duration.ofMillis(5), Duration.ofMillis(50), false,
                    Duration.ofSeconds(5), Duration.ofMillis(10)),
            resources, event -> { }, NanoClock.SYSTEM);
    private final AtomicLong timeouts = new AtomicLong();
    private final AtomicLong interrupts = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();

    @BeforeEach
    void silence() {
        FAULTS.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        FAULTS.setLevel(null);
    }

    @Test
    void nothingIsLostDoubledOrForgottenWhateverHappens() throws Exception {
        long end = System.nanoTime() + TIME.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(start("stress " + i, end, this::borrow));
        }
        // In the second half nobody interferes: a caller that is forgotten stays forgotten and is noticed.
        threads.add(start("administrator", end - TIME.toNanos() / 2, this::administer));
        threads.add(start("interrupter", end, () -> interrupt(threads.get(random(THREADS)))));
        for (Thread thread : threads) {
            thread.join(TIME.toMillis() + 60_000);
            assertTrue(!thread.isAlive(), () -> thread.getName() + " hangs: " + pool.total());
        }

        assertEquals(List.of(), List.copyOf(resources.breaches).stream().limit(10).toList());
        // Everything has been given back: all places can be had at once, none is lost and none too many is there.
        assertEquals(0, pool.total().inUse());
        assertEquals(0, pool.total().waiting());
        pool.flush();
        PoolBed.until(() -> pool.total().open() == 0);
        assertEquals(0, resources.open.get());
        assertEquals(TOTAL, all().size());
        assertTrue(timeouts.get() > 0 && interrupts.get() > 0 && refusals.get() > 0, "the faults did not happen");
        pool.close();
        assertEquals(0, resources.open.get());
        assertEquals(resources.opened.get(), resources.closed.get());
    }

    private List<Lease<StrictResources.Connection>> all() throws InterruptedException {
        List<Lease<StrictResources.Connection>> leases = new ArrayList<>();
        for (int key = 0; leases.size() < TOTAL; key = (key + 1) % KEYS) {
            try {
                leases.add(pool.acquire(key, PoolBed.most(1), Duration.ofSeconds(5), opener(key)));
            } catch (IOException e) {
                refusals.incrementAndGet();
            } catch (PoolExhaustedException e) {
                return leases;
            }
        }
        leases.forEach(Lease::release);
        return leases;
    }

    private Thread start(String name, long end, Runnable step) {
        Thread thread = new Thread(() -> {
            while (System.nanoTime() - end < 0 && resources.breaches.isEmpty()) {
                step.run();
            }
        }, name);
        thread.setUncaughtExceptionHandler((failed, e) -> resources.breaches.add(failed.getName() + ": " + e));
        thread.start();
        return thread;
    }

    private Opener<StrictResources.Connection, IOException> opener(int key) {
        return () -> resources.open(key);
    }

    private void borrow() {
        var random = ThreadLocalRandom.current();
        // Half of all goes to few keys, so that limits per key are reached as well as the total.
        int key = random.nextBoolean() ? random.nextInt(4) : random.nextInt(KEYS);
        Duration patience = StrictResources.chance(5)
                ? Duration.ofNanos(random.nextInt(2_000_000)) : Duration.ofSeconds(20);
        long start = System.nanoTime();
        try {
            Lease<StrictResources.Connection> lease = pool.acquire(key, LIMITS, patience, opener(key));
            if (System.nanoTime() - start > LOST.toNanos()) {
                resources.breaches.add("woken too late, after " + Duration.ofNanos(System.nanoTime() - start));
            }
            use(lease, key);
        } catch (IOException e) {
            refusals.incrementAndGet();
        } catch (PoolExhaustedException e) {
            timeouts.incrementAndGet();
            if (patience.toSeconds() > 0) {
                resources.breaches.add("waited for " + Duration.ofNanos(System.nanoTime() - start) + ": " + e);
            }
        } catch (InterruptedException e) {
            interrupts.incrementAndGet();
        }
        Thread.interrupted();
    }

    private void use(Lease<StrictResources.Connection> lease, int key) {
        StrictResources.Connection connection = lease.resource();
        connection.take("user");
        if (connection.key != key) {
            resources.breaches.add("asked for " + key + ", got " + connection.key);
        }
        StrictResources.dawdle();
        connection.leave();
        if (StrictResources.chance(10)) {
            lease.discard(DiscardReason.BROKEN);
        } else {
            lease.release();
        }
        if (StrictResources.chance(10)) {
            lease.release();
            lease.discard(DiscardReason.BROKEN);
        }
    }

    private void administer() {
        var random = ThreadLocalRandom.current();
        int key = random.nextInt(8);
        switch (random.nextInt(10)) {
            case 0 -> pool.flush(key);
            case 1 -> pool.flush();
            case 2 -> pool.flushIdle(key);
            case 3 -> pool.drop(key);
            case 4 -> pool.shrink(key);
            case 5 -> pool.resizeTotal(1 + random.nextInt(TOTAL));
            case 6 -> pool.resize(key, 1 + random.nextInt(PER_KEY));
            case 7 -> pool.suspend(key);
            case 8 -> pool.suspend();
            default -> pool.statistics();
        }
        StrictResources.dawdle();
        pool.resizeTotal(TOTAL);
        pool.resume();
        pool.resume(key);
    }

    private static int random(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    private static void interrupt(Thread thread) {
        thread.interrupt();
        LockSupport.parkNanos(1_000_000);
    }
}
