package dev.mailroom.spool;

import dev.mailroom.Caller;
import dev.mailroom.MailData;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.session.SecuritySettings;
import dev.mailroom.session.SessionRegistry;
import dev.mailroom.session.SessionsSettings;
import dev.mailroom.transport.AngusTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The whole way of a spooled mail without a container: store, drain, sessions, pool and wire. */
final class DrainStack implements AutoCloseable {
    private static final Caller CALLER = new Caller("app");

    final SpoolStore store;
    private final AngusTransportFactory transports = new AngusTransportFactory(TrustSettings.jdk());
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, new SmtpListener() { });
    private final SessionRegistry registry = new SessionRegistry(manager.connections(), SessionsSettings.DEFAULTS,
            SecuritySettings.DEFAULTS, List.of(), SmtpSettings.of("template", "template", 25), Duration.ofHours(1),
            manager::drain, new SmtpListener() { }, System::nanoTime);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, SpoolQueue> queues = new HashMap<>();
    private final SpoolEngine engine;

    DrainStack(DataSource source, SpoolListener listener) throws Exception {
        var settings = Spooling.limited(0, 0);
        store = new JdbcSpoolStore(SpoolDatabase.local(source), settings, "one");
        engine = new SpoolEngine(settings, store,
                new KnownSessions(registry, manager.connections(), SpoolCipher.none()), listener, threads);
        engine.start(true);
    }

    /** Opens a session over the network; its mails can be spooled then. */
    SmtpSession open(String user, int port) throws Exception {
        SmtpSession session = registry.start(CALLER, SmtpSettings.of(user, "127.0.0.1", port), true);
        var queue = SpoolQueue.of("app", user);
        queues.put(user, queue);
        store.openQueue(queue, new byte[0]);
        engine.sessions().use(queue.key(), session);
        return session;
    }

    /** Spools mails by four callers at once. */
    void spool(String user, int mails, MailData content) throws Exception {
        List<Callable<Object>> callers = new ArrayList<>();
        for (int caller = 0; caller < 4; caller++) {
            int share = mails / 4 + (caller < mails % 4 ? 1 : 0);
            callers.add(() -> {
                for (int mail = 0; mail < share; mail++) {
                    store.insert(mail(user, content));
                }
                return null;
            });
        }
        for (var result : threads.invokeAll(callers)) {
            result.get();
        }
    }

    NewMail mail(String user, MailData content) {
        return new NewMail(queues.get(user).key(), "app", "id@x.org", Spooling.envelope("a@x.org"), content, "");
    }

    /** Tells the engine of a mail, as every commit does. */
    void ready(String user) {
        engine.ready(queues.get(user).key());
    }

    /** Starts draining, with a sweep now and then. */
    void drain(Duration sweep) {
        queues.keySet().forEach(this::ready);
        timer.scheduleWithFixedDelay(engine::sweep, 0, sweep.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Close the servers before: what is stuck ends with them. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        engine.stop();
        threads.shutdown();
        manager.close();
        transports.close();
    }
}
