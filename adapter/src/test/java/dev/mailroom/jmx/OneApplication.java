package dev.mailroom.jmx;

import dev.mailroom.ConnectionLimits;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.Listeners;
import dev.mailroom.watch.MailCounts;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** One application's pool with its MBeans in the platform's server. */
public final class OneApplication implements AutoCloseable {
    final MailCounts counts = new MailCounts();
    final KeyedConnectionManager manager;
    final ManagedBeans beans;
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());

    /** An application of that name. */
    public OneApplication(String name) {
        AtomicReference<ManagedBeans> made = new AtomicReference<>();
        SmtpListener late = event -> made.get().on(event);
        manager = new KeyedConnectionManager(new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS,
                new Listeners(List.of(counts, late)));
        beans = new ManagedBeans(ManagementFactory.getPlatformMBeanServer(), manager.view(counts), () -> 0, name);
        made.set(beans);
    }

    /** The settings of a user of a server on this machine. */
    static SmtpSettings settings(String user, int port) {
        return SmtpSettings.of(user, "127.0.0.1", port).withSecret(Secret.password("hush hush"))
                .withLimits(new ConnectionLimits(
                        3, 0, Duration.ofMinutes(1), Duration.ZERO, 0, Duration.ZERO));
    }

    /** Makes the pool know a session, by an attempt that fails: nobody listens on port 1. */
    public void meet(String user) {
        try {
            manager.connections().getConnection(settings(user, 1)).close();
            throw new IllegalStateException("somebody listens on port 1");
        } catch (SmtpException e) {
            // as intended
        }
    }

    @Override
    public void close() {
        beans.close();
        manager.close();
        transports.close();
    }
}
