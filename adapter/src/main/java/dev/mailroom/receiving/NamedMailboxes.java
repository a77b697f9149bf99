package dev.mailroom.receiving;

import java.util.List;
import java.util.Optional;

/**
 * The mailboxes that the administrator defined. Immutable.
 *
 * @param all in the order of their names
 */
public record NamedMailboxes(List<NamedMailbox> all) {
    /** None. */
    public static final NamedMailboxes NONE = new NamedMailboxes(List.of());

    /** Copies the list. */
    public NamedMailboxes {
        all = List.copyOf(all);
    }

    /** The one of that name. */
    public Optional<NamedMailbox> find(String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
