package dev.mailroom.pool;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Opens, checks and closes resources: all that may take time, hence never under the lock. */
final class ResourceLifecycle<K, R, X extends Exception> {
    private static final System.Logger LOG = System.getLogger(ResourceLifecycle.class.getName());

    private final PoolState<K, R> state;
    private final PooledResources<K, R, X> resources;
    private final PoolListener<K> listener;
    private final NanoClock clock;

    ResourceLifecycle(PoolState<K, R> state, PooledResources<K, R, X> resources, PoolListener<K> listener,
            NanoClock clock) {
        this.state = state;
        this.resources = resources;
        this.listener = listener;
        this.clock = clock;
    }

    /** An entry that is alive, for the place that was claimed. If this throws, the place is free again. */
    Entry<K, R> ready(Entry<K, R> claimed, Opener<R, X> opener) throws X {
        Entry<K, R> entry = claimed;
        while (entry.resource != null) {
            DiscardReason discardReason = discardReason(entry);
            if (discardReason == null) {
                return entry;
            }
            Entry<K, R> unfit = entry;
            entry = locked(() -> state.exchange(unfit, discardReason, clock.nanoTime()));
        }
        open(entry, opener);
        return entry;
    }

    private DiscardReason discardReason(Entry<K, R> entry) {
        if (entry.discardReason != null) {
            return entry.discardReason;
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

    /** Opens the resource of a reserved place. If this throws, the place is free again. */
    void open(Entry<K, R> entry, Opener<R, X> opener) throws X {
        K key = entry.partition.key;
        boolean opened = false;
        boolean blamed = true;
        long start = clock.nanoTime();
        try {
            makeRoom(entry);
            listener.on(new PoolEvent.ResourceOpening<>(key));
            start = clock.nanoTime();
            R resource = opener.open();
            if (resource == null) {
                throw new IllegalStateException("opening a connection of " + key + " yielded null");
            }
            entry.openedAt = clock.nanoTime();
            entry.idleSince = entry.openedAt;
            entry.resource = resource;
            opened = true;
        } catch (Throwable failure) {
            blamed = resources.blamesDestination(failure);
            listener.on(new PoolEvent.ResourceOpenFailed<>(
                    key, failure, Duration.ofNanos(clock.nanoTime() - start)));
            throw failure;
        } finally {
            boolean success = opened;
            boolean against = blamed;
            runLocked(() -> state.opened(entry, success, against, clock.nanoTime()));
        }
        listener.on(new PoolEvent.ResourceOpened<>(key, Duration.ofNanos(entry.openedAt - start)));
    }

    private void makeRoom(Entry<K, R> entry) {
        Entry<K, R> predecessor = entry.predecessor;
        if (predecessor == null) {
            return;
        }
        close(predecessor);
        runLocked(() -> state.succeeded(entry, clock.nanoTime()));
        listener.on(new PoolEvent.ResourceDiscarded<>(predecessor.partition.key, predecessor.discardReason));
    }

    /**
     * What is decided under the lock. Once that is free, those whose wait is over are woken, what happened to keys is
     * told, and what was condemned is closed. Each call makes an object: the three that every lease goes through, in
     * {@link Checkout}, take the lock themselves and end with {@link #unlock}, never with the state's own.
     */
    <T> T locked(Supplier<T> decision) {
        state.lock();
        try {
            return decision.get();
        } finally {
            unlock();
        }
    }

    /** As {@link #locked}, for what has no result. */
    void runLocked(Runnable change) {
        state.lock();
        try {
            change.run();
        } finally {
            unlock();
        }
    }

    /** Frees the lock and does what follows from what was decided under it. */
    void unlock() {
        List<PoolEvent<K>> news = state.registry.takeNews();
        List<Entry<K, R>> condemned = state.unlock();
        if (!news.isEmpty()) {
            news.forEach(listener::on);
        }
        if (!condemned.isEmpty()) {
            condemned.forEach(this::discard);
        }
    }

    private void discard(Entry<K, R> entry) {
        close(entry);
        runLocked(() -> state.discarded(entry, clock.nanoTime()));
        listener.on(new PoolEvent.ResourceDiscarded<>(entry.partition.key, entry.discardReason));
    }

    private void close(Entry<K, R> entry) {
        try {
            resources.close(entry.resource);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "closing a connection of " + entry.partition.key + " failed", e);
        }
    }
}
