package dev.mailroom.microprofile;

import dev.mailroom.Phase;
import dev.mailroom.PoolRow;
import dev.mailroom.PoolRow.Spread;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpPool;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The meters under one set of tags: one session's, those of several with the same tags, or "other". */
final class SessionMeters {
    final Counter sent;
    final Counter opened;
    final Counter exhausted;
    private final MetricRegistry registry;
    private final SmtpPool pool;
    private final Tag[] tags;
    private final Set<SessionKey> sessions = ConcurrentHashMap.newKeySet();
    private final Set<MetricID> registered = ConcurrentHashMap.newKeySet();
    private final Map<String, Counter> discarded = new ConcurrentHashMap<>();
    private final Map<Phase, Counter> failed = new ConcurrentHashMap<>();

    SessionMeters(MetricRegistry registry, SmtpPool pool, Tag[] tags) {
        this.registry = registry;
        this.pool = pool;
        this.tags = tags;
        sent = counter("mailroom.messages");
        opened = counter("mailroom.connections.opened");
        exhausted = counter("mailroom.connections.exhausted");
        gauge("mailroom.session.open", row -> row.places().open());
        gauge("mailroom.session.idle", row -> row.places().idle());
        gauge("mailroom.session.in.use", row -> row.places().inUse());
        gauge("mailroom.session.waiting", row -> row.places().waiting());
        spread("mailroom.session.wait.seconds", PoolRow::waits);
        spread("mailroom.session.use.seconds", PoolRow::uses);
    }

    Counter discarded(String reason) {
        return discarded.computeIfAbsent(reason, key ->
                counter("mailroom.connections.discarded", new Tag("reason", key.toLowerCase(Locale.ROOT))));
    }

    Counter failed(Phase phase) {
        return failed.computeIfAbsent(phase, key ->
                counter("mailroom.failures", new Tag("phase", key.name().toLowerCase(Locale.ROOT))));
    }

    private Counter counter(String name, Tag... more) {
        return registry.counter(MetricTexts.of(name), id(name, more).getTagsAsArray());
    }

    private void gauge(String name, ToIntFunction<PoolRow> number) {
        registry.gauge(MetricTexts.of(name), this, meters -> meters.rows().mapToInt(number).sum(),
                id(name).getTagsAsArray());
    }

    private void spread(String name, Function<PoolRow, Spread> times) {
        quantile(name, "0.5", times.andThen(Spread::p50));
        quantile(name, "0.95", times.andThen(Spread::p95));
        quantile(name, "0.99", times.andThen(Spread::p99));
    }

    /** Of several sessions, the worst. */
    private void quantile(String name, String quantile, Function<PoolRow, Duration> time) {
        registry.gauge(MetricTexts.of(name), this,
                meters -> meters.rows().mapToDouble(row -> time.apply(row).toNanos() / 1e9).max().orElse(0),
                id(name, new Tag("quantile", quantile)).getTagsAsArray());
    }

    private MetricID id(String name, Tag... more) {
        MetricID id = new MetricID(name, Stream.of(tags, more).flatMap(Stream::of).toArray(Tag[]::new));
        registered.add(id);
        return id;
    }

    private Stream<PoolRow> rows() {
        return sessions.stream().map(session -> pool.session(session.id())).flatMap(Optional::stream);
    }

    void add(SessionKey session) {
        sessions.add(session);
    }

    /** Whether it was the last; its meters are gone then. */
    boolean remove(SessionKey session) {
        sessions.remove(session);
        if (!sessions.isEmpty()) {
            return false;
        }
        end();
        return true;
    }

    /** Takes them out of the registry. */
    void end() {
        registered.forEach(registry::remove);
    }
}
