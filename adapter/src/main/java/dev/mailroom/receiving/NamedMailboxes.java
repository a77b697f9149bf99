package dev.mailroom.receiving;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The mailboxes that the administrator defined. Immutable.
 *
 * @param all in the order of their names
 * @param bounces names of those that delivery reports of a named session come to
 */
public record NamedMailboxes(List<NamedMailbox> all, Set<String> bounces) {
    /** None. */
    public static final NamedMailboxes NONE = new NamedMailboxes(List.of());

    /** Copies both. */
    public NamedMailboxes {
        all = List.copyOf(all);
        bounces = Set.copyOf(bounces);
    }

    /** No delivery reports come to any of them. */
    public NamedMailboxes(List<NamedMailbox> all) {
        this(all, Set.of());
    }

    /** The one of that name. */
    public Optional<NamedMailbox> find(String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
