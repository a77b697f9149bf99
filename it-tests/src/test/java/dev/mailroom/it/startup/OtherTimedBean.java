package dev.mailroom.it.startup;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;

/** The other. */
@Singleton
@Startup
public class OtherTimedBean extends TimedBean {
    @PostConstruct
    void setUp() {
        setUp("other timed @Startup", 22, "one timed @Startup");
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void goOff() {
        // The bean has been made.
    }
}
