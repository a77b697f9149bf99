package dev.mailroom.console.start;

import dev.mailroom.console.ConsoleSettings;
import dev.mailroom.console.mailbox.DevelopmentMailbox;
import dev.mailroom.console.mailbox.Mailbox;
import dev.mailroom.console.security.AdminPassword;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.BiFunction;

/** Starts the console's parts with the application and tells how to use them: host and port in, the text out. */
@Singleton
@Startup
@Local(BiFunction.class)
public class StartBanner implements BiFunction<String, Integer, String> {
    /** Quiet in the runnable jar, whose launcher prints the banner. */
    private static final Logger LOG = System.getLogger("dev.mailroom.console.start");

    @Inject
    private AdminPassword password;
    @Inject
    private DevelopmentMailbox mailbox;

    @PostConstruct
    void start() {
        // The first call starts it.
        mailbox.mailbox();
        password.random().ifPresent(shown -> LOG.log(Level.INFO, "The console''s user is {0}, its password until the "
                + "server stops {1}. Set mailroom.console.password to have one of your own.",
                ConsoleSettings.USER, shown));
    }

    @Override
    public String apply(String host, Integer port) {
        String url = "http://" + host + ":" + port;
        return new Banner(url, password.random(), mailbox.mailbox().map(Mailbox::port)).text();
    }
}
