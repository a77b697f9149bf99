package dev.mailroom.console.start;

import dev.mailroom.console.ConsoleSettings;
import dev.mailroom.console.mailbox.DevelopmentMailServer;
import dev.mailroom.console.mailbox.DevelopmentMailbox;
import dev.mailroom.console.security.AdminPassword;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;
import java.util.function.BiFunction;

/**
 * Starts the console's parts with the application and makes the text that tells how to use them, from scheme with host,
 * and port.
 */
@Singleton
@Startup
@Local(BiFunction.class)
public class StartBanner implements BiFunction<String, Integer, String> {
    /** Quiet in the runnable jar, whose launcher prints the banner. */
    private static final Logger LOG = System.getLogger("dev.mailroom.console.start");

    @Inject
    private ConsoleSettings settings;
    @Inject
    private AdminPassword password;
    @Inject
    private DevelopmentMailbox mailbox;

    @PostConstruct
    void start() {
        // The first call starts it.
        mailbox.mailbox();
        if (settings.shortPassword()) {
            LOG.log(Level.WARNING, "MR0603 the console's password is so short that it can be guessed; set a longer "
                    + "mailroom.console.password, or none to have a random one made");
        }
        password.random().ifPresent(shown -> LOG.log(Level.INFO, "The console''s user is {0}, its password until the "
                + "server stops {1}. Set mailroom.console.password to have one of your own.",
                ConsoleSettings.USER, shown));
    }

    @Override
    public String apply(String host, Integer port) {
        String url = host + ":" + port;
        return new Banner(url, password.random(), mailbox.mailbox().map(DevelopmentMailServer::ports)).text();
    }
}
