package dev.mailroom.standalone;

import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.ReceivingConnectionFactory;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.Listeners;
import dev.mailroom.watch.MailCounts;
import dev.mailroom.watch.MailroomLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A pool of connections to mail servers, made by a program itself. One serves the whole program, whatever servers and
 * users it speaks to: what a connection is to be is said when it is asked for. Thread-safe. Needs
 * {@code jakarta.resource:jakarta.resource-api} and nothing else.
 */
public final class MailConnections implements AutoCloseable {
    private final SocketTransportFactory transports;
    private final KeyedConnectionManager manager;
    private final MailCounts counts;

    private MailConnections(Builder builder) {
        counts = new MailCounts(session -> { });
        List<SmtpListener> listeners = new ArrayList<>(List.of(counts, new MailroomLog(System::nanoTime)));
        listeners.addAll(builder.listeners);
        transports = new SocketTransportFactory(builder.trust);
        manager = new KeyedConnectionManager(new SmtpManagedConnectionFactory(transports), builder.pool,
                new Listeners(listeners));
    }

    /** With the pool's defaults, the JDK's trust anchors, and nobody who listens but the log. */
    public static MailConnections open() {
        return builder().open();
    }

    /** To say more. */
    public static Builder builder() {
        return new Builder();
    }

    /** Lends connections for sending. */
    public SmtpConnectionFactory sending() {
        return manager.connections();
    }

    /** Opens mailboxes; each counts as a connection of the pool while it is open. */
    public ReceivingConnectionFactory receiving() {
        return manager.mailboxes(StoreOpener.over(transports));
    }

    /** What the pool holds, what was sent, and the means to change it. */
    public SmtpPool pool() {
        return manager.view(counts);
    }

    /** Opens the least number of connections that these settings ask for, and keeps them open. Does not block. */
    public void warm(SmtpSettings settings) {
        manager.warm(settings);
    }

    /**
     * Ends all connections: what is idle at once, what is lent when it comes back or, at the latest, when the pool's
     * {@code closeGrace} is over; blocks that long. Idempotent.
     */
    @Override
    public void close() {
        manager.close();
        transports.close();
    }

    /** What may be said before the pool opens. Not thread-safe. */
    public static final class Builder {
        private final List<SmtpListener> listeners = new ArrayList<>();
        private PoolSettings pool = PoolSettings.DEFAULTS;
        private TrustSettings trust = TrustSettings.jdk();

        private Builder() {
        }

        /** How many connections there may be, and how long is waited for one. */
        public Builder pool(PoolSettings settings) {
            pool = Objects.requireNonNull(settings, "pool: expected settings, such as PoolSettings.DEFAULTS");
            return this;
        }

        /** Trusts also the certificates in that file (PKCS#12 or JKS), which is read when the pool opens. */
        public Builder trust(Path store, String password) {
            trust = TrustSettings.with(
                    Objects.requireNonNull(store, "store: expected the file of the trust store"), password);
            return this;
        }

        /** Tells it too what happens to connections and mails. */
        public Builder listener(SmtpListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener: expected one, or leave it out"));
            return this;
        }

        /** @throws IllegalArgumentException when the trust store cannot be read */
        public MailConnections open() {
            return new MailConnections(this);
        }
    }
}
