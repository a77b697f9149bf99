package dev.mailroom.it.startup;

import dev.mailroom.facade.MailFacade;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Hears of the start as a part of the web application. */
@WebListener
public class StartListener implements ServletContextListener {
    @Inject
    private MailFacade mail;
    @Inject
    private Settings settings;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        settings.set(mail, "ServletContextListener", 18);
    }
}
