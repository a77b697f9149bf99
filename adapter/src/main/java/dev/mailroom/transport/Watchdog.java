package dev.mailroom.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends operations that take too long, with one daemon thread for all connections. Arming costs two volatile accesses:
 * the thread is woken only when something is due before its next look, and sleeps without limit while nothing is armed.
 */
final class Watchdog implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long START = System.nanoTime();

    private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
    private volatile long nextLook = NEVER;
    private volatile boolean closed;
    private volatile Thread thread;

    /** One thing that is watched. Armed and disarmed by the thread that may get stuck. */
    final class Guard extends AtomicLong {
        private static final long serialVersionUID = 1L;
        private static final long IDLE = 0;

        private final transient Runnable end;
        private volatile boolean fired;

        private Guard(Runnable end) {
            this.end = end;
        }

        /** Arms it: after that moment (of {@link System#nanoTime}) the operation is ended. */
        void arm(long nanos) {
            long due = Math.max(1, nanos - START);
            set(due);
            if (due < nextLook) {
                LockSupport.unpark(thread);
            }
        }

        void disarm() {
            set(IDLE);
        }

        /** Whether the watchdog has ended it. */
        boolean fired() {
            return fired;
        }

        /** Ends the watch. */
        void release() {
            guards.remove(this);
        }

        private void fire(long due) {
            // The operation may have finished in this moment; then nothing happens.
            if (compareAndSet(due, IDLE)) {
                fired = true;
                end.run();
            }
        }
    }

    /**
     * Watches something; {@code end} must neither block nor throw.
     *
     * @throws IllegalStateException after {@link #close}
     */
    Guard watch(Runnable end) {
        if (closed) {
            throw new IllegalStateException("the transport factory is closed");
        }
        Guard guard = new Guard(end);
        guards.add(guard);
        start();
        return guard;
    }

    /** Starts the thread, which otherwise begins with the first watch. */
    void start() {
        if (thread == null && !closed) {
            synchronized (this) {
                if (thread == null && !closed) {
                    Thread fresh = new Thread(this::run, "mailroom-watchdog");
                    fresh.setDaemon(true);
                    fresh.setContextClassLoader(Watchdog.class.getClassLoader());
                    thread = fresh;
                    fresh.start();
                }
            }
        }
    }

    private void run() {
        while (!closed) {
            // Operations that are armed from here on wake the thread; those armed before are seen below.
            nextLook = NEVER;
            long now = System.nanoTime() - START;
            long next = NEVER;
            for (Guard guard : guards) {
                long due = guard.get();
                if (due == Guard.IDLE) {
                    continue;
                }
                if (due <= now) {
                    guard.fire(due);
                } else {
                    next = Math.min(next, due);
                }
            }
            nextLook = next;
            if (next == NEVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, next - now);
            }
        }
    }

    /** Ends everything that is still watched, and the thread. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        for (Guard guard : guards) {
            guard.fired = true;
            guard.end.run();
        }
    }
}
