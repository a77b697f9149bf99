package dev.mailroom.pool;

import java.util.OptionalLong;

/** Closes a pool: no new leases, some time for those in use, then everything is closed. */
final class Closing<K, R> {
    private final PoolState<K, R> state;
    private final Administration<K, R> administration;
    private final ResourceLifecycle<K, R, ?> lifecycle;
    private final Sweeper sweeper;
    private final NanoClock clock;
    private OptionalLong began = OptionalLong.empty();

    Closing(
            PoolState<K, R> state,
            Administration<K, R> administration,
            ResourceLifecycle<K, R, ?> lifecycle,
            Sweeper sweeper,
            NanoClock clock) {
        this.state = state;
        this.administration = administration;
        this.lifecycle = lifecycle;
        this.sweeper = sweeper;
        this.clock = clock;
    }

    /** The grace counts from now on; from the first time, if this is called more than once. */
    void begin() {
        lifecycle.runLocked(() -> began = OptionalLong.of(began.orElseGet(clock::nanoTime)));
    }

    void close(long grace) {
        begin();
        long deadline = lifecycle.locked(began::getAsLong) + grace;
        if (!lifecycle.locked(this::shut)) {
            return;
        }
        while (lifecycle.locked(() -> state.open > 0) && deadline - clock.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            clock.parkUntil(this, deadline);
        }
        lifecycle.runLocked(this::seize);
        sweeper.stop(deadline - clock.nanoTime());
    }

    /** False if somebody else did it. */
    private boolean shut() {
        boolean first = !state.closed;
        if (first) {
            administration.close();
        }
        return first;
    }

    private void seize() {
        state.ledger.leased.forEach(lease -> state.end(lease, DiscardReason.POOL_CLOSED, clock.nanoTime()));
    }
}
