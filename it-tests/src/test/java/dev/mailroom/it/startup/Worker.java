package dev.mailroom.it.startup;

import dev.mailroom.facade.MailFacade;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Does something for others. */
@Stateless
public class Worker {
    @Inject
    private MailFacade mail;

    /** At once. */
    public void work(Settings settings) {
        settings.set(mail, "EJB called by @Startup", 14);
    }

    /** On a thread of the server. */
    @Asynchronous
    public void workLater(Settings settings) {
        settings.set(mail, "@Asynchronous", 33);
    }
}
