package dev.mailroom.microprofile;

import dev.mailroom.PoolRow;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpEvent.ConnectionDiscarded;
import dev.mailroom.SmtpEvent.ConnectionOpened;
import dev.mailroom.SmtpEvent.MailSent;
import dev.mailroom.SmtpEvent.PoolExhausted;
import dev.mailroom.SmtpEvent.RequestFailed;
import dev.mailroom.SmtpEvent.SessionForgotten;
import dev.mailroom.SmtpEvent.SessionKnown;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpPool;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
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
    /** A server may show all applications' metrics on one page, where equal names would clash. */
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
        gauge("limit", row -> row.limits().connections());
        gauge("open", row -> row.places().open());
        gauge("idle", row -> row.places().idle());
        gauge("in.use", row -> row.places().inUse());
        gauge("waiting", row -> row.places().waiting());
    }

    private void gauge(String name, ToIntFunction<PoolRow> number) {
        MetricID id = new MetricID("mailroom.pool." + name, application);
        ofThePool.add(id);
        registry.gauge(MetricTexts.of(id.getName()), pool, all -> number.applyAsInt(all.total()), application);
    }

    private SessionMeters meters(SessionKey session) {
        SessionMeters known = bySession.get(session);
        return known != null ? known : meet(session);
    }

    private synchronized SessionMeters meet(SessionKey session) {
        List<String> tags = List.of(session.user(), session.host(), String.valueOf(session.port()),
                session.names().isEmpty() ? "none" : String.join(", ", session.names()));
        if (!byTags.containsKey(tags) && byTags.size() >= MOST_TAGGED) {
            tags = List.of("other", "other", "0", "other");
        }
        SessionMeters meters = byTags.computeIfAbsent(tags, values -> new SessionMeters(registry, pool,
                new Tag[] {application, new Tag("user", values.get(0)), new Tag("host", values.get(1)),
                    new Tag("port", values.get(2)), new Tag("session", values.get(3))}));
        meters.add(session);
        bySession.put(session, meters);
        return meters;
    }

    @Override
    public void on(SmtpEvent event) {
        SessionKey session = event.session();
        if (event instanceof MailSent) {
            meters(session).sent.inc();
        } else if (event instanceof RequestFailed failed) {
            meters(session).failed(failed.failure().phase()).inc();
        } else if (event instanceof ConnectionOpened) {
            meters(session).opened.inc();
        } else if (event instanceof ConnectionDiscarded discarded) {
            discarded(session, discarded.reason());
        } else if (event instanceof PoolExhausted) {
            meters(session).exhausted.inc();
        } else if (event instanceof SessionKnown) {
            meters(session);
        } else if (event instanceof SessionForgotten) {
            forget(session);
        }
    }

    private void discarded(SessionKey session, String reason) {
        SessionMeters known = bySession.get(session);
        if (known != null) {
            known.discarded(reason).inc();
        }
    }

    /** The event may come late: what the pool says now holds. */
    private synchronized void forget(SessionKey session) {
        SessionMeters meters = bySession.get(session);
        if (meters != null && pool.session(session.id()).isEmpty()) {
            bySession.remove(session);
            if (meters.remove(session)) {
                byTags.values().remove(meters);
            }
        }
    }

    /** The registry may outlive the application; metrics left in it would keep the class loader in memory. */
    @PreDestroy
    synchronized void end() {
        byTags.values().forEach(SessionMeters::end);
        byTags.clear();
        bySession.clear();
        ofThePool.forEach(registry::remove);
    }
}
