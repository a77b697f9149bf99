package dev.mailroom.console;

import dev.mailroom.console.mailbox.DevelopmentMailbox;
import dev.mailroom.console.mailbox.Mailbox;
import dev.mailroom.console.security.AdminPassword;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.function.IntFunction;

/** Starts the console's parts with the application and tells how to use them: the port in, the text out. */
@Singleton
@Startup
@Local(IntFunction.class)
public class StartBanner implements IntFunction<String> {
    @Inject
    private AdminPassword password;
    @Inject
    private DevelopmentMailbox mailbox;

    @PostConstruct
    void start() {
        // The first call starts it.
        mailbox.mailbox();
    }

    @Override
    public String apply(int port) {
        return new Banner("http://127.0.0.1:" + port, password.random(), mailbox.mailbox().map(Mailbox::port)).text();
    }
}
