package dev.mailroom.pool;

import java.util.TreeSet;

/**
 * Who waits for a place that any key could have, oldest first: of each destination at which another resource may be
 * opened, the oldest caller whose key has room. Those of destinations that have not answered are apart: they may have
 * to leave an idle resource to others. Guarded by the pool's lock.
 */
final class PlaceQueue<K, R> {
    private final TreeSet<Waiter<K, R>> proven = new TreeSet<>(Waiter.BY_AGE);
    private final TreeSet<Waiter<K, R>> unproven = new TreeSet<>(Waiter.BY_AGE);

    /** The oldest, or null; only of proven destinations if {@code onlyProven}. */
    Waiter<K, R> first(boolean onlyProven) {
        Waiter<K, R> oldest = proven.isEmpty() ? null : proven.first();
        if (onlyProven || unproven.isEmpty()) {
            return oldest;
        }
        Waiter<K, R> other = unproven.first();
        return oldest == null || other.ticket < oldest.ticket ? other : oldest;
    }

    /** Brings the key's first waiter up to date. */
    void update(Partition<K, R> partition, boolean eligible, int maxOpenings) {
        Destination<K, R> destination = partition.destination;
        Waiter<K, R> first = eligible && partition.hasRoom() ? partition.waiters.first() : null;
        if (first != partition.queued) {
            if (partition.queued != null) {
                destination.waiters.remove(partition.queued);
            }
            if (first != null) {
                destination.waiters.add(first);
            }
            partition.queued = first;
        }
        update(destination, maxOpenings);
    }

    /** Brings the destination's first waiter up to date. */
    void update(Destination<K, R> destination, int maxOpenings) {
        boolean nobody = destination.waiters.isEmpty() || destination.opening >= maxOpenings;
        Waiter<K, R> first = nobody ? null : destination.waiters.first();
        if (first == destination.queued && destination.proven == destination.queuedAsProven) {
            return;
        }
        if (destination.queued != null) {
            (destination.queuedAsProven ? proven : unproven).remove(destination.queued);
        }
        if (first != null) {
            (destination.proven ? proven : unproven).add(first);
        }
        destination.queued = first;
        destination.queuedAsProven = destination.proven;
    }
}
