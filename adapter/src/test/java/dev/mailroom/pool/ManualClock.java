package dev.mailroom.pool;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Time that passes only when told to. Starts just before the counter overflows, as a JVM's may. */
final class ManualClock implements NanoClock {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000);
    private final Set<Thread> parked = ConcurrentHashMap.newKeySet();

    private volatile Thread interrupted;
    private volatile Runnable interruption;

    @Override
    public long nanoTime() {
        if (Thread.currentThread() == interrupted) {
            interrupted = null;
            interruption.run();
        }
        return now.get();
    }

    /** Happens in between: when the thread next reads the clock, just before it goes on. */
    void inBetween(Thread thread, Runnable action) {
        interruption = action;
        interrupted = thread;
    }

    @Override
    public void parkUntil(Object blocker, long deadline) {
        // First known, then looked: whoever advances the clock in between wakes this thread.
        parked.add(Thread.currentThread());
        if (deadline - nanoTime() > 0) {
            LockSupport.park(blocker);
        }
        parked.remove(Thread.currentThread());
    }

    void advance(Duration time) {
        now.addAndGet(time.toNanos());
        parked.forEach(LockSupport::unpark);
    }
}
