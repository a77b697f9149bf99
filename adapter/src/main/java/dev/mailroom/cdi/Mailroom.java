package dev.mailroom.cdi;

import dev.mailroom.ConfigurationValues;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpSessions;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.ConfigProvider;

/** One mail room per application: built from the configuration at first use, closed at undeployment. */
@ApplicationScoped
class Mailroom {
    private MailroomConfiguration configuration;
    private Wiring wiring;

    @PostConstruct
    void open() {
        configuration = MailroomConfiguration.read(ConfigProvider.getConfig(), Contributions.find());
        wiring = Wiring.of(configuration.settings());
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
    SmtpPool pool() {
        return wiring.pool();
    }

    @Produces
    @ApplicationScoped
    ConfigurationValues values() {
        return configuration.values();
    }
}
