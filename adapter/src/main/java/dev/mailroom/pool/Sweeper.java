package dev.mailroom.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A daemon thread that runs a task at an interval; it exists only as long as the task is needed. */
final class Sweeper {
    static final String THREAD_NAME = "mailroom-pool-sweeper";

    private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());

    private final NanoClock clock;
    private final long interval;
    private final BooleanSupplier needed;
    private final Runnable pass;
    /** The last one started: once it has nothing to do it may need a moment to end. */
    private Thread thread;
    private boolean working;
    private volatile boolean stopped;

    /** {@code needed} may take the pool's lock; so {@link #need} must not be called under it. */
    Sweeper(NanoClock clock, long interval, BooleanSupplier needed, Runnable pass) {
        this.clock = clock;
        this.interval = interval;
        this.needed = needed;
        this.pass = pass;
    }

    /** Starts the thread if it is needed and not there. */
    synchronized void need() {
        if (working || stopped || !needed.getAsBoolean()) {
            return;
        }
        // Neither the caller's thread locals nor its class loader: the thread outlives the caller's application.
        Thread started = new Thread(null, this::run, THREAD_NAME, 0, false);
        started.setDaemon(true);
        started.setContextClassLoader(Sweeper.class.getClassLoader());
        try {
            started.start();
            thread = started;
            working = true;
        } catch (OutOfMemoryError e) {
            LOG.log(System.Logger.Level.WARNING, "no thread for the pool's sweeper; the next opening tries again", e);
        }
    }

    private void run() {
        long next = clock.nanoTime() + interval;
        while (!gone()) {
            while (!stopped && next - clock.nanoTime() > 0) {
                clock.parkUntil(this, next);
            }
            if (!stopped) {
                sweep();
            }
            next = clock.nanoTime() + interval;
        }
    }

    private synchronized boolean gone() {
        if (stopped || !needed.getAsBoolean()) {
            working = false;
            return true;
        }
        return false;
    }

    private void sweep() {
        try {
            pass.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "sweeping the pool failed; the next sweep goes on", e);
        }
    }

    /** Ends the thread for good and waits for it, at most so long or a second; then interrupts it. */
    void stop(long nanos) {
        Thread running;
        synchronized (this) {
            stopped = true;
            running = thread;
        }
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        LockSupport.unpark(running);
        try {
            TimeUnit.NANOSECONDS.timedJoin(running, Math.max(nanos, 1_000_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (running.isAlive()) {
            running.interrupt();
        }
    }
}
