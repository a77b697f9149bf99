package dev.mailroom.pool;

import java.io.IOException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The far end in the stress test: counts what is really open and writes down every breach of the pool's promises. Fails
 * and dawdles at random.
 */
final class StrictResources implements PooledResources<Integer, StrictResources.Connection, IOException> {
    final Queue<String> breaches = new ConcurrentLinkedQueue<>();
    final AtomicInteger open = new AtomicInteger();
    final AtomicLong opened = new AtomicLong();
    final AtomicLong closed = new AtomicLong();

    private final AtomicInteger[] openByKey;
    private final int maxPerKey;
    private final int maxTotal;

    StrictResources(int keys, int maxPerKey, int maxTotal) {
        this.maxPerKey = maxPerKey;
        this.maxTotal = maxTotal;
        openByKey = new AtomicInteger[keys];
        for (int i = 0; i < keys; i++) {
            openByKey[i] = new AtomicInteger();
        }
    }

    /** In the hands of at most one thread at a time, the pool included. */
    final class Connection {
        final int key;
        private final AtomicInteger hands = new AtomicInteger();
        private volatile boolean closed;

        Connection(int key) {
            this.key = key;
        }

        void take(String who) {
            if (hands.incrementAndGet() != 1) {
                breaches.add("in two hands at once, the second: " + who);
            }
            if (closed) {
                breaches.add("used after it was closed: " + who);
            }
        }

        void leave() {
            hands.decrementAndGet();
        }
    }

    @Override
    public Optional<Opener<Connection, IOException>> idleOpener(Integer key) {
        return Optional.of(() -> open(key));
    }

    Connection open(Integer key) throws IOException {
        count(key, 1);
        dawdle();
        if (chance(10)) {
            count(key, -1);
            throw new IOException("refused");
        }
        opened.incrementAndGet();
        return new Connection(key);
    }

    private void count(int key, int step) {
        int total = open.addAndGet(step);
        int ofKey = openByKey[key].addAndGet(step);
        if (total > maxTotal || ofKey > maxPerKey || total < 0 || ofKey < 0) {
            breaches.add("open in total " + total + ", of one key " + ofKey);
        }
    }

    @Override
    public boolean quiet(Connection connection) {
        connection.take("quiet");
        dawdle();
        boolean alive = !chance(5);
        connection.leave();
        if (chance(1)) {
            throw new IllegalStateException("a faulty check");
        }
        return alive;
    }

    @Override
    public boolean probe(Connection connection) {
        connection.take("probe");
        dawdle();
        connection.leave();
        return !chance(10);
    }

    @Override
    public void close(Connection connection) {
        connection.take("close");
        dawdle();
        connection.closed = true;
        closed.incrementAndGet();
        count(connection.key, -1);
        if (chance(1)) {
            throw new IllegalStateException("a faulty close");
        }
    }

    static boolean chance(int percent) {
        return ThreadLocalRandom.current().nextInt(100) < percent;
    }

    /** Gives others a chance to come in between. */
    static void dawdle() {
        int choice = ThreadLocalRandom.current().nextInt(16);
        if (choice == 0) {
            LockSupport.parkNanos(200_000);
        } else if (choice < 4) {
            Thread.yield();
        }
    }
}
