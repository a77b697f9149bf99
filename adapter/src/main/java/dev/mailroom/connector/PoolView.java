package dev.mailroom.connector;

import dev.mailroom.PoolRow;
import dev.mailroom.PoolRow.Spread;
import dev.mailroom.SmtpPool;
import dev.mailroom.TlsMode;
import dev.mailroom.pool.Activity;
import dev.mailroom.pool.KeyStatistics;
import dev.mailroom.pool.KeyedPool;
import dev.mailroom.pool.PoolStatistics;
import dev.mailroom.pool.Times;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The pool as administrators see it: keys become rows with an id, so that nobody needs a key to act on one. */
public final class PoolView implements SmtpPool {
    private final KeyedPool<SmtpConnectionRequestInfo, ?, ?> pool;

    /** A view of this pool. */
    public PoolView(KeyedPool<SmtpConnectionRequestInfo, ?, ?> pool) {
        this.pool = pool;
    }

    @Override
    public List<PoolRow> sessions() {
        return pool.statistics().entrySet().stream()
                .map(e -> row(e.getKey().identity(), e.getValue()))
                .sorted(Comparator.comparing(PoolRow::user).thenComparing(PoolRow::host)
                        .thenComparing(PoolRow::port).thenComparing(PoolRow::id))
                .toList();
    }

    @Override
    public PoolRow total() {
        PoolStatistics s = pool.total();
        return row(PoolRow.TOTAL, "", "", 0, TlsMode.NONE, new KeyStatistics(
                s.limit(), s.limit(), s.open(), s.idle(), s.inUse(), s.waiting(), s.suspended(), s.activity()));
    }

    private static PoolRow row(ConnectionIdentity identity, KeyStatistics s) {
        return row(identity.id(), identity.user(), identity.host(), identity.port(), identity.tls(), s);
    }

    private static PoolRow row(String id, String user, String host, int port, TlsMode tls, KeyStatistics s) {
        Activity a = s.activity();
        Map<String, Long> discarded = a.discarded().entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue));
        return new PoolRow(id, user, host, port, tls, s.limit(), s.effectiveLimit(), s.open(), s.idle(), s.inUse(),
                s.waiting(), s.suspended(), a.opened(), a.openFailures(), a.leases(), discarded,
                spread(a.waits()), spread(a.uses()));
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

    private boolean act(String id, Runnable onAll, Consumer<SmtpConnectionRequestInfo> onOne) {
        if (id.equals(PoolRow.TOTAL)) {
            onAll.run();
            return true;
        }
        return one(id, onOne);
    }

    private boolean one(String id, Consumer<SmtpConnectionRequestInfo> action) {
        List<SmtpConnectionRequestInfo> keys = pool.statistics().keySet().stream()
                .filter(key -> key.identity().id().equals(id)).toList();
        keys.forEach(action);
        return !keys.isEmpty();
    }
}
