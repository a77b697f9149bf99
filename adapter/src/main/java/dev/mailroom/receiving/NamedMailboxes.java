package dev.mailroom.receiving;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The mailboxes that the administrator defined. Immutable.
 *
 * @param all in the order of their names
 * @param bounces names of those that delivery reports come to, each with the named sessions whose reports they are
 */
public record NamedMailboxes(List<NamedMailbox> all, Map<String, Set<String>> bounces) {
    /** None. */
    public static final NamedMailboxes NONE = new NamedMailboxes(List.of());

    /** Copies both. */
    public NamedMailboxes {
        all = List.copyOf(all);
        bounces = Map.copyOf(bounces);
    }

    /** No delivery reports come to any of them. */
    public NamedMailboxes(List<NamedMailbox> all) {
        this(all, Map.of());
    }

    /** The one of that name. */
    public Optional<NamedMailbox> find(String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
