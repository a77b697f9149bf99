package dev.mailroom.cdi;

import dev.mailroom.ClientKey;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpReadiness;
import dev.mailroom.SmtpSessions;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.receiving.ListenedMailboxes;
import dev.mailroom.receiving.ReceivingConnectionFactory;
import dev.mailroom.receiving.ReceivingSessions;
import dev.mailroom.session.NamedReadiness;
import dev.mailroom.session.NamedSession;
import dev.mailroom.session.ReceivingRegistry;
import dev.mailroom.session.SessionDrain;
import dev.mailroom.session.SessionRegistry;
import dev.mailroom.staging.StagedConnections;
import dev.mailroom.staging.StagingSettings;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.ServerPoolView;
import dev.mailroom.watch.ServerPoolWithMailboxes;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/**
 * The parts, put together: over Mailroom's own pool, or over the application server's where the configuration names
 * its connection factory.
 *
 * @param sessions who opened what
 * @param connections what sessions take connections from
 * @param mailboxes who has which mailbox open
 * @param openings what readers of mailboxes take connections from
 * @param listened the mailboxes that have a listener
 * @param pool what administrators see
 * @param readiness whether the named sessions can be reached
 * @param end closes what was opened here
 */
record Wiring(SmtpSessions sessions, SmtpConnectionFactory connections, ReceivingSessions mailboxes,
        ReceivingConnectionFactory openings, ListenedMailboxes listened, SmtpPool pool, SmtpReadiness readiness,
        Runnable end) implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.mailroom.configuration");

    /** Everything is told to these listeners too, after Mailroom's own. */
    static Wiring of(MailroomSettings settings, List<SmtpListener> more) {
        var listeners = new EventListeners(settings.namedSessions(), more);
        settings.namedSessions().forEach(Wiring::checkClientKey);
        return settings.connectionFactory().isEmpty()
                ? overOwnPool(settings, listeners) : overServersPool(settings, listeners);
    }

    /** A mistake shows at the start, as one in the trust store does. */
    private static void checkClientKey(NamedSession session) {
        ClientKey key = session.settings().clientKey();
        if (!key.equals(ClientKey.NONE)) {
            try {
                key.open();
            } catch (IOException e) {
                throw new IllegalArgumentException("session " + session.name() + ": " + e.getMessage(), e);
            }
        }
    }

    private static Wiring overOwnPool(MailroomSettings settings, EventListeners listeners) {
        OwnPool own = OwnPool.of(settings, listeners);
        SmtpPool pool = own.manager().view(listeners.counts());
        listeners.show(pool, new FollowedSecrets(settings.namedSessions(), pool));
        settings.namedSessions().forEach(named -> own.manager().warm(named.settings()));
        return over(settings, listeners, own.manager().connections(), own.manager()::drain, pool, own);
    }

    /** Mailboxes have a pool of Mailroom's own even there. */
    private static Wiring overServersPool(MailroomSettings settings, EventListeners listeners) {
        var connections = new NamedConnectionFactory(settings.connectionFactory(), listeners.all(),
                NamedSession.names(settings.namedSessions()));
        OwnPool own = OwnPool.of(settings, listeners);
        SmtpPool pool = new ServerPoolWithMailboxes(new ServerPoolView(listeners.counts(), connections::counts),
                own.manager().view(listeners.counts()));
        listeners.show(pool, new FollowedSecrets(settings.namedSessions(), pool));
        return over(settings, listeners, connections, identity -> { }, pool, own);
    }

    /** Of a test system the mails of all sessions, named or started, of the spool and of applications. */
    private static SmtpConnectionFactory staged(SmtpConnectionFactory connections, StagingSettings staging) {
        if (!staging.active()) {
            return connections;
        }
        LOG.log(System.Logger.Level.WARNING, "MR0406 this is a test system: {0}", staging.words());
        return new StagedConnections(connections, staging);
    }

    private static Wiring over(MailroomSettings settings, EventListeners listeners, SmtpConnectionFactory lending,
            SessionDrain drain, SmtpPool pool, OwnPool own) {
        SmtpConnectionFactory connections = staged(lending, settings.staging());
        SmtpSettings template = SmtpSettings.of("template", "template", 25).withTimeouts(settings.timeouts())
                .withLimits(settings.limits()).withDialogue(settings.dialogue());
        var sessions = new SessionRegistry(connections, settings.sessions(), settings.security(),
                settings.namedSessions(), template, settings.replyCeiling(), drain, listeners.all(), System::nanoTime);
        ReceivingConnectionFactory openings = own.mailboxes();
        var mailboxes = new ReceivingRegistry(openings, settings.sessions(), settings.security(), template,
                settings.maxMessage(), settings.mailboxes(), listeners.all(), System::nanoTime);
        var readiness = new NamedReadiness(settings.namedSessions(), listeners.news(), settings.health(), connections,
                Clock.systemUTC());
        return new Wiring(sessions, connections, mailboxes, openings, listeners.mailboxes(), pool, readiness, () -> {
            mailboxes.close();
            listeners.close();
            own.close();
        });
    }

    /** Mailroom's own pool, and what opens its connections. */
    private record OwnPool(SocketTransportFactory transports, KeyedConnectionManager manager) implements AutoCloseable {
        static OwnPool of(MailroomSettings settings, EventListeners listeners) {
            var transports = new SocketTransportFactory(trust(settings));
            return new OwnPool(transports, new KeyedConnectionManager(new SmtpManagedConnectionFactory(transports),
                    settings.pool(), listeners.all(), NamedSession.names(settings.namedSessions())));
        }

        ReceivingConnectionFactory mailboxes() {
            return manager.mailboxes(StoreOpener.over(transports));
        }

        @Override
        public void close() {
            manager.close();
            transports.close();
        }
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
