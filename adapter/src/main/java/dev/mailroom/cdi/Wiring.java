package dev.mailroom.cdi;

import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpSessions;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.PoolLog;
import dev.mailroom.connector.PoolView;
import dev.mailroom.connector.ServerPoolView;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.session.SessionDrain;
import dev.mailroom.session.SessionRegistry;
import dev.mailroom.transport.AngusTransportFactory;
import dev.mailroom.transport.TrustSettings;

/**
 * The parts, put together: over Mailroom's own pool, or over the application server's where the configuration names
 * its connection factory.
 *
 * @param sessions who opened what
 * @param connections what sessions take connections from
 * @param pool what administrators see
 * @param end closes what was opened here
 */
record Wiring(SmtpSessions sessions, SmtpConnectionFactory connections, SmtpPool pool, Runnable end)
        implements AutoCloseable {

    static Wiring of(MailroomSettings settings) {
        return settings.connectionFactory().isEmpty() ? overOwnPool(settings) : overServersPool(settings);
    }

    private static Wiring overOwnPool(MailroomSettings settings) {
        AngusTransportFactory transports = new AngusTransportFactory(trust(settings));
        SmtpManagedConnectionFactory managed = new SmtpManagedConnectionFactory(transports);
        KeyedConnectionManager manager = new KeyedConnectionManager(managed, settings.pool(), new PoolLog());
        SmtpConnectionFactory connections = (SmtpConnectionFactory) managed.createConnectionFactory(manager);
        settings.namedSessions().forEach(named -> manager.warm(named.settings()));
        return new Wiring(registry(settings, connections, manager::drain), connections,
                new PoolView(manager.pool()), () -> {
                    manager.close();
                    transports.close();
                });
    }

    private static Wiring overServersPool(MailroomSettings settings) {
        SmtpConnectionFactory connections = new NamedConnectionFactory(settings.connectionFactory());
        return new Wiring(registry(settings, connections, identity -> { }), connections,
                new ServerPoolView(), () -> { });
    }

    private static SessionRegistry registry(
            MailroomSettings settings, SmtpConnectionFactory connections, SessionDrain drain) {
        SmtpSettings template = SmtpSettings.of("template", "template", 25).withTimeouts(settings.timeouts())
                .withLimits(settings.limits()).withDialogue(settings.dialogue());
        return new SessionRegistry(connections, settings.sessions(), settings.security(), settings.namedSessions(),
                template, settings.replyCeiling(), drain, System::nanoTime);
    }

    private static TrustSettings trust(MailroomSettings settings) {
        return settings.trustStores().stream().findFirst()
                .map(store -> TrustSettings.with(store.file(), store.password().value()))
                .orElse(TrustSettings.jdk());
    }

    @Override
    public void close() {
        end.run();
    }
}
