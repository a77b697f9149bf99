package dev.mailroom.it.startup;

import dev.mailroom.facade.MailFacade;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.inject.Inject;
import java.time.Duration;

/** Of two: while the server makes the one, the other's schedule may have it made by a timer. */
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
abstract class TimedBean {
    /** A server may also hold its timers back until all is started. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Inject
    private MailFacade mail;
    @Inject
    private Settings settings;

    void setUp(String place, int seconds, String other) {
        settings.set(mail, place, seconds);
        settings.await(other, PATIENCE);
    }
}
