package dev.mailroom.spool.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GroupSyncTest {
    @Test
    void everyCommitterIsCoveredByAFlushThatBeganAfterItsWriteAndTheyShareIt() throws Exception {
        AtomicLong written = new AtomicLong();
        AtomicLong flushed = new AtomicLong();
        AtomicInteger flushes = new AtomicInteger();
        var group = new GroupSync(() -> {
            flushes.incrementAndGet();
            long seen = written.get();
            Thread.onSpinWait();
            flushed.accumulateAndGet(seen, Math::max);
        });
        var executor = Executors.newFixedThreadPool(16);
        List<Future<Boolean>> results = new ArrayList<>();
        for (int committer = 0; committer < 2000; committer++) {
            results.add(executor.submit(() -> {
                long mine = written.incrementAndGet();
                group.await();
                return flushed.get() >= mine;
            }));
        }
        for (Future<Boolean> result : results) {
            assertTrue(result.get());
        }
        executor.shutdown();
        assertTrue(flushes.get() <= 2000, "no more flushes than committers");
    }

    @Test
    void whoAsksWhileAFlushRunsWaitsForTheNext() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        AtomicInteger flushes = new AtomicInteger();
        var group = new GroupSync(() -> {
            if (flushes.incrementAndGet() == 1) {
                begun.countDown();
                awaitQuietly(goOn);
            }
        });
        var executor = Executors.newFixedThreadPool(3);
        Future<?> first = executor.submit(() -> awaited(group));
        begun.await();
        Future<?> second = executor.submit(() -> awaited(group));
        goOn.countDown();
        first.get();
        second.get();
        executor.shutdown();
        assertEquals(2, flushes.get());
    }

    @Test
    void aFailedFlushFailsItsCommitterAndTheNextOneTriesAgain() throws Exception {
        AtomicInteger flushes = new AtomicInteger();
        var group = new GroupSync(() -> {
            if (flushes.incrementAndGet() == 1) {
                throw new SQLException("disk full");
            }
        });
        assertThrows(SQLException.class, group::await);
        group.await();
        assertEquals(2, flushes.get());
    }

    private static Void awaited(GroupSync group) throws SQLException {
        group.await();
        return null;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
