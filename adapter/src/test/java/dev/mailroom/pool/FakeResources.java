package dev.mailroom.pool;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens connections, counts them, and fails or blocks on demand. */
final class FakeResources implements PooledResources<String, FakeConnection, IOException> {
    final List<FakeConnection> opened = new CopyOnWriteArrayList<>();
    final List<FakeConnection> closed = new CopyOnWriteArrayList<>();
    final AtomicInteger quiets = new AtomicInteger();
    final AtomicInteger probes = new AtomicInteger();
    volatile IOException refusal;
    volatile RuntimeException fault;
    volatile CountDownLatch opening;
    volatile CountDownLatch closing;
    volatile CountDownLatch checking;

    /** Those whose keys begin alike are at one destination, so much of them; 0 = each key has its own. */
    int destinationLength;

    /** Those keys for which nobody is left. */
    final Set<String> abandoned = ConcurrentHashMap.newKeySet();

    @Override
    public Optional<Opener<FakeConnection, IOException>> idleOpener(String key) {
        return abandoned.contains(key) ? Optional.empty() : Optional.of(() -> open(key));
    }

    @Override
    public boolean blamesDestination(Throwable failure) {
        return !"535".equals(failure.getMessage());
    }

    @Override
    public Object destination(String key) {
        return destinationLength == 0 ? key : key.substring(0, destinationLength);
    }

    FakeConnection open(String key) throws IOException {
        pass(opening);
        if (refusal != null) {
            throw refusal;
        }
        FakeConnection connection = new FakeConnection(key, opened.size() + 1);
        opened.add(connection);
        return connection;
    }

    @Override
    public boolean quiet(FakeConnection connection) {
        quiets.incrementAndGet();
        pass(checking);
        if (fault != null) {
            throw fault;
        }
        return connection.quiet;
    }

    @Override
    public boolean probe(FakeConnection connection) {
        probes.incrementAndGet();
        return connection.answering;
    }

    @Override
    public void close(FakeConnection connection) {
        pass(closing);
        if (connection.closed) {
            throw new AssertionError(connection + " closed twice");
        }
        connection.closed = true;
        closed.add(connection);
    }

    private static void pass(CountDownLatch gate) {
        if (gate == null) {
            return;
        }
        try {
            if (!gate.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the gate stayed shut");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
