package dev.mailroom.pool;

import dev.mailroom.ConnectionLimits;
import java.time.Duration;

/** The way of a lease: a place is claimed or waited for, its resource made ready, lent, and taken back. */
final class Checkout<K, R, X extends Exception> {
    private final PoolSettings settings;
    private final PoolState<K, R> state;
    private final Administration<K, R> administration;
    private final Attendant<K, R, X> attendant;
    private final Sweeper sweeper;
    private final PoolListener<K> listener;
    private final NanoClock clock;

    Checkout(
            PoolSettings settings,
            PoolState<K, R> state,
            Administration<K, R> administration,
            Attendant<K, R, X> attendant,
            Sweeper sweeper,
            PoolListener<K> listener,
            NanoClock clock) {
        this.settings = settings;
        this.state = state;
        this.administration = administration;
        this.attendant = attendant;
        this.sweeper = sweeper;
        this.listener = listener;
        this.clock = clock;
    }

    Lease<R> acquire(K key, ConnectionLimits limits, Duration patience)
            throws X, PoolExhaustedException, InterruptedException {
        long start = clock.nanoTime();
        Waiter<K, R> waiter = null;
        Entry<K, R> entry;
        state.lock();
        try {
            Partition<K, R> partition = administration.use(key, limits, start);
            entry = state.claim(partition, start);
            if (entry == null) {
                waiter = state.enqueue(partition);
            }
        } finally {
            attendant.unlock();
        }
        if (entry == null) {
            entry = await(waiter, start, Math.min(Nanos.of(settings.maxWait()), Nanos.of(patience)));
        }
        entry = attendant.ready(key, entry);
        if (entry.uses == 0) {
            sweeper.need();
        }
        return lend(entry, start);
    }

    private Entry<K, R> await(Waiter<K, R> waiter, long start, long budget)
            throws PoolExhaustedException, InterruptedException {
        K key = waiter.partition.key;
        if (!waiter.settled && budget > 0) {
            listener.beforeWait(key);
        }
        while (!waiter.settled) {
            if (Thread.interrupted()) {
                withdraw(waiter);
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

    private void withdraw(Waiter<K, R> waiter) {
        long now = clock.nanoTime();
        state.lock();
        try {
            state.withdraw(waiter, now);
        } finally {
            attendant.unlock();
        }
    }

    private PoolExhaustedException exhausted(Waiter<K, R> waiter, long start) {
        Exhaustion exhaustion;
        long now = clock.nanoTime();
        state.lock();
        try {
            Partition<K, R> partition = waiter.partition;
            int others = partition.waiters.size() - (partition.waiters.contains(waiter) ? 1 : 0);
            exhaustion = refusal(partition, others, start, now);
            state.withdraw(waiter, now);
        } finally {
            attendant.unlock();
        }
        return refused(waiter.partition.key, exhaustion);
    }

    private Lease<R> lend(Entry<K, R> entry, long start) throws PoolExhaustedException {
        long now = clock.nanoTime();
        Throwable stack = settings.leakStacks() ? new Throwable("acquired here") : null;
        EntryLease<K, R> lease = new EntryLease<>(this, entry, now, stack);
        Exhaustion refusal = null;
        state.lock();
        try {
            if (state.closed) {
                refusal = refusal(entry.partition, 0, start, now);
                state.condemn(entry, DiscardReason.POOL_CLOSED);
            } else {
                state.ledger.lent(lease, now - start);
            }
        } finally {
            attendant.unlock();
        }
        if (refusal != null) {
            throw refused(entry.partition.key, refusal);
        }
        listener.onLeased(entry.partition.key, Duration.ofNanos(now - start));
        return lease;
    }

    private Exhaustion refusal(Partition<K, R> partition, int waiting, long start, long now) {
        state.ledger.exhausted(partition);
        return Diagnosis.of(state, partition, waiting, now - start, now);
    }

    private PoolExhaustedException refused(K key, Exhaustion exhaustion) {
        listener.onExhausted(key, exhaustion);
        return new PoolExhaustedException(exhaustion);
    }

    /** Ends a lease, unless it has ended: a null reason gives the resource back. */
    void end(EntryLease<K, R> lease, DiscardReason reason) {
        long now = clock.nanoTime();
        boolean ended;
        state.lock();
        try {
            ended = state.end(lease, reason, now);
        } finally {
            attendant.unlock();
        }
        if (ended) {
            listener.onReleased(lease.entry.partition.key, Duration.ofNanos(now - lease.since));
        }
    }
}
