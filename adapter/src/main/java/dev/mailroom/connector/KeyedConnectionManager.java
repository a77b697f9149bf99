package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpSettings;
import dev.mailroom.pool.KeyedPool;
import dev.mailroom.pool.Lease;
import dev.mailroom.pool.NanoClock;
import dev.mailroom.pool.PoolExhaustedException;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.pool.PooledResources;
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
        implements ConnectionManager, PooledResources<SmtpConnectionRequestInfo, PooledConnection, ResourceException>,
        AutoCloseable {
    private static final long serialVersionUID = 1L;
    private static final Duration PATIENT = Duration.ofDays(1);

    private final transient SmtpManagedConnectionFactory factory;
    private final transient SmtpListener listener;
    private final transient PoolEvents events;
    private final transient KeyedPool<SmtpConnectionRequestInfo, PooledConnection, ResourceException> pool;

    /** A pool of the connections that this factory opens. The listener is told of the pool, and of the mails. */
    public KeyedConnectionManager(
            SmtpManagedConnectionFactory factory, PoolSettings settings, SmtpListener listener) {
        this.factory = factory;
        this.listener = listener;
        this.events = new PoolEvents(listener, this::knows);
        this.pool = new KeyedPool<>(settings, this, events, NanoClock.SYSTEM);
    }

    private boolean knows(SmtpConnectionRequestInfo key) {
        return pool.knows(key);
    }

    /** What applications take their connections from. */
    public SmtpConnectionFactory connections() {
        return new ConnectionFactory(factory, this, listener);
    }

    /** The pool's key of the session with that id, if the pool knows it. */
    Optional<SmtpConnectionRequestInfo> find(String id) {
        return events.find(id);
    }

    /** Keeps the session's minimum of connections open from now on. */
    public void warm(SmtpSettings settings) {
        if (settings.limits().minIdle() > 0) {
            pool.warm(new SmtpConnectionRequestInfo(settings, Deadline.NEVER), settings.limits());
        }
    }

    /** Ends the connections of this identity: what is idle now, what is in use when it comes back. */
    public void drain(SmtpSettings identity) {
        pool.drop(new SmtpConnectionRequestInfo(identity));
    }

    /** The pool itself, for whoever watches or steers it. */
    public KeyedPool<SmtpConnectionRequestInfo, PooledConnection, ResourceException> pool() {
        return pool;
    }

    @Override
    public Object allocateConnection(ManagedConnectionFactory asking, ConnectionRequestInfo requestInfo)
            throws ResourceException {
        if (!factory.equals(asking) || !(requestInfo instanceof SmtpConnectionRequestInfo info)) {
            throw new ResourceAllocationException("this connection manager pools SMTP connections of one factory only");
        }
        Lease<PooledConnection> lease = acquire(info);
        PooledConnection pooled = lease.resource();
        pooled.lentOn(lease);
        return pooled.connection().getConnection(null, info);
    }

    /**
     * A server that says "too many connections" makes this session's maximum smaller; whoever asked then waits for
     * one of the connections that are open, and only without any is it a failure.
     */
    private Lease<PooledConnection> acquire(SmtpConnectionRequestInfo info) throws ResourceException {
        try {
            return acquireOnce(info);
        } catch (ResourceException e) {
            if (e.getCause() instanceof SmtpException smtp && ServerLimits.tooManyConnections(smtp.failure())
                    && pool.shrink(info)) {
                return acquireOnce(info);
            }
            throw e;
        }
    }

    private Lease<PooledConnection> acquireOnce(SmtpConnectionRequestInfo info) throws ResourceException {
        SmtpSettings settings = info.settings();
        try {
            return pool.acquire(info, settings.limits(), info.deadline().remaining(PATIENT));
        } catch (PoolExhaustedException e) {
            throw new ResourceAllocationException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResourceAllocationException(
                    "interrupted while waiting for a connection of " + info + "; nothing was sent", e);
        }
    }

    @Override
    public PooledConnection open(SmtpConnectionRequestInfo info) throws ResourceException {
        return new PooledConnection((SmtpManagedConnection) factory.createManagedConnection(null, info));
    }

    /** No caller's deadline bounds what is opened to be kept ready. */
    @Override
    public PooledConnection openIdle(SmtpConnectionRequestInfo info) throws ResourceException {
        return open(new SmtpConnectionRequestInfo(info.settings(), Deadline.NEVER));
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
