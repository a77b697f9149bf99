package dev.mailroom.it.startup;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;

/** The one. */
@Singleton
@Startup
public class OneTimedBean extends TimedBean {
    @PostConstruct
    void setUp() {
        setUp("one timed @Startup", 21, "other timed @Startup");
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void goOff() {
        // The bean has been made.
    }
}
