package dev.mailroom.connector;

import dev.mailroom.Phase;
import dev.mailroom.PoolRow;
import dev.mailroom.PoolRow.Spread;
import dev.mailroom.SessionKey;
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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The pool as administrators see it: keys become rows with an id, so that nobody needs a key to act on one. */
public final class PoolView implements SmtpPool {
    private final KeyedConnectionManager manager;
    private final KeyedPool<SmtpConnectionRequestInfo, ?, ?> pool;
    private final MailCounts counts;

    /** A view of this manager's pool, with what was counted of its mails. */
    public PoolView(KeyedConnectionManager manager, MailCounts counts) {
        this.manager = manager;
        this.pool = manager.pool();
        this.counts = counts;
    }

    @Override
    public List<PoolRow> sessions() {
        return pool.statistics().entrySet().stream()
                .map(e -> row(e.getKey().session(), e.getValue()))
                .sorted(Comparator.comparing(PoolRow::user).thenComparing(PoolRow::host)
                        .thenComparing(PoolRow::port).thenComparing(PoolRow::id))
                .toList();
    }

    @Override
    public Optional<PoolRow> session(String id) {
        return manager.find(id).flatMap(key -> pool.statistics(key).map(s -> row(key.session(), s)));
    }

    @Override
    public PoolRow total() {
        PoolStatistics s = pool.total();
        return row(PoolRow.TOTAL, "", "", 0, TlsMode.NONE, new KeyStatistics(
                s.limit(), s.limit(), s.open(), s.idle(), s.inUse(), s.waiting(), s.suspended(), s.activity()),
                counts.messages(), counts.failures());
    }

    private PoolRow row(SessionKey key, KeyStatistics s) {
        return row(key.id(), key.user(), key.host(), key.port(), key.tls(), s,
                counts.messages(key), counts.failures(key));
    }

    private static PoolRow row(String id, String user, String host, int port, TlsMode tls, KeyStatistics s,
            long messages, Map<Phase, Long> failures) {
        Activity a = s.activity();
        Map<String, Long> discarded = a.discarded().entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue));
        return new PoolRow(id, user, host, port, tls, s.limit(), s.effectiveLimit(), s.open(), s.idle(), s.inUse(),
                s.waiting(), s.suspended(), a.opened(), a.openFailures(), a.leases(), a.exhausted(), messages,
                failures, discarded, spread(a.waits()), spread(a.uses()));
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
        Optional<SmtpConnectionRequestInfo> key = manager.find(id);
        key.ifPresent(action);
        return key.isPresent();
    }
}
