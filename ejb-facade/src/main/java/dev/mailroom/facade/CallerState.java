package dev.mailroom.facade;

import dev.mailroom.facade.request.SessionDefaults;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the mail functions keep for one caller: the last error, the Email structure, settings, sessions by name. */
final class CallerState {
    /** Bounds the memory of a thread that never ends and starts sessions under ever new names. */
    private static final int MOST_NAMES = 1_000;

    private final Email email = new Email();
    private final SessionDefaults defaults;
    private final Map<String, String> sessionIds = new LinkedHashMap<>();
    private final Map<String, String> mailboxIds = new LinkedHashMap<>();
    private volatile MailError error;

    /** @param outer the settings that apply where this caller has set nothing */
    CallerState(SessionDefaults outer) {
        this.defaults = new SessionDefaults(Optional.of(outer));
    }

    Email email() {
        return email;
    }

    Optional<MailError> error() {
        return Optional.ofNullable(error);
    }

    void fail(MailError why) {
        error = why;
    }

    void clearError() {
        error = null;
    }

    /** What this caller has set for the sessions that it starts. */
    SessionDefaults defaults() {
        return defaults;
    }

    /** The id of the session that this caller started last under a name, here; it may be closed by now. */
    synchronized Optional<String> sessionId(String name) {
        return Optional.ofNullable(sessionIds.get(name));
    }

    synchronized void started(String name, String sessionId) {
        putLast(sessionIds, name, sessionId);
    }

    /** The id of the receiving session that this caller started last under a name, here; it may be closed by now. */
    synchronized Optional<String> mailboxId(String name) {
        return Optional.ofNullable(mailboxIds.get(name));
    }

    synchronized void mailboxStarted(String name, String sessionId) {
        putLast(mailboxIds, name, sessionId);
    }

    private static void putLast(Map<String, String> ids, String name, String id) {
        ids.remove(name);
        ids.put(name, id);
        if (ids.size() > MOST_NAMES) {
            ids.remove(ids.keySet().iterator().next());
        }
    }
}
