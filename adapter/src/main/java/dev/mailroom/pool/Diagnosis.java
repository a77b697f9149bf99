package dev.mailroom.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tells why a caller got nothing. Called under the pool's lock. */
final class Diagnosis {
    private static final int MOST = 3;

    private Diagnosis() {
    }

    static <K, R> Exhaustion of(
            PoolState<K, R> state, Partition<K, R> partition, int waiting, long waited, long now) {
        Exhaustion.Cause cause = cause(state, partition);
        boolean others = switch (cause) {
            case TOTAL_LIMIT, OPENINGS, UNPROVEN, RESERVE -> true;
            default -> false;
        };
        return new Exhaustion(cause, String.valueOf(partition.key), Duration.ofNanos(waited),
                new Exhaustion.KeyUse(partition.limit(), partition.effectiveLimit(), partition.inUse,
                        partition.idle.size(), waiting),
                new Exhaustion.PoolUse(state.open, state.maxTotal),
                new Exhaustion.Openings(String.valueOf(partition.destination.name), partition.destination.opening),
                longest(state, partition, others, now), others ? largest(state) : List.of());
    }

    private static <K, R> Exhaustion.Cause cause(PoolState<K, R> state, Partition<K, R> partition) {
        if (state.closed) {
            return Exhaustion.Cause.CLOSED;
        }
        if (state.suspended || partition.suspended) {
            return Exhaustion.Cause.SUSPENDED;
        }
        if (!partition.hasRoom()) {
            return Exhaustion.Cause.KEY_LIMIT;
        }
        if (!state.mayOpen(partition.destination)) {
            return Exhaustion.Cause.OPENINGS;
        }
        if (state.open < state.maxTotal && !state.leavesReserve(partition.destination)) {
            return Exhaustion.Cause.RESERVE;
        }
        return state.idle.size() > 0 && state.mustSpareIdle(partition.destination)
                ? Exhaustion.Cause.UNPROVEN : Exhaustion.Cause.TOTAL_LIMIT;
    }

    private static <K, R> List<Holder> longest(
            PoolState<K, R> state, Partition<K, R> partition, boolean ofAnyKey, long now) {
        int most = Math.min(MOST, ofAnyKey ? state.ledger.leased.size() : partition.inUse);
        List<Holder> holders = new ArrayList<>();
        for (EntryLease<K, R> lease = state.ledger.leased.first(); holders.size() < most; lease = lease.after) {
            if (ofAnyKey || lease.entry.partition == partition) {
                holders.add(lease.holder(now));
            }
        }
        return holders;
    }

    private static <K, R> List<Exhaustion.Share> largest(PoolState<K, R> state) {
        return state.registry.partitions.values().stream().filter(partition -> partition.open > 0)
                .sorted(Comparator.comparingInt(partition -> -partition.open)).limit(MOST)
                .map(partition -> new Exhaustion.Share(String.valueOf(partition.key), partition.open)).toList();
    }
}
