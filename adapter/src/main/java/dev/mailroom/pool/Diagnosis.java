package dev.mailroom.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tells why a caller got nothing. Called under the pool's lock. */
final class Diagnosis {
    private static final int HOLDERS = 3;

    private Diagnosis() {
    }

    static <K, R> Exhaustion of(
            PoolState<K, R> state, Partition<K, R> partition, int waiting, long waited, long now) {
        Exhaustion.Cause cause = cause(state, partition);
        return new Exhaustion(cause, String.valueOf(partition.key), partition.limit(), partition.effectiveLimit(),
                partition.inUse, partition.idle.size(), waiting, state.open, state.maxTotal,
                Duration.ofNanos(waited), longest(state, partition, cause == Exhaustion.Cause.TOTAL_LIMIT, now));
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

    private static <K, R> List<Holder> longest(
            PoolState<K, R> state, Partition<K, R> partition, boolean ofAnyKey, long now) {
        int most = Math.min(HOLDERS, ofAnyKey ? state.ledger.leased.size() : partition.inUse);
        List<Holder> holders = new ArrayList<>();
        for (EntryLease<K, R> lease = state.ledger.leased.first(); holders.size() < most; lease = lease.after) {
            if (ofAnyKey || lease.entry.partition == partition) {
                holders.add(lease.holder(now));
            }
        }
        return holders;
    }
}
