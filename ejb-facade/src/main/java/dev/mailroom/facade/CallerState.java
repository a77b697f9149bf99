package dev.mailroom.facade;

import dev.mailroom.facade.request.SessionDefaults;
import dev.mailroom.reading.MailSeek;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the mail functions keep for one caller: the last error, the Email structure, settings, sessions by name. */
final class CallerState {
    private final Email email = new Email();
    private final SessionDefaults defaults;
    private final LatestNames<String> sessionIds = new LatestNames<>();
    private final LatestNames<String> mailboxIds = new LatestNames<>();
    private final LatestNames<MailSeek> seeks = new LatestNames<>();
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
    Optional<String> sessionId(String name) {
        return sessionIds.get(name);
    }

    void started(String name, String sessionId) {
        sessionIds.put(name, sessionId);
    }

    /** The id of the receiving session that this caller started last under a name, here; it may be closed by now. */
    Optional<String> mailboxId(String name) {
        return mailboxIds.get(name);
    }

    void mailboxStarted(String name, String sessionId) {
        mailboxIds.put(name, sessionId);
    }

    /** What this caller looks for, by the id of the receiving session. */
    LatestNames<MailSeek> seeks() {
        return seeks;
    }

    /** What was kept last under names, of which there are not too many. Thread-safe. */
    static final class LatestNames<T> {
        /** Bounds the memory of a thread that never ends and starts sessions under ever new names. */
        private static final int MOST_NAMES = 1_000;

        private final Map<String, T> values = new LinkedHashMap<>();

        synchronized Optional<T> get(String name) {
            return Optional.ofNullable(values.get(name));
        }

        synchronized void put(String name, T value) {
            values.remove(name);
            values.put(name, value);
            if (values.size() > MOST_NAMES) {
                values.remove(values.keySet().iterator().next());
            }
        }
    }
}
