package dev.mailroom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The administrator's names for identities: one that several named sessions share has several names, and a session that
 * an application started has those of the named ones that are the same. Immutable.
 */
public final class SessionNames {
    /** Nothing has a name. */
    public static final SessionNames NONE = new SessionNames(Map.of());

    private final Map<Identity, SessionKey> named;

    private SessionNames(Map<Identity, SessionKey> named) {
        this.named = named;
    }

    /** These sessions by their names. */
    public static SessionNames of(Map<String, SessionKey> sessions) {
        Map<Identity, SessionKey> named = new HashMap<>();
        new TreeMap<>(sessions).forEach((name, session) -> named.merge(session.identity(),
                new SessionKey(session.id(), session.identity(), List.of(name)), SessionNames::both));
        return new SessionNames(named);
    }

    private static SessionKey both(SessionKey one, SessionKey other) {
        List<String> names = new ArrayList<>(one.names());
        names.addAll(other.names());
        return new SessionKey(one.id(), one.identity(), names);
    }

    /** The same key with its names, if it has any. */
    public SessionKey label(SessionKey session) {
        return named.isEmpty() ? session : named.getOrDefault(session.identity(), session);
    }
}
