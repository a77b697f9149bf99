package dev.mailroom.microprofile;

import dev.mailroom.Failure;
import dev.mailroom.PoolRow;
import dev.mailroom.Receipt;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpPool;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * The pool in MicroProfile Metrics: gauges for all of it, and meters for each session. At most so many sessions have
 * tags of their own, so that no number of users floods the monitoring; all others count together as {@code other}.
 */
@ApplicationScoped
public class PoolMetrics implements SmtpListener {
    static final int MOST_TAGGED = 100;

    private final MetricRegistry registry;
    private final SmtpPool pool;
    /** Servers may show all applications' metrics on one page, where equal ones would clash. */
    private final Tag application = new Tag("application", applicationName());
    private final Set<MetricID> ofThePool = new HashSet<>();
    private final Map<SessionKey, SessionMeters> bySession = new ConcurrentHashMap<>();
    /** Guarded by this. */
    private final Map<List<String>, SessionMeters> byTags = new ConcurrentHashMap<>();

    /** For the container's proxy. */
    protected PoolMetrics() {
        this(null, null);
    }

    @Inject
    PoolMetrics(MetricRegistry registry, SmtpPool pool) {
        this.registry = registry;
        this.pool = pool;
    }

    private static String applicationName() {
        try {
            return new InitialContext().lookup("java:app/AppName").toString();
        } catch (NamingException e) {
            return "mailroom";
        }
    }

    /** Registers what there is to see without any session. On the thread that deploys: it has the right registry. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        gauge("limit", PoolRow::limit);
        gauge("open", PoolRow::open);
        gauge("idle", PoolRow::idle);
        gauge("in.use", PoolRow::inUse);
        gauge("waiting", PoolRow::waiting);
    }

    private void gauge(String name, ToIntFunction<PoolRow> number) {
        MetricID id = new MetricID("mailroom.pool." + name, application);
        ofThePool.add(id);
        registry.gauge(id, pool, all -> number.applyAsInt(all.total()));
    }

    private SessionMeters meters(SessionKey session) {
        SessionMeters known = bySession.get(session);
        return known != null ? known : meet(session);
    }

    private synchronized SessionMeters meet(SessionKey session) {
        List<String> tags = List.of(session.user(), session.host(), String.valueOf(session.port()));
        if (!byTags.containsKey(tags) && byTags.size() >= MOST_TAGGED) {
            tags = List.of("other", "other", "0");
        }
        SessionMeters meters = byTags.computeIfAbsent(tags, values -> new SessionMeters(registry, pool,
                new Tag[] {application, new Tag("user", values.get(0)), new Tag("host", values.get(1)),
                    new Tag("port", values.get(2))}));
        meters.add(session);
        bySession.put(session, meters);
        return meters;
    }

    @Override
    public void onSessionKnown(SessionKey session) {
        meters(session);
    }

    /** The event may come late: what the pool says now holds. */
    @Override
    public synchronized void onSessionForgotten(SessionKey session) {
        SessionMeters meters = bySession.get(session);
        if (meters != null && pool.session(session.id()).isEmpty()) {
            bySession.remove(session);
            if (meters.remove(session)) {
                byTags.values().remove(meters);
            }
        }
    }

    @Override
    public void onOpened(SessionKey session, Duration took) {
        meters(session).created.inc();
    }

    @Override
    public void onDiscarded(SessionKey session, String reason) {
        SessionMeters known = bySession.get(session);
        if (known != null) {
            known.discarded(reason).inc();
        }
    }

    @Override
    public void onExhausted(SessionKey session, String story) {
        meters(session).exhausted.inc();
    }

    @Override
    public void onSent(SessionKey session, Receipt receipt, Duration took) {
        meters(session).sent.inc();
    }

    @Override
    public void onFailed(SessionKey session, Failure failure, Duration took) {
        meters(session).failed(failure.phase()).inc();
    }

    /** The registry may outlive the application; what it holds would keep the class loader. */
    @PreDestroy
    synchronized void end() {
        byTags.values().forEach(SessionMeters::end);
        byTags.clear();
        bySession.clear();
        ofThePool.forEach(registry::remove);
    }
}
