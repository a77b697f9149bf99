package dev.mailroom.cdi;

import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpReadiness;
import dev.mailroom.SmtpSessions;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.PoolView;
import dev.mailroom.connector.ServerPoolView;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.session.NamedReadiness;
import dev.mailroom.session.SessionDrain;
import dev.mailroom.session.SessionRegistry;
import dev.mailroom.transport.AngusTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.time.Clock;
import java.util.List;

/**
 * The parts, put together: over Mailroom's own pool, or over the application server's where the configuration names
 * its connection factory.
 *
 * @param sessions who opened what
 * @param connections what sessions take connections from
 * @param pool what administrators see
 * @param readiness whether the named sessions can be reached
 * @param end closes what was opened here
 */
record Wiring(SmtpSessions sessions, SmtpConnectionFactory connections, SmtpPool pool, SmtpReadiness readiness,
        Runnable end) implements AutoCloseable {

    /** Everything is told to these listeners too, after Mailroom's own. */
    static Wiring of(MailroomSettings settings, List<SmtpListener> more) {
        var audience = new Audience(settings.namedSessions(), more);
        return settings.connectionFactory().isEmpty()
                ? overOwnPool(settings, audience) : overServersPool(settings, audience);
    }

    private static Wiring overOwnPool(MailroomSettings settings, Audience audience) {
        AngusTransportFactory transports = new AngusTransportFactory(trust(settings));
        SmtpManagedConnectionFactory managed = new SmtpManagedConnectionFactory(transports);
        KeyedConnectionManager manager = new KeyedConnectionManager(managed, settings.pool(), audience.all());
        SmtpPool pool = new PoolView(manager, audience.counts());
        audience.show(pool);
        settings.namedSessions().forEach(named -> manager.warm(named.settings()));
        return over(settings, audience, manager.connections(), manager::drain, pool, () -> {
            manager.close();
            transports.close();
        });
    }

    private static Wiring overServersPool(MailroomSettings settings, Audience audience) {
        var connections = new NamedConnectionFactory(settings.connectionFactory(), audience.all());
        SmtpPool pool = new ServerPoolView(audience.counts(), connections::counts);
        audience.show(pool);
        return over(settings, audience, connections, identity -> { }, pool, () -> { });
    }

    private static Wiring over(MailroomSettings settings, Audience audience, SmtpConnectionFactory connections,
            SessionDrain drain, SmtpPool pool, Runnable closePool) {
        SmtpSettings template = SmtpSettings.of("template", "template", 25).withTimeouts(settings.timeouts())
                .withLimits(settings.limits()).withDialogue(settings.dialogue());
        var sessions = new SessionRegistry(connections, settings.sessions(), settings.security(),
                settings.namedSessions(), template, settings.replyCeiling(), drain, audience.all(), System::nanoTime);
        var readiness = new NamedReadiness(settings.namedSessions(), audience.news(), settings.health(), connections,
                Clock.systemUTC());
        return new Wiring(sessions, connections, pool, readiness, () -> {
            audience.close();
            closePool.run();
        });
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
