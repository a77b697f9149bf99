package dev.mailroom.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * All keys known. One that holds nothing is remembered for its statistics: for ten minutes, and at most 4,096 of them,
 * so that a million keys used once do not stay. Guarded by the pool's lock.
 */
final class Registry<K, R> {
    static final int MAX_VACANT = 4096;
    static final long VACANT_NANOS = 600_000_000_000L;

    final Map<K, Partition<K, R>> partitions = new HashMap<>();
    private final Function<K, Object> destinationOf;
    private final Map<Object, Destination<K, R>> destinations = new HashMap<>();
    private final Chain<Partition<K, R>> vacant = new Chain<>();
    private List<PoolEvent<K>> news = List.of();

    Registry(Function<K, Object> destinationOf) {
        this.destinationOf = destinationOf;
    }

    /** The key's partition, made if there is none. Callers that have finished with it call {@link #vacate}. */
    Partition<K, R> partition(K key) {
        Partition<K, R> partition = partitions.get(key);
        if (partition == null) {
            partition = new Partition<>(key, destinations.computeIfAbsent(destinationOf.apply(key), Destination::new));
            partition.destination.partitions++;
            partitions.put(key, partition);
            tell(new PoolEvent.KeyKnown<>(key));
        } else if (vacant.contains(partition)) {
            vacant.remove(partition);
        }
        return partition;
    }

    /** Takes note if the key holds nothing any more. */
    void vacate(Partition<K, R> partition, long now) {
        if (!partition.isVacant()) {
            return;
        }
        if (!vacant.contains(partition)) {
            partition.vacantSince = now;
            vacant.addLast(partition);
        }
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
        if (--partition.destination.partitions == 0) {
            destinations.remove(partition.destination.name);
        }
        tell(new PoolEvent.KeyForgotten<>(partition.key));
    }

    private void tell(PoolEvent<K> event) {
        if (news.isEmpty()) {
            news = new ArrayList<>();
        }
        news.add(event);
    }

    /** What listeners are to be told once the lock is free. */
    List<PoolEvent<K>> takeNews() {
        List<PoolEvent<K>> taken = news;
        if (!taken.isEmpty()) {
            news = List.of();
        }
        return taken;
    }
}
