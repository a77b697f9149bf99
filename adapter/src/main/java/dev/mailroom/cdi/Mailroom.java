package dev.mailroom.cdi;

import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpReadiness;
import dev.mailroom.SmtpSessions;
import dev.mailroom.configuration.ConfigurationValues;
import dev.mailroom.receiving.ListenedMailboxes;
import dev.mailroom.receiving.NamedMailboxes;
import dev.mailroom.receiving.ReceivingConnectionFactory;
import dev.mailroom.receiving.ReceivingSessions;
import dev.mailroom.secret.NamedTokenSupplier;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;

/** One mail room per application: built from the configuration when it starts, closed at undeployment. */
@ApplicationScoped
class Mailroom {
    private static final System.Logger LOG = System.getLogger(Mailroom.class.getName());

    @Inject
    @Any
    private Instance<SmtpListener> listeners;
    @Inject
    @Any
    private Instance<NamedTokenSupplier> tokens;
    @Inject
    private BeanManager beans;
    private MailroomConfiguration configuration;
    private Wiring wiring;

    @PostConstruct
    void open() {
        configuration = beans.getExtension(ConfigurationExtension.class).configuration();
        wiring = Wiring.of(configuration.settings().with(new TokenBeans(tokens.stream().toList())),
                listeners.stream().toList());
    }

    /** With the application, not with its first mail: named sessions are kept warm and judged from now on. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        LOG.log(System.Logger.Level.DEBUG, "the mail room is open");
    }

    @PreDestroy
    void close() {
        wiring.close();
    }

    @Produces
    @ApplicationScoped
    SmtpSessions sessions() {
        return wiring.sessions();
    }

    @Produces
    @ApplicationScoped
    SmtpConnectionFactory connections() {
        return wiring.connections();
    }

    @Produces
    @ApplicationScoped
    ReceivingSessions mailboxes() {
        return wiring.mailboxes();
    }

    @Produces
    @ApplicationScoped
    ReceivingConnectionFactory openings() {
        return wiring.openings();
    }

    @Produces
    @ApplicationScoped
    ListenedMailboxes listened() {
        return wiring.listened();
    }

    /** Without opening the mail room: who checks a deployment asks. */
    @Produces
    @Dependent
    static NamedMailboxes namedMailboxes(BeanManager beans) {
        return beans.getExtension(ConfigurationExtension.class).configuration().settings().mailboxes();
    }

    @Produces
    @ApplicationScoped
    SmtpPool pool() {
        return wiring.pool();
    }

    @Produces
    @ApplicationScoped
    SmtpReadiness readiness() {
        return wiring.readiness();
    }

    @Produces
    @ApplicationScoped
    ConfigurationValues values() {
        return configuration.values();
    }
}
