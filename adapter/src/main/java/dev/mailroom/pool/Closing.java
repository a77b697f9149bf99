package dev.mailroom.pool;

/** The end of a pool: nobody new, some grace for those who have something, then everything is closed. */
final class Closing<K, R> {
    private final PoolState<K, R> state;
    private final Administration<K, R> administration;
    private final Attendant<K, R, ?> attendant;
    private final Sweeper sweeper;
    private final NanoClock clock;

    Closing(
            PoolState<K, R> state,
            Administration<K, R> administration,
            Attendant<K, R, ?> attendant,
            Sweeper sweeper,
            NanoClock clock) {
        this.state = state;
        this.administration = administration;
        this.attendant = attendant;
        this.sweeper = sweeper;
        this.clock = clock;
    }

    void close(long grace) {
        long deadline = clock.nanoTime() + grace;
        if (!shut()) {
            return;
        }
        while (!empty() && deadline - clock.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
            clock.parkUntil(this, deadline);
        }
        seize();
        sweeper.stop(deadline - clock.nanoTime());
    }

    /** False if somebody else did it. */
    private boolean shut() {
        state.lock();
        try {
            boolean first = !state.closed;
            if (first) {
                administration.close();
            }
            return first;
        } finally {
            attendant.unlock();
        }
    }

    private boolean empty() {
        state.lock();
        try {
            return state.open == 0;
        } finally {
            attendant.unlock();
        }
    }

    private void seize() {
        state.lock();
        try {
            state.ledger.leased.forEach(lease -> state.end(lease, DiscardReason.POOL_CLOSED, clock.nanoTime()));
        } finally {
            attendant.unlock();
        }
    }
}
