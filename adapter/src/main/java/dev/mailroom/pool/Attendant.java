package dev.mailroom.pool;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Opens, checks and closes resources: all that may take time, hence never under the lock. */
final class Attendant<K, R, X extends Exception> {
    private static final System.Logger LOG = System.getLogger(Attendant.class.getName());

    private final PoolState<K, R> state;
    private final PooledResources<K, R, X> resources;
    private final PoolListener<K> listener;
    private final NanoClock clock;

    Attendant(PoolState<K, R> state, PooledResources<K, R, X> resources, PoolListener<K> listener, NanoClock clock) {
        this.state = state;
        this.resources = resources;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * An entry that is alive, for the place that was claimed. If this throws, the place is free again.
     *
     * @param key the caller's own, which may carry more than its equality knows, such as a deadline
     */
    Entry<K, R> ready(K key, Entry<K, R> claimed) throws X {
        Entry<K, R> entry = claimed;
        while (entry.resource != null) {
            DiscardReason ailment = ailment(entry);
            if (ailment == null) {
                return entry;
            }
            state.lock();
            try {
                entry = state.exchange(entry, ailment, clock.nanoTime());
            } finally {
                unlock();
            }
        }
        open(entry, () -> resources.open(key));
        return entry;
    }

    /** Opens the resource of a reserved place that nobody waits for. If this throws, the place is free again. */
    void openIdle(Entry<K, R> entry) throws X {
        open(entry, () -> resources.openIdle(entry.partition.key));
    }

    private interface Opening<R, X extends Exception> {
        R open() throws X;
    }

    private DiscardReason ailment(Entry<K, R> entry) {
        if (entry.fate != null) {
            return entry.fate;
        }
        try {
            if (!resources.quiet(entry.resource)) {
                return DiscardReason.DEAD;
            }
            return entry.suspect && !resources.probe(entry.resource) ? DiscardReason.PROBE_FAILED : null;
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "checking a connection of " + entry.partition.key + " failed", e);
            return DiscardReason.DEAD;
        }
    }

    private void open(Entry<K, R> entry, Opening<R, X> opening) throws X {
        K key = entry.partition.key;
        boolean opened = false;
        long start = clock.nanoTime();
        try {
            makeRoom(entry);
            listener.beforeOpen(key);
            start = clock.nanoTime();
            R resource = opening.open();
            if (resource == null) {
                throw new IllegalStateException("opening a connection of " + key + " yielded null");
            }
            entry.openedAt = clock.nanoTime();
            entry.idleSince = entry.openedAt;
            entry.resource = resource;
            opened = true;
        } catch (Throwable failure) {
            listener.onOpenFailed(key, failure, Duration.ofNanos(clock.nanoTime() - start));
            throw failure;
        } finally {
            account(entry, opened);
        }
        listener.onOpened(key, Duration.ofNanos(entry.openedAt - start));
    }

    private void makeRoom(Entry<K, R> entry) {
        Entry<K, R> predecessor = entry.predecessor;
        if (predecessor == null) {
            return;
        }
        close(predecessor);
        state.lock();
        try {
            state.succeeded(entry, clock.nanoTime());
        } finally {
            unlock();
        }
        listener.onDiscarded(predecessor.partition.key, predecessor.fate);
    }

    private void account(Entry<K, R> entry, boolean opened) {
        state.lock();
        try {
            state.opened(entry, opened, clock.nanoTime());
        } finally {
            unlock();
        }
    }

    /** Unlocks the state, tells what happened to keys under the lock, and closes what was condemned there. */
    void unlock() {
        List<Consumer<PoolListener<K>>> news = state.registry.takeNews();
        List<Entry<K, R>> condemned = state.unlock();
        if (!news.isEmpty()) {
            news.forEach(event -> event.accept(listener));
        }
        if (!condemned.isEmpty()) {
            condemned.forEach(this::bury);
        }
    }

    private void bury(Entry<K, R> entry) {
        close(entry);
        state.lock();
        try {
            state.buried(entry, clock.nanoTime());
        } finally {
            unlock();
        }
        listener.onDiscarded(entry.partition.key, entry.fate);
    }

    private void close(Entry<K, R> entry) {
        try {
            resources.close(entry.resource);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "closing a connection of " + entry.partition.key + " failed", e);
        }
    }
}
