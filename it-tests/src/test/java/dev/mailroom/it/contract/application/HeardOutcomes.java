package dev.mailroom.it.contract.application;

import dev.mailroom.spool.MailSettled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Remembers which outcomes it was told. */
@ApplicationScoped
public class HeardOutcomes {
    private final Set<String> told = new ConcurrentSkipListSet<>();

    void settled(@Observes MailSettled outcome) {
        told.add(outcome.reference() + " " + outcome.state());
    }

    String told() {
        return String.join(", ", told);
    }
}
