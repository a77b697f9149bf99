package dev.mailroom.pool;

import java.util.TreeSet;

/**
 * Those who wait for any place at all: of each key that has room, the first waiter, whom only the total limit keeps
 * waiting. Oldest first. Guarded by the pool's lock.
 */
final class Seekers<K, R> {
    private final TreeSet<Waiter<K, R>> byAge = new TreeSet<>((a, b) -> Long.compare(a.ticket, b.ticket));

    /** The oldest, or null. */
    Waiter<K, R> first() {
        return byAge.isEmpty() ? null : byAge.first();
    }

    /** Brings the key's seeker up to date. */
    void update(Partition<K, R> partition, boolean eligible) {
        Waiter<K, R> seeker = eligible && partition.hasRoom() ? partition.waiters.first() : null;
        if (seeker == partition.seeker) {
            return;
        }
        if (partition.seeker != null) {
            byAge.remove(partition.seeker);
        }
        if (seeker != null) {
            byAge.add(seeker);
        }
        partition.seeker = seeker;
    }
}
