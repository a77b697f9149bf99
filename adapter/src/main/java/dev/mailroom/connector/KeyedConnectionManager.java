package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Phase;
import dev.mailroom.SessionKey;
import dev.mailroom.SessionNames;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpSettings;
import dev.mailroom.pool.KeyedPool;
import dev.mailroom.pool.Lease;
import dev.mailroom.pool.NanoClock;
import dev.mailroom.pool.Opener;
import dev.mailroom.pool.PoolExhaustedException;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.pool.PooledResources;
import dev.mailroom.receiving.ReceivingConnectionFactory;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.watch.MailCounts;
import dev.mailroom.watch.PoolEvents;
import dev.mailroom.watch.PoolView;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAllocationException;
import java.time.Duration;
import java.util.Optional;

/**
 * Our own connection manager: the keyed pool behind the Jakarta Connectors contract, for applications that deploy no
 * resource adapter. Thread-safe. Closing it drains the pool.
 */
public final class KeyedConnectionManager
        implements ConnectionManager, PooledResources<SessionKey, PooledConnection, ResourceException>, AutoCloseable {
    private static final long serialVersionUID = 1L;
    private static final Duration PATIENT = Duration.ofDays(1);

    private final transient SmtpManagedConnectionFactory factory;
    private final transient SmtpListener listener;
    private final transient SessionNames names;
    private final transient WarmSettings warm = new WarmSettings();
    private final transient PoolEvents events;
    private final transient KeyedPool<SessionKey, PooledConnection, ResourceException> pool;

    /** A pool whose sessions have no names. */
    public KeyedConnectionManager(
            SmtpManagedConnectionFactory factory, PoolSettings settings, SmtpListener listener) {
        this(factory, settings, listener, SessionNames.NONE);
    }

    /**
     * A pool of the connections that this factory opens. The listener is told of the pool, and of the mails.
     *
     * @param names what sessions are called in messages and events
     */
    public KeyedConnectionManager(SmtpManagedConnectionFactory factory, PoolSettings settings, SmtpListener listener,
            SessionNames names) {
        this.names = names;
        this.factory = factory;
        this.listener = listener;
        this.events = new PoolEvents(listener, this::knows, warm::forget);
        this.pool = new KeyedPool<>(settings, this, events, NanoClock.SYSTEM);
    }

    private boolean knows(SessionKey key) {
        return pool.knows(key);
    }

    /** What applications take their connections from. */
    public SmtpConnectionFactory connections() {
        return new ConnectionFactory(factory, this, listener, names);
    }

    /** Opens mailboxes; each counts as a connection of this pool while it is open. */
    public ReceivingConnectionFactory mailboxes(StoreOpener opener) {
        return new MailboxFactory(new ReceivingManagedConnectionFactory(opener), this, listener, names);
    }

    /** The pool as administrators see it, with what was counted of its mails. */
    public SmtpPool view(MailCounts counts) {
        return new PoolView(pool, events::find, counts);
    }

    /** Keeps the session's minimum of connections open from now on. */
    public void warm(SmtpSettings settings) {
        if (settings.limits().minIdle() > 0) {
            warm.keep(settings);
            pool.warm(names.label(settings.session()), settings.limits());
        }
    }

    /** Ends the connections of this identity: what is idle now, what is in use when it comes back. */
    public void drain(SessionKey identity) {
        pool.drop(identity);
    }

    /** The pool itself, for code that watches or controls it. */
    public KeyedPool<SessionKey, PooledConnection, ResourceException> pool() {
        return pool;
    }

    @Override
    public Object allocateConnection(ManagedConnectionFactory asking, ConnectionRequestInfo requestInfo)
            throws ResourceException {
        boolean ours = factory.equals(asking) || asking instanceof ReceivingManagedConnectionFactory;
        if (!ours || !(requestInfo instanceof PoolRequest info)) {
            throw new ResourceAllocationException("this connection manager pools connections of Mailroom's only");
        }
        Lease<PooledConnection> lease = acquire(asking, info);
        PooledConnection pooled = lease.resource();
        pooled.lentOn(lease);
        return pooled.connection().getConnection(null, info);
    }

    /**
     * A server that says "too many connections" makes this session's maximum smaller; the request then waits for one of
     * the connections that are open; it fails only if there is none.
     */
    private Lease<PooledConnection> acquire(ManagedConnectionFactory asking, PoolRequest info)
            throws ResourceException {
        try {
            return acquireOnce(asking, info);
        } catch (ResourceException e) {
            if (e.getCause() instanceof SmtpException smtp && ServerLimits.tooManyConnections(smtp.failure())
                    && pool.shrink(info.session())) {
                return acquireOnce(asking, info);
            }
            throw e;
        }
    }

    private Lease<PooledConnection> acquireOnce(ManagedConnectionFactory asking, PoolRequest info)
            throws ResourceException {
        SmtpSettings settings = info.settings();
        try {
            warm.remember(settings);
            return pool.acquire(info.session(), settings.limits(), info.deadline().remaining(PATIENT),
                    () -> open(asking, info));
        } catch (PoolExhaustedException e) {
            throw new ResourceAllocationException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResourceAllocationException(
                    "interrupted while waiting for a connection of " + info + "; nothing was sent", e);
        }
    }

    private static PooledConnection open(ManagedConnectionFactory asking, PoolRequest info)
            throws ResourceException {
        return new PooledConnection((PooledMember) asking.createManagedConnection(null, info));
    }

    /** No caller's deadline bounds what is opened to be kept ready. */
    @Override
    public Optional<Opener<PooledConnection, ResourceException>> idleOpener(SessionKey session) {
        return warm.find(session).map(settings -> () -> openIdle(settings, session));
    }

    private PooledConnection openIdle(SmtpSettings settings, SessionKey session) throws ResourceException {
        PooledConnection idle = open(factory, new SmtpConnectionRequestInfo(settings, session, Deadline.NEVER));
        idle.connection().rest();
        return idle;
    }

    @Override
    public Object destination(SessionKey session) {
        return session.host() + ":" + session.port();
    }

    /** Before EHLO it is not known whether there is a server; afterwards only its silence counts against it. */
    @Override
    public boolean blamesDestination(Throwable failure) {
        return !(failure.getCause() instanceof SmtpException smtp) || blamesServer(smtp.failure());
    }

    private static boolean blamesServer(Failure failure) {
        return failure.phase().compareTo(Phase.EHLO) < 0
                || failure.scope() == FailureScope.SERVER && !failure.reply().isPresent();
    }

    @Override
    public boolean quiet(PooledConnection pooled) {
        return pooled.connection().quiet();
    }

    @Override
    public boolean probe(PooledConnection pooled) {
        return pooled.connection().probe();
    }

    @Override
    public void close(PooledConnection pooled) {
        pooled.connection().destroy();
    }

    @Override
    public void close() {
        pool.close();
    }
}
