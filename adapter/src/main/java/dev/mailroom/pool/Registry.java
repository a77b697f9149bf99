package dev.mailroom.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All keys known. One that holds nothing is remembered for its statistics: for ten minutes, and at most 4,096 of them,
 * so that a million keys used once do not stay. Guarded by the pool's lock.
 */
final class Registry<K, R> {
    static final int MAX_VACANT = 4096;
    static final long VACANT_NANOS = 600_000_000_000L;

    final Map<K, Partition<K, R>> partitions = new HashMap<>();
    private final Chain<Partition<K, R>> vacant = new Chain<>();
    private List<Consumer<PoolListener<K>>> news = List.of();

    /** The key's partition, made if need be. Whoever is through with it calls {@link #vacate}. */
    Partition<K, R> partition(K key) {
        Partition<K, R> partition = partitions.get(key);
        if (partition == null) {
            partition = new Partition<>(key);
            partitions.put(key, partition);
            tell(listener -> listener.onKnown(key));
        } else if (vacant.contains(partition)) {
            vacant.remove(partition);
        }
        return partition;
    }

    /** Takes note if the key holds nothing any more. */
    void vacate(Partition<K, R> partition, long now) {
        if (!partition.isVacant() || vacant.contains(partition)) {
            return;
        }
        partition.vacantSince = now;
        vacant.addLast(partition);
        if (partition.dropped) {
            forget(partition);
        } else if (vacant.size() > MAX_VACANT) {
            forget(vacant.first());
        }
    }

    /** Forgets those that have held nothing for long. */
    void tidy(long now) {
        while (!vacant.isEmpty() && now - vacant.first().vacantSince >= VACANT_NANOS) {
            forget(vacant.first());
        }
    }

    private void forget(Partition<K, R> partition) {
        vacant.remove(partition);
        partitions.remove(partition.key);
        tell(listener -> listener.onForgotten(partition.key));
    }

    private void tell(Consumer<PoolListener<K>> event) {
        if (news.isEmpty()) {
            news = new ArrayList<>();
        }
        news.add(event);
    }

    /** What listeners are to be told once the lock is free. */
    List<Consumer<PoolListener<K>>> takeNews() {
        List<Consumer<PoolListener<K>>> taken = news;
        if (!taken.isEmpty()) {
            news = List.of();
        }
        return taken;
    }
}
