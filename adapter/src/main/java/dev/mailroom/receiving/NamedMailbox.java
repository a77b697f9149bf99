package dev.mailroom.receiving;

import java.util.Objects;
import java.util.Set;

/**
 * A mailbox that the administrator defined. Immutable.
 *
 * @param name the name applications use
 * @param settings how it is opened
 * @param arrival how its mails come to a listener
 * @param roles callers of the functions that read must have one of these; empty = every caller
 */
public record NamedMailbox(String name, ReceivingSettings settings, ArrivalSettings arrival, Set<String> roles) {
    /** Copies the roles. */
    public NamedMailbox {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(arrival, "arrival");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a mailbox has a name that is not blank");
        }
        roles = Set.copyOf(roles);
    }
}
