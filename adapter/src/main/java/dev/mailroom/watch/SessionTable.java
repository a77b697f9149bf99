package dev.mailroom.watch;

import dev.mailroom.SessionKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One entry per session; when there are too many, those unused for longest go. Thread-safe. */
final class SessionTable<E> {
    static final int MOST = 16_384;

    private final Map<String, Row<E>> byId = new ConcurrentHashMap<>();
    private final Supplier<E> fresh;
    private final Predicate<E> expendable;
    private final Consumer<SessionKey> changed;

    private static final class Row<E> {
        final SessionKey session;
        final E entry;
        volatile long lastUsed = System.nanoTime();

        Row(SessionKey session, E entry) {
            this.session = session;
            this.entry = entry;
        }
    }

    /** {@code changed} is told of each session that comes, and of each that goes because there are too many. */
    SessionTable(Supplier<E> fresh, Predicate<E> expendable, Consumer<SessionKey> changed) {
        this.fresh = fresh;
        this.expendable = expendable;
        this.changed = changed;
    }

    /** The session's entry, made if need be; it counts as used now. */
    E of(SessionKey session) {
        Row<E> row = byId.get(session.id());
        if (row == null) {
            row = byId.computeIfAbsent(session.id(), id -> new Row<>(session, fresh.get()));
            forgetOldest();
            changed.accept(session);
        }
        row.lastUsed = System.nanoTime();
        return row.entry;
    }

    /** A quarter at once, so that what it costs is spread over many new sessions. */
    private void forgetOldest() {
        if (byId.size() <= MOST) {
            return;
        }
        long now = System.nanoTime();
        List<SessionKey> oldest = byId.values().stream().filter(row -> expendable.test(row.entry))
                .sorted(Comparator.comparingLong(row -> row.lastUsed - now))
                .limit(MOST / 4).map(row -> row.session).toList();
        oldest.forEach(session -> {
            byId.remove(session.id());
            changed.accept(session);
        });
    }

    void remove(SessionKey session) {
        byId.remove(session.id());
    }

    /** The entry of the session with that id, if there is one. */
    Optional<E> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(row -> row.entry);
    }

    /** The session with that id, if it has an entry. */
    Optional<SessionKey> session(String id) {
        return Optional.ofNullable(byId.get(id)).map(row -> row.session);
    }

    List<SessionKey> sessions() {
        return byId.values().stream().map(row -> row.session).toList();
    }
}
