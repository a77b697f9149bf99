package dev.mailroom.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One pass over all keys: what is too old is closed, leaks are told, limits grow back, warm keys are filled up. */
final class Sweep<K, R, X extends Exception> {
    private static final System.Logger LOG = System.getLogger(Sweep.class.getName());

    private final PoolState<K, R> state;
    private final Administration<K, R> administration;
    private final ResourceLifecycle<K, R, X> lifecycle;
    private final PooledResources<K, R, X> resources;
    private final PoolListener<K> listener;
    private final NanoClock clock;
    private final long leakAfter;

    Sweep(
            PoolSettings settings,
            PoolState<K, R> state,
            Administration<K, R> administration,
            ResourceLifecycle<K, R, X> lifecycle,
            PooledResources<K, R, X> resources,
            PoolListener<K> listener,
            NanoClock clock) {
        this.state = state;
        this.administration = administration;
        this.lifecycle = lifecycle;
        this.resources = resources;
        this.listener = listener;
        this.clock = clock;
        leakAfter = Nanos.of(settings.leakAfter());
    }

    /** Whether there is anything that needs another pass. */
    boolean needed() {
        return lifecycle.locked(() -> !state.closed && (state.open > 0
                || state.registry.partitions.values().stream().anyMatch(partition -> partition.minIdle() > 0)));
    }

    void pass() {
        List<PoolEvent<K>> news = new ArrayList<>();
        Map<Partition<K, R>, Integer> warm = lifecycle.locked(() -> lookOver(news, clock.nanoTime()));
        news.forEach(listener::on);
        warm.forEach(this::fillUp);
    }

    /** The keys to be kept warm, and how many of each. */
    private Map<Partition<K, R>, Integer> lookOver(List<PoolEvent<K>> news, long now) {
        Map<Partition<K, R>, Integer> warm = new LinkedHashMap<>();
        for (Partition<K, R> partition : state.registry.partitions.values()) {
            evictAged(partition, now);
            if (administration.regrow(partition, now)) {
                news.add(new PoolEvent.LimitChanged<>(partition.key, partition.effectiveLimit()));
            }
            if (partition.minIdle() > 0) {
                warm.put(partition, partition.minIdle());
            }
        }
        findLeaks(now, news);
        state.registry.tidy(now);
        return warm;
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

    private void findLeaks(long now, List<PoolEvent<K>> news) {
        EntryLease<K, R> lease = leakAfter == 0 ? null : state.ledger.leased.first();
        for (; lease != null && now - lease.since >= leakAfter; lease = lease.after) {
            if (!lease.leakReported) {
                lease.leakReported = true;
                news.add(new PoolEvent.LeaseLeaked<>(lease.entry.partition.key, lease.holder(now)));
            }
        }
    }

    /** Opens what is missing, at most so many and up to the first failure: the next sweep tries again. */
    private void fillUp(Partition<K, R> partition, int most) {
        Optional<Opener<R, X>> opener = resources.idleOpener(partition.key);
        if (opener.isEmpty()) {
            lifecycle.runLocked(() -> cool(partition));
            return;
        }
        for (int i = 0; i < most; i++) {
            Entry<K, R> place = lifecycle.locked(() -> state.reserveWarm(partition));
            if (place == null) {
                return;
            }
            try {
                lifecycle.open(place, opener.get());
            } catch (Exception e) {
                LOG.log(System.Logger.Level.DEBUG, "no warm connection of " + partition.key, e);
                return;
            } finally {
                lifecycle.runLocked(() -> opened(place));
            }
        }
    }

    private void cool(Partition<K, R> partition) {
        partition.cool();
        state.registry.vacate(partition, clock.nanoTime());
    }

    private void opened(Entry<K, R> entry) {
        entry.partition.warming--;
        if (entry.resource != null) {
            state.returned(entry, null, clock.nanoTime());
        }
    }
}
