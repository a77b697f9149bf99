package dev.mailroom.pool;

import dev.mailroom.ConnectionLimits;
import java.time.Duration;

/** The steps of a lease: a place is claimed or waited for, its resource is made ready, lent, and taken back. */
final class Checkout<K, R, X extends Exception> {
    private final PoolSettings settings;
    private final PoolState<K, R> state;
    private final Administration<K, R> administration;
    private final ResourceLifecycle<K, R, X> lifecycle;
    private final Sweeper sweeper;
    private final PoolListener<K> listener;
    private final NanoClock clock;

    Checkout(
            PoolSettings settings,
            PoolState<K, R> state,
            Administration<K, R> administration,
            ResourceLifecycle<K, R, X> lifecycle,
            Sweeper sweeper,
            PoolListener<K> listener,
            NanoClock clock) {
        this.settings = settings;
        this.state = state;
        this.administration = administration;
        this.lifecycle = lifecycle;
        this.sweeper = sweeper;
        this.listener = listener;
        this.clock = clock;
    }

    Lease<R> acquire(K key, ConnectionLimits limits, Duration patience, Opener<R, X> opener)
            throws X, PoolExhaustedException, InterruptedException {
        long start = clock.nanoTime();
        Claim<K, R> claim = claim(key, limits, start);
        Entry<K, R> claimed = claim instanceof Waiter<K, R> waiter
                ? await(waiter, start, Math.min(Nanos.of(settings.maxWait()), Nanos.of(patience)))
                : (Entry<K, R>) claim;
        Entry<K, R> entry = lifecycle.ready(claimed, opener);
        if (!entry.lent) {
            sweeper.need();
        }
        return lend(entry, start);
    }

    private Claim<K, R> claim(K key, ConnectionLimits limits, long now) {
        state.lock();
        try {
            Partition<K, R> partition = administration.use(key, limits, now);
            Entry<K, R> entry = state.claim(partition, now);
            return entry == null ? state.enqueue(partition) : entry;
        } finally {
            lifecycle.unlock();
        }
    }

    private Entry<K, R> await(Waiter<K, R> waiter, long start, long budget)
            throws PoolExhaustedException, InterruptedException {
        K key = waiter.partition.key;
        if (!waiter.settled && budget > 0) {
            listener.on(new PoolEvent.LeaseAwaited<>(key));
        }
        while (!waiter.settled) {
            if (Thread.interrupted()) {
                lifecycle.runLocked(() -> state.withdraw(waiter, clock.nanoTime()));
                throw new InterruptedException("interrupted while waiting for a connection of " + key);
            }
            if (clock.nanoTime() - start >= budget) {
                throw exhausted(waiter, start);
            }
            clock.parkUntil(this, start + budget);
        }
        if (waiter.entry == null) {
            throw exhausted(waiter, start);
        }
        return waiter.entry;
    }

    private PoolExhaustedException exhausted(Waiter<K, R> waiter, long start) {
        return refused(waiter.partition.key, lifecycle.locked(() -> leave(waiter, start, clock.nanoTime())));
    }

    private Exhaustion leave(Waiter<K, R> waiter, long start, long now) {
        Partition<K, R> partition = waiter.partition;
        int others = partition.waiters.size() - (partition.waiters.contains(waiter) ? 1 : 0);
        Exhaustion exhaustion = refusal(partition, others, start, now);
        state.withdraw(waiter, now);
        return exhaustion;
    }

    private Lease<R> lend(Entry<K, R> entry, long start) throws PoolExhaustedException {
        long now = clock.nanoTime();
        Throwable stack = settings.leakStacks() ? new Throwable("acquired here") : null;
        EntryLease<K, R> lease = new EntryLease<>(this, entry, now, stack);
        Exhaustion refusal = lend(lease, start, now);
        if (refusal != null) {
            throw refused(entry.partition.key, refusal);
        }
        listener.on(new PoolEvent.LeaseGiven<>(entry.partition.key, Duration.ofNanos(now - start)));
        return lease;
    }

    /** Null if all is well. */
    private Exhaustion lend(EntryLease<K, R> lease, long start, long now) {
        state.lock();
        try {
            if (!state.closed) {
                state.ledger.lent(lease, now - start);
                return null;
            }
            Exhaustion refusal = refusal(lease.entry.partition, 0, start, now);
            state.condemn(lease.entry, DiscardReason.POOL_CLOSED);
            return refusal;
        } finally {
            lifecycle.unlock();
        }
    }

    private Exhaustion refusal(Partition<K, R> partition, int waiting, long start, long now) {
        state.ledger.exhausted(partition);
        return Diagnosis.of(state, partition, waiting, now - start, now);
    }

    private PoolExhaustedException refused(K key, Exhaustion exhaustion) {
        listener.on(new PoolEvent.LeaseRefused<>(key, exhaustion));
        return new PoolExhaustedException(exhaustion);
    }

    /** Ends a lease, unless it has ended: a null reason gives the resource back. */
    void end(EntryLease<K, R> lease, DiscardReason reason) {
        long now = clock.nanoTime();
        if (endLocked(lease, reason, now)) {
            listener.on(new PoolEvent.LeaseEnded<>(lease.entry.partition.key, Duration.ofNanos(now - lease.since)));
        }
    }

    private boolean endLocked(EntryLease<K, R> lease, DiscardReason reason, long now) {
        state.lock();
        try {
            return state.end(lease, reason, now);
        } finally {
            lifecycle.unlock();
        }
    }
}
