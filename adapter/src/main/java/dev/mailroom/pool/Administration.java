package dev.mailroom.pool;

import dev.mailroom.ConnectionLimits;
import java.util.Collection;
import java.util.List;

/** Changes of limits, and what follows for those who hold a resource or wait for one. Called under the pool's lock. */
final class Administration<K, R> {
    private final PoolState<K, R> state;
    private final long regrowInterval;

    Administration(PoolState<K, R> state, PoolSettings settings) {
        this.state = state;
        regrowInterval = Nanos.of(settings.regrowInterval());
    }

    /** The key's partition, with these limits in force. */
    Partition<K, R> use(K key, ConnectionLimits limits, long now) {
        Partition<K, R> partition = state.registry.partition(key);
        partition.dropped = false;
        if (partition.apply(limits)) {
            changed(List.of(partition), now);
        }
        regrow(partition, now);
        return partition;
    }

    /** Whether the key's effective limit rose. */
    boolean regrow(Partition<K, R> partition, long now) {
        if (!partition.regrow(now, regrowInterval)) {
            return false;
        }
        changed(List.of(partition), now);
        return true;
    }

    /** Whether the key's effective limit fell. */
    boolean shrink(Partition<K, R> partition, long now) {
        if (!partition.shrink(now, regrowInterval)) {
            return false;
        }
        changed(List.of(partition), now);
        return true;
    }

    /**
     * After limits changed or something was suspended or resumed: brings the state of these partitions in line with it.
     */
    void changed(Collection<Partition<K, R>> partitions, long now) {
        while (state.hasSurplus() && state.idle.size() > 0) {
            state.evict(state.idle.first(), DiscardReason.SURPLUS);
        }
        for (Partition<K, R> partition : partitions) {
            while (partition.hasSurplus() && !partition.idle.isEmpty()) {
                state.evict(partition.idle.first(), DiscardReason.SURPLUS);
            }
            while (state.eligible(partition) && !partition.waiters.isEmpty() && !partition.idle.isEmpty()) {
                Entry<K, R> latest = partition.idle.last();
                state.idle.remove(latest);
                state.settle(partition.waiters.first(), partition.examined(latest, now));
            }
        }
        // All are put into the queue before any is served: otherwise the oldest could be passed over.
        partitions.forEach(state::queue);
        state.serve();
    }

    /** Sends everybody away and condemns what is idle. */
    void close() {
        state.closed = true;
        state.closer = Thread.currentThread();
        for (Partition<K, R> partition : state.registry.partitions.values()) {
            while (!partition.waiters.isEmpty()) {
                state.settle(partition.waiters.first(), null);
            }
        }
        state.evictAll(DiscardReason.POOL_CLOSED);
    }
}
