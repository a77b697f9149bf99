package dev.mailroom.session;

import dev.mailroom.Caller;
import dev.mailroom.SessionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The sessions that callers have open, by id and by name. Changed under the registry's lock, read without. */
final class OpenSessions {
    private final Map<String, OpenSession> byId = new ConcurrentHashMap<>();
    /** Immutable lists; the session that was started last is the last. */
    private final Map<Alias, List<OpenSession>> byName = new ConcurrentHashMap<>();

    private record Alias(Caller owner, String name) {
        static Alias of(OpenSession session) {
            return new Alias(session.owner(), session.name());
        }
    }

    int size() {
        return byId.size();
    }

    /** How many sessions this caller has opened. */
    long openedBy(Caller caller) {
        return byId.values().stream().filter(session -> session.openedBy().equals(caller)).count();
    }

    Optional<OpenSession> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The one that was started last of those under a name. */
    Optional<OpenSession> latest(Caller owner, String name, Predicate<OpenSession> which) {
        return named(new Alias(owner, name)).stream().filter(which).reduce((earlier, later) -> later);
    }

    /** All of an owner, in no order. */
    List<OpenSession> of(Caller owner) {
        return byId.values().stream().filter(session -> session.owner().equals(owner)).toList();
    }

    /** Whether a session opens the same connections. */
    boolean uses(SessionKey connections) {
        return byId.values().stream().anyMatch(session -> session.settings().session().equals(connections));
    }

    /** Adds a session, or makes one that is there the last of its name; the others of that name are superseded. */
    void started(OpenSession session) {
        byId.put(session.id(), session);
        byName.compute(Alias.of(session), (alias, sessions) -> {
            List<OpenSession> others = without(session, sessions == null ? List.of() : sessions);
            others.forEach(OpenSession::supersede);
            others.add(session);
            return List.copyOf(others);
        });
    }

    void remove(OpenSession session) {
        byId.remove(session.id());
        byName.computeIfPresent(Alias.of(session), (alias, sessions) -> {
            List<OpenSession> others = without(session, sessions);
            return others.isEmpty() ? null : List.copyOf(others);
        });
    }

    List<OpenSession> all() {
        return List.copyOf(byId.values());
    }

    private List<OpenSession> named(Alias alias) {
        return byName.getOrDefault(alias, List.of());
    }

    private static List<OpenSession> without(OpenSession session, List<OpenSession> sessions) {
        List<OpenSession> others = new ArrayList<>(sessions);
        others.remove(session);
        return others;
    }
}
