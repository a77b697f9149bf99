package dev.mailroom.it.startup;

import dev.mailroom.facade.MailFacade;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/** Made before the bean that needs it; not a {@code @Startup} bean itself. */
@Singleton
public class EarlierBean {
    @Inject
    private MailFacade mail;
    @Inject
    private Settings settings;

    @PostConstruct
    void setUp() {
        settings.set(mail, "@DependsOn", 13);
    }
}
