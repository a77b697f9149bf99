package dev.mailroom.console.mailbox;

import dev.mailroom.console.ConsoleSettings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;
import java.util.Optional;

/** Runs the development mailbox where it is switched on, as long as the application runs. */
@ApplicationScoped
public class DevelopmentMailbox {
    private static final Logger LOG = System.getLogger("dev.mailroom.console.mailbox");

    @Inject
    private ConsoleSettings settings;

    private Optional<DevelopmentMailServer> mailbox = Optional.empty();

    @PostConstruct
    void start() {
        if (!settings.mailbox()) {
            return;
        }
        try {
            mailbox = Optional.of(DevelopmentMailServer.start(settings));
        } catch (IllegalStateException e) {
            // A second console on one machine has to work, too, without a mailbox.
            LOG.log(Level.WARNING, "No development mailbox: " + e.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        mailbox.ifPresent(DevelopmentMailServer::close);
    }

    /** The running mailbox; empty if it is switched off or could not start. */
    public Optional<DevelopmentMailServer> mailbox() {
        return mailbox;
    }
}
