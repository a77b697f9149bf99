package dev.mailroom.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One look at everything: what is too old is closed, leaks are told, limits grow back, warm keys are filled up. */
final class Sweep<K, R, X extends Exception> {
    private static final System.Logger LOG = System.getLogger(Sweep.class.getName());

    private final PoolState<K, R> state;
    private final Administration<K, R> administration;
    private final Attendant<K, R, X> attendant;
    private final PoolListener<K> listener;
    private final NanoClock clock;
    private final long leakAfter;

    Sweep(
            PoolSettings settings,
            PoolState<K, R> state,
            Administration<K, R> administration,
            Attendant<K, R, X> attendant,
            PoolListener<K> listener,
            NanoClock clock) {
        this.state = state;
        this.administration = administration;
        this.attendant = attendant;
        this.listener = listener;
        this.clock = clock;
        leakAfter = Nanos.of(settings.leakAfter());
    }

    /** Whether there is anything to come by for. */
    boolean needed() {
        state.lock();
        try {
            return !state.closed && (state.open > 0
                    || state.registry.partitions.values().stream().anyMatch(partition -> partition.minIdle() > 0));
        } finally {
            attendant.unlock();
        }
    }

    void pass() {
        List<Runnable> news = new ArrayList<>();
        Map<Partition<K, R>, Integer> warm = new LinkedHashMap<>();
        state.lock();
        try {
            long now = clock.nanoTime();
            for (Partition<K, R> partition : state.registry.partitions.values()) {
                evictAged(partition, now);
                if (administration.regrow(partition, now)) {
                    int limit = partition.effectiveLimit();
                    news.add(() -> listener.onEffectiveLimit(partition.key, limit));
                }
                if (partition.minIdle() > 0) {
                    warm.put(partition, partition.minIdle());
                }
            }
            findLeaks(now, news);
            state.registry.tidy(now);
        } finally {
            attendant.unlock();
        }
        news.forEach(Runnable::run);
        warm.forEach(this::fillUp);
    }

    private void evictAged(Partition<K, R> partition, long now) {
        partition.idle.forEach(entry -> {
            if (partition.tooOld(entry, now)) {
                state.evict(entry, DiscardReason.MAX_LIFETIME);
            } else if (partition.tooLongIdle(entry, now) && partition.idle.size() > partition.minIdle()) {
                state.evict(entry, DiscardReason.IDLE_TIMEOUT);
            }
        });
    }

    private void findLeaks(long now, List<Runnable> news) {
        EntryLease<K, R> lease = leakAfter == 0 ? null : state.ledger.leased.first();
        for (; lease != null && now - lease.since >= leakAfter; lease = lease.after) {
            if (!lease.leakReported) {
                lease.leakReported = true;
                K key = lease.entry.partition.key;
                Holder holder = lease.holder(now);
                news.add(() -> listener.onLeak(key, holder));
            }
        }
    }

    /** Opens what is missing, at most so many and up to the first failure: the next sweep tries again. */
    private void fillUp(Partition<K, R> partition, int most) {
        for (int i = 0; i < most; i++) {
            Entry<K, R> place = reserve(partition);
            if (place == null) {
                return;
            }
            try {
                attendant.openIdle(place);
            } catch (Exception e) {
                LOG.log(System.Logger.Level.DEBUG, "no warm connection of " + partition.key, e);
                return;
            } finally {
                opened(place);
            }
        }
    }

    private Entry<K, R> reserve(Partition<K, R> partition) {
        state.lock();
        try {
            return state.reserveWarm(partition);
        } finally {
            attendant.unlock();
        }
    }

    private void opened(Entry<K, R> entry) {
        state.lock();
        try {
            entry.partition.warming--;
            if (entry.resource != null) {
                state.returned(entry, null, clock.nanoTime());
            }
        } finally {
            attendant.unlock();
        }
    }
}
