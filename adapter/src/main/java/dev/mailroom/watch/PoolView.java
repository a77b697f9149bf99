package dev.mailroom.watch;

import dev.mailroom.Phase;
import dev.mailroom.PoolRow;
import dev.mailroom.PoolRow.Counts;
import dev.mailroom.PoolRow.Limits;
import dev.mailroom.PoolRow.Places;
import dev.mailroom.PoolRow.Spread;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpPool;
import dev.mailroom.pool.Activity;
import dev.mailroom.pool.Activity.Times;
import dev.mailroom.pool.KeyStatistics;
import dev.mailroom.pool.KeyedPool;
import dev.mailroom.pool.PoolStatistics;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The pool as administrators see it: keys become rows with an id, so that nobody needs a key to act on one. */
public final class PoolView implements SmtpPool {
    static final Comparator<SessionKey> BY_NAME = Comparator.comparing(SessionKey::user)
            .thenComparing(SessionKey::host).thenComparing(SessionKey::port).thenComparing(SessionKey::id);

    private final KeyedPool<SessionKey, ?, ?> pool;
    private final Function<String, Optional<SessionKey>> byId;
    private final MailCounts counts;

    /**
     * A view of this pool, with what was counted of its mails.
     *
     * @param byId the pool's key of the session with that id, if the pool knows it
     */
    public PoolView(KeyedPool<SessionKey, ?, ?> pool, Function<String, Optional<SessionKey>> byId, MailCounts counts) {
        this.pool = pool;
        this.byId = byId;
        this.counts = counts;
    }

    @Override
    public List<PoolRow> sessions() {
        return pool.statistics().entrySet().stream().sorted(Map.Entry.comparingByKey(BY_NAME))
                .map(e -> row(e.getKey(), e.getValue())).toList();
    }

    @Override
    public Optional<PoolRow> session(String id) {
        return byId.apply(id).flatMap(key -> pool.statistics(key).map(s -> row(key, s)));
    }

    @Override
    public PoolRow total() {
        PoolStatistics s = pool.total();
        return row(PoolRow.TOTAL, Optional.empty(), false, new Limits(s.limit(), s.limit(), 0),
                new Places(s.open(), s.idle(), s.inUse(), s.waiting(), s.suspended()),
                s.activity(), counts.messages(), counts.failures());
    }

    private PoolRow row(SessionKey key, KeyStatistics s) {
        return row(key.id(), Optional.of(key), counts.authenticated(key),
                new Limits(s.limit(), s.effectiveLimit(), counts.mailLimit(key)),
                new Places(s.open(), s.idle(), s.inUse(), s.waiting(), s.suspended()),
                s.activity(), counts.messages(key), counts.failures(key));
    }

    private static PoolRow row(String id, Optional<SessionKey> session, boolean authenticated, Limits limits,
            Places places, Activity activity, long messages, Map<Phase, Long> failures) {
        Map<String, Long> discarded = activity.discarded().entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue));
        var counts = new Counts(activity.opened(), activity.openFailures(), activity.leases(), activity.exhausted(),
                discarded, messages, failures);
        return new PoolRow(id, session, authenticated, limits, places, counts, spread(activity.waits()),
                spread(activity.uses()));
    }

    private static Spread spread(Times times) {
        return new Spread(times.count(), times.max(), times.p50(), times.p95(), times.p99());
    }

    @Override
    public boolean resize(String id, int limit) {
        return act(id, () -> pool.resizeTotal(limit), key -> pool.resize(key, limit));
    }

    @Override
    public boolean flushIdle(String id) {
        return act(id, pool::flushIdle, pool::flushIdle);
    }

    @Override
    public boolean flush(String id) {
        return act(id, pool::flush, pool::flush);
    }

    @Override
    public void beginClosing() {
        pool.beginClosing();
    }

    @Override
    public boolean suspend(String id) {
        return act(id, pool::suspend, pool::suspend);
    }

    @Override
    public boolean resume(String id) {
        return act(id, pool::resume, pool::resume);
    }

    @Override
    public boolean drop(String id) {
        return one(id, pool::drop);
    }

    private boolean act(String id, Runnable onAll, Consumer<SessionKey> onOne) {
        if (id.equals(PoolRow.TOTAL)) {
            onAll.run();
            return true;
        }
        return one(id, onOne);
    }

    private boolean one(String id, Consumer<SessionKey> action) {
        Optional<SessionKey> key = byId.apply(id);
        key.ifPresent(action);
        return key.isPresent();
    }
}
