package dev.mailroom.it.startup;

import dev.mailroom.facade.MailFacade;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;

/** Hears of the start as a CDI bean. */
@ApplicationScoped
public class StartObserver {
    @Inject
    private MailFacade mail;
    @Inject
    private Settings settings;

    @PostConstruct
    void setUp() {
        settings.set(mail, "@PostConstruct of a CDI bean", 15);
    }

    void initialized(@Observes @Initialized(ApplicationScoped.class) Object application) {
        settings.set(mail, "@Initialized(ApplicationScoped)", 16);
    }

    void started(@Observes Startup event) {
        settings.set(mail, "CDI's Startup", 17);
    }
}
