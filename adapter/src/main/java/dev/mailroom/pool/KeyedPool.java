package dev.mailroom.pool;

import dev.mailroom.ConnectionLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lends resources by key. Limits per key and in total are exact: a place is reserved before a resource is opened and
 * freed after it is closed. Callers queue first come, first served, across all keys whom the same place could serve; at
 * the total limit the longest-idle resource of another key makes room. The latest used resource of a key is lent first.
 * Openings are bounded by {@linkplain PooledResources#destination destination}, and one at a destination that has not
 * answered takes no idle resource's place while another such opening is under way.
 *
 * <p>Thread-safe. One lock guards the bookkeeping; it is never held while resources are opened, checked or closed or
 * the listener is told. Acquiring blocks while it waits, opens and checks; releasing only where a resource must be
 * closed. A daemon thread sweeps while anything is open or to be kept warm; there is none otherwise. A key that holds
 * nothing is forgotten after ten minutes, or sooner when there are more than 4,096 such keys.
 *
 * @param <K> the key; its text appears in messages
 * @param <R> the resource
 * @param <X> what opening throws
 */
public final class KeyedPool<K, R, X extends Exception> implements AutoCloseable {
    private final Duration closeGrace;
    private final PoolState<K, R> state;
    private final Administration<K, R> administration;
    private final ResourceLifecycle<K, R, X> lifecycle;
    private final Checkout<K, R, X> checkout;
    private final Sweep<K, R, X> sweep;
    private final Sweeper sweeper;
    private final Closing<K, R> closing;
    private final PoolListener<K> listener;
    private final NanoClock clock;

    /** An empty pool without a thread. */
    public KeyedPool(
            PoolSettings settings, PooledResources<K, R, X> resources, PoolListener<K> listener, NanoClock clock) {
        closeGrace = settings.closeGrace();
        this.listener = new GuardedListener<>(listener);
        this.clock = clock;
        state = new PoolState<>(settings, resources::destination);
        administration = new Administration<>(state, settings);
        lifecycle = new ResourceLifecycle<>(state, resources, this.listener, clock);
        sweep = new Sweep<>(settings, state, administration, lifecycle, resources, this.listener, clock);
        sweeper = new Sweeper(clock, Nanos.of(settings.sweepInterval()), sweep::needed, sweep::pass);
        checkout = new Checkout<>(settings, state, administration, lifecycle, sweeper, this.listener, clock);
        closing = new Closing<>(state, administration, lifecycle, sweeper, clock);
    }

    /**
     * A resource of this key, alive as far as can be told. Blocks until there is a place for it, at most
     * {@link PoolSettings#maxWait} and at most {@code patience}; opening and checking come on top, bounded by the
     * resources themselves.
     *
     * @param limits the key's limits from now on
     * @param patience ZERO or less = do not wait
     * @param opener used if there is nothing idle
     * @throws X what the opener throws; the place goes to the next caller
     * @throws PoolExhaustedException no place in time, or the pool is closed
     * @throws InterruptedException interrupted while waiting for a place
     */
    public Lease<R> acquire(K key, ConnectionLimits limits, Duration patience, Opener<R, X> opener)
            throws X, PoolExhaustedException, InterruptedException {
        return checkout.acquire(key, limits, patience, opener);
    }

    /** Keeps {@link ConnectionLimits#minIdle} resources of this key ready, from the next sweep until it is dropped. */
    public void warm(K key, ConnectionLimits limits) {
        lifecycle.runLocked(() -> {
            long now = clock.nanoTime();
            state.registry.vacate(administration.use(key, limits, now), now);
        });
        sweeper.need();
    }

    /**
     * Drains the key and forgets it with all that was set for it: what is idle is closed now, what is in use when it
     * comes back. Callers that wait keep their turn; whoever acquires it next starts anew.
     */
    public void drop(K key) {
        known(key, partition -> {
            partition.reset();
            partition.dropped = true;
            flush(partition, DiscardReason.DROPPED);
            administration.changed(List.of(partition), clock.nanoTime());
            state.registry.vacate(partition, clock.nanoTime());
        });
    }

    /** Closes what is idle under this key. */
    public void flushIdle(K key) {
        known(key, partition -> state.evict(partition, DiscardReason.FLUSHED));
    }

    /** Closes all that is idle. */
    public void flushIdle() {
        lifecycle.runLocked(() -> state.evictAll(DiscardReason.FLUSHED));
    }

    /** Closes what is idle under this key now, and what is in use when it comes back. */
    public void flush(K key) {
        known(key, partition -> flush(partition, DiscardReason.FLUSHED));
    }

    /** Closes all that is idle now, and all that is in use when it comes back. */
    public void flush() {
        lifecycle.runLocked(() -> {
            state.flushed = ++state.epoch;
            state.evictAll(DiscardReason.FLUSHED);
        });
    }

    private void flush(Partition<K, R> partition, DiscardReason reason) {
        partition.flushed = ++state.epoch;
        state.evict(partition, reason);
    }

    /** Lets callers of this key wait, up to their time, until it is resumed. Leases in use go on. */
    public void suspend(K key) {
        set(key, partition -> partition.suspended = true);
    }

    /** Ends {@link #suspend(Object)}. */
    public void resume(K key) {
        set(key, partition -> partition.suspended = false);
    }

    /** Lets all callers wait, up to their time, until the pool is resumed. Leases in use go on. */
    public void suspend() {
        setTotal(() -> state.suspended = true);
    }

    /** Ends {@link #suspend()}; keys suspended on their own stay so. */
    public void resume() {
        setTotal(() -> state.suspended = false);
    }

    /**
     * Sets a key's maximum until it is dropped, whatever limits its callers bring. What is idle above it is closed now,
     * what is in use when it comes back.
     *
     * @throws IllegalArgumentException below 1
     */
    public void resize(K key, int maxConnections) {
        atLeastOne("maxConnections", maxConnections);
        set(key, partition -> partition.resize(maxConnections));
    }

    /**
     * Sets the total maximum. What is idle above it is closed now, what is in use when it comes back.
     *
     * @throws IllegalArgumentException below 1
     */
    public void resizeTotal(int maxTotal) {
        atLeastOne("maxTotal", maxTotal);
        setTotal(() -> state.maxTotal = maxTotal);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more, was " + value);
        }
    }

    /**
     * The other side refused one more: halves the key's effective maximum, to 1 at least. It grows back by one every
     * {@link PoolSettings#regrowInterval}. Refusals within a second of the last halving count as one.
     *
     * @return whether others are open, so that waiting for one of them makes sense
     */
    public boolean shrink(K key) {
        return find(key, this::shrink).map(shrunk -> shrunk.tell(key, listener)).orElse(false);
    }

    private Shrunk shrink(Partition<K, R> partition) {
        boolean fell = administration.shrink(partition, clock.nanoTime());
        return new Shrunk(fell, partition.effectiveLimit(), partition.open > 0);
    }

    private record Shrunk(boolean fell, int effectiveLimit, boolean others) {
        <K> boolean tell(K key, PoolListener<K> listener) {
            if (fell) {
                listener.on(new PoolEvent.LimitChanged<>(key, effectiveLimit));
            }
            return others;
        }
    }

    private void set(K key, Consumer<Partition<K, R>> change) {
        lifecycle.runLocked(() -> {
            Partition<K, R> partition = state.registry.partition(key);
            change.accept(partition);
            administration.changed(List.of(partition), clock.nanoTime());
            state.registry.vacate(partition, clock.nanoTime());
        });
    }

    private void setTotal(Runnable change) {
        lifecycle.runLocked(() -> {
            change.run();
            administration.changed(state.registry.partitions.values(), clock.nanoTime());
        });
    }

    private void known(K key, Consumer<Partition<K, R>> action) {
        lifecycle.runLocked(() -> partition(key).ifPresent(action));
    }

    private <T> Optional<T> find(K key, Function<Partition<K, R>, T> question) {
        return lifecycle.locked(() -> partition(key).map(question));
    }

    private Optional<Partition<K, R>> partition(K key) {
        return Optional.ofNullable(state.registry.partitions.get(key));
    }

    /** Each key as it is now; taken key by key, so the sum may differ from {@link #total} in a busy pool. */
    public Map<K, KeyStatistics> statistics() {
        Map<K, KeyStatistics> statistics = new HashMap<>();
        for (Partition<K, R> one : lifecycle.locked(() -> List.copyOf(state.registry.partitions.values()))) {
            statistics.put(one.key, lifecycle.locked(one::statistics));
        }
        return statistics;
    }

    /** One key as it is now; empty if it is not known. */
    public Optional<KeyStatistics> statistics(K key) {
        return find(key, Partition::statistics);
    }

    /** Whether the key is known. */
    public boolean knows(K key) {
        return lifecycle.locked(() -> state.registry.partitions.containsKey(key));
    }

    /** All keys together as they are now. */
    public PoolStatistics total() {
        return lifecycle.locked(state::statistics);
    }

    /**
     * One pass: closes what was idle or lived too long, reports leaks, lets shrunk limits grow back, and last, one
     * after the other, opens what is to be kept warm. The pool's own thread does this every
     * {@link PoolSettings#sweepInterval}.
     */
    void sweep() {
        sweep.pass();
    }

    /**
     * Says that the pool is about to be closed: {@link PoolSettings#closeGrace} counts from now on. Until it is closed
     * it lends as before. Calling it again changes nothing.
     */
    public void beginClosing() {
        closing.begin();
    }

    /**
     * Ends the pool: no new leases, those who wait are refused, what is idle is closed; leases in use get
     * {@link PoolSettings#closeGrace}, less what has passed since {@link #beginClosing}, then their resources are
     * closed too. Blocks until all that is done and the sweeping thread has ended; an interrupt cuts the grace short.
     * What is being opened right now is closed as soon as it is open. Closing again does nothing.
     */
    @Override
    public void close() {
        closing.close(Nanos.of(closeGrace));
    }
}
