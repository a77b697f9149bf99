package dev.mailroom.connector;

import dev.mailroom.SessionKey;
import dev.mailroom.SmtpSettings;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The settings with which connections are opened to be kept ready. Those of a session that a caller started are known
 * only as long as somebody else knows them: when the last one closes it, the pool forgets the password too.
 * Thread-safe.
 */
final class WarmSettings {
    private final Map<SessionKey, SmtpSettings> administrators = new ConcurrentHashMap<>();
    private final Map<SessionKey, WeakReference<SmtpSettings>> callers = new ConcurrentHashMap<>();

    /** The administrator's, kept until they are forgotten. */
    void keep(SmtpSettings settings) {
        administrators.put(settings.session(), settings);
    }

    /** A caller's, if they ask for connections to be kept ready. */
    void remember(SmtpSettings settings) {
        SessionKey session = settings.session();
        if (settings.limits().minIdle() > 0 && !administrators.containsKey(session)) {
            WeakReference<SmtpSettings> known = callers.get(session);
            if (known == null || !known.refersTo(settings)) {
                callers.put(session, new WeakReference<>(settings));
            }
        }
    }

    Optional<SmtpSettings> find(SessionKey session) {
        SmtpSettings kept = administrators.get(session);
        if (kept != null) {
            return Optional.of(kept);
        }
        WeakReference<SmtpSettings> remembered = callers.get(session);
        return remembered == null ? Optional.empty() : Optional.ofNullable(remembered.get());
    }

    void forget(SessionKey session) {
        administrators.remove(session);
        callers.remove(session);
    }
}
