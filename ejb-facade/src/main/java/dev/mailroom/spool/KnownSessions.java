package dev.mailroom.spool;

import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSessions;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions that this server can send with: those that were used here (also when their callers have closed them
 * since: accepted mails are still sent), the administrator's, and those whose sealed settings it can open.
 */
final class KnownSessions implements Drain.Sessions {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");

    private final SmtpSessions sessions;
    private final SmtpConnectionFactory connections;
    private final SessionSeal seal;
    private final Map<String, SmtpSession> used = new ConcurrentHashMap<>();

    KnownSessions(SmtpSessions sessions, SmtpConnectionFactory connections, SpoolCipher cipher) {
        this.sessions = sessions;
        this.connections = connections;
        this.seal = new SessionSeal(cipher);
    }

    /** Remembers the session of a queue; true = it was not known. */
    boolean use(String key, SmtpSession session) {
        return used.put(key, session) == null;
    }

    /** The queues whose sessions are remembered. */
    Set<String> queues() {
        return used.keySet();
    }

    /** Forgets a session whose queue is empty; accepting another mail brings it back. */
    void forget(String key) {
        used.remove(key);
    }

    @Override
    public Optional<SmtpSession> find(QueueStatus status) {
        Optional<SmtpSession> known = find(status.queue());
        return known.isPresent() || status.queue().named() || status.sealed().length == 0 || !seal.present()
                ? known : open(status);
    }

    /** The session of a queue, as far as it is known without opening what is sealed. */
    Optional<SmtpSession> find(SpoolQueue queue) {
        Optional<SmtpSession> known = Optional.ofNullable(used.get(queue.key()));
        return known.isEmpty() && queue.named() ? sessions.named(queue.session()) : known;
    }

    private Optional<SmtpSession> open(QueueStatus status) {
        try {
            var settings = seal.open(status.sealed(), status.queue().key(), sessions::defaults);
            SmtpSession session = new SealedSession(settings, connections);
            used.putIfAbsent(status.queue().key(), session);
            return Optional.of(session);
        } catch (GeneralSecurityException e) {
            LOG.log(System.Logger.Level.WARNING, "MR0501 the stored settings of session {0} cannot be opened with"
                    + " mailroom.spool.key; its mails wait until it is started again", status.queue().session());
            return Optional.empty();
        }
    }

    /** What is stored of a session: its sealed settings, or nothing without a key. */
    byte[] sealed(String key, SmtpSession session) {
        return seal.present() && !session.named() ? seal.seal(session.settings(), key) : new byte[0];
    }
}
