package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.fail;

import dev.mailroom.ConnectionLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A pool over fake connections with a manual clock, and callers that wait in threads of their own. */
final class PoolBed implements AutoCloseable {
    static final Duration LONG = Duration.ofDays(1000);
    static final ConnectionLimits LIMITS =
            new ConnectionLimits(2, 0, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);

    final ManualClock clock = new ManualClock();
    final FakeResources resources = new FakeResources();
    final Events events = new Events();

    /** What was acquired here, in this order. */
    final List<Lease<FakeConnection>> leases = new ArrayList<>();
    final KeyedPool<String, FakeConnection, IOException> pool;

    /** One that sweeps only when told to. */
    PoolBed(int maxTotal) {
        this(new PoolSettings(maxTotal, 1_000, Duration.ofSeconds(30), LONG, Duration.ZERO, false, Duration.ZERO,
                Duration.ofMinutes(1)));
    }

    PoolBed(PoolSettings settings) {
        pool = new KeyedPool<>(settings, resources, events, clock);
    }

    static ConnectionLimits most(int maxConnections) {
        return new ConnectionLimits(maxConnections, 0, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);
    }

    /** As a caller does. */
    Lease<FakeConnection> lease(String key, ConnectionLimits limits, Duration patience)
            throws IOException, PoolExhaustedException, InterruptedException {
        return pool.acquire(key, limits, patience, () -> resources.open(key));
    }

    Lease<FakeConnection> acquire(String key) {
        return acquire(key, LIMITS);
    }

    /** A lease that must be there at once. */
    Lease<FakeConnection> acquire(String key, ConnectionLimits limits) {
        try {
            Lease<FakeConnection> lease = lease(key, limits, Duration.ZERO);
            leases.add(lease);
            return lease;
        } catch (IOException | PoolExhaustedException | InterruptedException e) {
            return fail(e);
        }
    }

    /** What a lease was given for is open and idle again. */
    FakeConnection touch(String key) {
        Lease<FakeConnection> lease = acquire(key);
        FakeConnection connection = lease.resource();
        lease.release();
        return connection;
    }

    /** A caller that is in the queue, asleep, when this returns. */
    Caller waiting(String key) {
        return waiting(key, LIMITS, LONG);
    }

    Caller waiting(String key, ConnectionLimits limits, Duration patience) {
        int before = pool.total().waiting();
        Caller caller = new Caller(() -> lease(key, limits, patience));
        until(() -> pool.total().waiting() == before + 1 && caller.asleep());
        return caller;
    }

    /** The sweeping threads of all pools. */
    static Set<Thread> sweepers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(Sweeper.THREAD_NAME)).collect(Collectors.toSet());
    }

    int open() {
        return resources.opened.size() - resources.closed.size();
    }

    /** Waits for what another thread is about to do. */
    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                fail("did not happen within 20 s");
            }
            Thread.yield();
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /** A thread that acquires. */
    static final class Caller {
        private final FutureTask<Lease<FakeConnection>> task;
        final Thread thread;

        Caller(Callable<Lease<FakeConnection>> acquisition) {
            task = new FutureTask<>(acquisition);
            thread = new Thread(task, "caller");
            thread.setDaemon(true);
            thread.start();
        }

        boolean asleep() {
            return thread.getState() == Thread.State.WAITING;
        }

        boolean done() {
            return task.isDone();
        }

        void interrupt() {
            thread.interrupt();
        }

        /** The lease it got. */
        Lease<FakeConnection> lease() {
            try {
                return task.get(20, TimeUnit.SECONDS);
            } catch (ExecutionException | InterruptedException | TimeoutException e) {
                return fail(e);
            }
        }

        /** What it failed with. */
        Throwable failure() {
            try {
                return fail("got " + task.get(20, TimeUnit.SECONDS).resource());
            } catch (ExecutionException e) {
                return e.getCause();
            } catch (InterruptedException | TimeoutException e) {
                return fail(e);
            }
        }
    }
}
