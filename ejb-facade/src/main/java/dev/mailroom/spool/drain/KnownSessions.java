package dev.mailroom.spool.drain;

import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSessions;
import dev.mailroom.spool.QueueStatus;
import dev.mailroom.spool.SpoolCipher;
import dev.mailroom.spool.SpoolQueue;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions that this server can send with: those that were used here (also when their callers have closed them
 * since: accepted mails are still sent), the administrator's, and those whose sealed settings it can open.
 */
public final class KnownSessions implements Drain.Sessions {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");

    private final SmtpSessions sessions;
    private final SessionSeal seal;
    private final Map<SpoolQueue, SmtpSession> used = new ConcurrentHashMap<>();
    private final Set<SpoolQueue> restored = ConcurrentHashMap.newKeySet();
    private final Set<SpoolQueue> warned = ConcurrentHashMap.newKeySet();

    public KnownSessions(SmtpSessions sessions, SpoolCipher cipher) {
        this.sessions = sessions;
        this.seal = new SessionSeal(cipher);
    }

    /** Remembers the session of a queue; true = it was not known. */
    boolean use(SpoolQueue queue, SmtpSession session) {
        warned.remove(queue);
        restored.remove(queue);
        return used.put(queue, session) == null;
    }

    /** The queues whose sessions are remembered. */
    Set<SpoolQueue> queues() {
        return used.keySet();
    }

    /** All queues of which something is remembered, if only that there was a warning. */
    Set<SpoolQueue> remembered() {
        Set<SpoolQueue> all = new HashSet<>(used.keySet());
        all.addAll(warned);
        return all;
    }

    /** Whether the session was used since this server started, and not only found in the store. */
    boolean isUsed(SpoolQueue queue) {
        return used.containsKey(queue) && !restored.contains(queue);
    }

    /** Forgets a session whose queue is empty; accepting another mail brings it back. */
    void forget(SpoolQueue queue) {
        used.remove(queue);
        restored.remove(queue);
        warned.remove(queue);
    }

    @Override
    public Optional<SmtpSession> find(QueueStatus status) {
        Optional<SmtpSession> known = find(status.queue());
        return known.isPresent() || status.queue().named() || status.sealed().length == 0 || !seal.present()
                ? known : open(status);
    }

    /** The session of a queue, as far as it is known without opening what is sealed. */
    Optional<SmtpSession> find(SpoolQueue queue) {
        Optional<SmtpSession> known = Optional.ofNullable(used.get(queue));
        return known.isEmpty() && queue.named() ? sessions.named(queue.session()) : known;
    }

    private Optional<SmtpSession> open(QueueStatus status) {
        try {
            SmtpSession session = sessions.restored(
                    seal.open(status.sealed(), status.queue().key(), sessions::defaults));
            if (used.putIfAbsent(status.queue(), session) == null) {
                restored.add(status.queue());
            }
            return Optional.of(session);
        } catch (GeneralSecurityException e) {
            warnOnce(status.queue(), "MR0501 the stored settings of session {0} cannot be opened with"
                    + " mailroom.spool.key; its mails wait until it is started again", "");
            return Optional.empty();
        } catch (SessionRefusedException e) {
            warnOnce(status.queue(), "MR0515 the mails of session {0}, which was open before the restart, wait: {1}",
                    e.getMessage());
            return Optional.empty();
        }
    }

    private void warnOnce(SpoolQueue queue, String text, String why) {
        if (warned.add(queue)) {
            LOG.log(System.Logger.Level.WARNING, text, queue.session(), why);
        }
    }

    /**
     * What is stored of a session: its sealed settings, or nothing without a key. Nothing either where an application
     * supplies its tokens: there is no supplier after a restart, and a token does not live that long.
     */
    byte[] sealed(SpoolQueue queue, SmtpSession session) {
        boolean stored = seal.present() && !session.named() && session.settings().secret().origin().isEmpty();
        return stored ? seal.seal(session.settings(), queue.key()) : new byte[0];
    }
}
