package dev.mailroom.pool;

import java.time.Duration;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Tells why a caller got nothing. Called under the pool's lock. */
final class Diagnosis {
    private static final int HOLDERS = 3;

    private Diagnosis() {
    }

    static <K, R> Exhaustion of(
            PoolState<K, R> state, Partition<K, R> partition, int waiting, long waited, long now) {
        Exhaustion.Cause cause = cause(state, partition);
        Stream<EntryLease<K, R>> leases = StreamSupport.stream(state.ledger.leased.spliterator(), false);
        Stream<EntryLease<K, R>> suspects = cause == Exhaustion.Cause.TOTAL_LIMIT
                ? leases.limit(HOLDERS)
                : leases.filter(lease -> lease.entry.partition == partition)
                        .limit(Math.min(HOLDERS, partition.inUse));
        return new Exhaustion(cause, String.valueOf(partition.key), partition.limit(), partition.effectiveLimit(),
                partition.inUse, partition.idle.size(), waiting, state.open, state.maxTotal,
                Duration.ofNanos(waited), suspects.map(lease -> lease.holder(now)).toList());
    }

    private static <K, R> Exhaustion.Cause cause(PoolState<K, R> state, Partition<K, R> partition) {
        if (state.closed) {
            return Exhaustion.Cause.CLOSED;
        }
        if (state.suspended || partition.suspended) {
            return Exhaustion.Cause.SUSPENDED;
        }
        return partition.hasRoom() ? Exhaustion.Cause.TOTAL_LIMIT : Exhaustion.Cause.KEY_LIMIT;
    }
}
