package dev.mailroom.spool.drain;

import dev.mailroom.Caller;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.session.SecuritySettings;
import dev.mailroom.session.SessionRegistry;
import dev.mailroom.session.SessionsSettings;
import dev.mailroom.spool.AcceptedMail;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.SpoolCipher;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.jdbc.JdbcSpool;
import dev.mailroom.spool.jdbc.SpoolDatabase;
import dev.mailroom.testing.TestCertificates;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The whole way of a spooled mail without a container: store, drain, sessions, pool and wire. */
final class DrainStack implements AutoCloseable {
    private static final Caller CALLER = new Caller("app");

    final SpoolStore store;
    private final SocketTransportFactory transports = new SocketTransportFactory(
            TrustSettings.with(TestCertificates.get().trustStore(), TestCertificates.get().password()));
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, event -> { });
    private final SessionRegistry registry = new SessionRegistry(manager.connections(), SessionsSettings.DEFAULTS,
            SecuritySettings.DEFAULTS, List.of(), SmtpSettings.of("template", "template", 25), Duration.ofHours(1),
            manager::drain, event -> { }, System::nanoTime);
    private final List<Thread> workers = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(this::worker);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, SpoolQueue> queues = new HashMap<>();
    private final Map<String, SmtpSession> sessions = new HashMap<>();
    private final SpoolEngine engine;

    DrainStack(DataSource source, SpoolListener listener) throws Exception {
        this(source, listener, Spooling.limited(0, 0));
    }

    DrainStack(DataSource source, SpoolListener listener, SpoolSettings settings) throws Exception {
        this(source, listener, settings, "one", true);
    }

    /** @param alone whether no other server uses the database */
    DrainStack(DataSource source, SpoolListener listener, SpoolSettings settings, String server, boolean alone)
            throws Exception {
        store = JdbcSpool.open(SpoolDatabase.local(source), settings, server);
        engine = new SpoolEngine(settings, store,
                new KnownSessions(registry, SpoolCipher.none()), listener, threads);
        engine.start(alone);
    }

    /** Opens a session over the network; its mails can be spooled then. */
    SmtpSession open(String user, int port) throws Exception {
        return open(SmtpSettings.of(user, "127.0.0.1", port));
    }

    /** The same with other settings than a plain connection's. */
    SmtpSession open(SmtpSettings settings) throws Exception {
        SmtpSession session = registry.start(CALLER, settings, true);
        String user = settings.user();
        var queue = SpoolQueue.of("app", user);
        queues.put(user, queue);
        sessions.put(user, session);
        store.queues().open(queue, new byte[0]);
        engine.use(queue, session);
        return session;
    }

    /** Starts a session with a password, as a caller does: its queue is that of the password. */
    void start(String user, String password, int port) throws Exception {
        SmtpSession session = registry.start(CALLER,
                SmtpSettings.of(user, "127.0.0.1", port).withSecret(Secret.password(password)), true);
        var queue = SpoolQueue.of("app", user, "0a-" + Integer.toHexString(password.hashCode()));
        queues.put(user, queue);
        engine.open(queue, session);
        engine.ready(queue);
    }

    boolean isParked(String user) {
        try {
            return store.queues().find(queues.get(user)).orElseThrow().parked();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Thread worker(Runnable work) {
        var thread = new Thread(work);
        workers.add(thread);
        return thread;
    }

    /** What the threads of the drain have used so far; those that have ended do not count. */
    long cpuNanos() {
        var threadTimes = ManagementFactory.getThreadMXBean();
        return workers.stream().mapToLong(thread -> Math.max(0, threadTimes.getThreadCpuTime(thread.getId()))).sum();
    }

    /** Spools mails by four callers at once. */
    void spool(String user, int mails, MailData content) throws Exception {
        List<Callable<Object>> callers = new ArrayList<>();
        for (int caller = 0; caller < 4; caller++) {
            int share = mails / 4 + (caller < mails % 4 ? 1 : 0);
            callers.add(() -> {
                for (int mail = 0; mail < share; mail++) {
                    store.intake().accept(mail(user, content));
                }
                return null;
            });
        }
        for (var result : threads.invokeAll(callers)) {
            result.get();
        }
    }

    /** A mail as a caller hands it in. */
    Acceptance begin(String user, NewMail mail) {
        return engine.acceptance(mail, sessions.get(user));
    }

    /** Accepts it, to be sent at once. */
    AcceptedMail accept(String user, NewMail mail) throws Exception {
        Acceptance acceptance = begin(user, mail);
        try {
            AcceptedMail accepted = acceptance.store();
            acceptance.committed();
            return accepted;
        } finally {
            acceptance.undone();
        }
    }

    /** Spools one mail. */
    void spool(String user, Mail mail) throws Exception {
        store.intake().accept(new NewMail(queues.get(user), "app", "id@x.org", mail.envelope(), mail.data(), ""));
    }

    NewMail mail(String user, MailData content) {
        return new NewMail(queues.get(user), "app", "id@x.org", Spooling.envelope("a@x.org"), content, "");
    }

    /** Spools one mail from somebody to somebody. */
    void spool(String user, String from, String to) throws Exception {
        store.intake().accept(new NewMail(queues.get(user), "app", "id@x.org",
                new Envelope(from, List.of(to), false, DeliveryNotification.NONE), Spooling.CONTENT, ""));
    }

    /** Tells the engine of a mail, as every commit does. */
    void ready(String user) {
        engine.ready(queues.get(user));
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
