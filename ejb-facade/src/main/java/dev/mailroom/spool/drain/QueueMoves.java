package dev.mailroom.spool.drain;

import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import dev.mailroom.spool.QueueStatus;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolQueues;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * A changed password makes another queue. Mails in the earlier queue move to it where the older password is refused or
 * no server knows it any more; a session that works, or that somebody here may still start, keeps its mails: where
 * everybody logs in under one name, another password is another account. Thread-safe.
 */
final class QueueMoves {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");

    private final SpoolQueues queues;
    private final KnownSessions sessions;
    private final LongSupplier nanos;
    private final long patience;
    /** By queue: the one that takes its mails, also those that come back from a connection later. */
    private final Map<SpoolQueue, SpoolQueue> followers = new ConcurrentHashMap<>();
    /** Since when a queue has mails that are due, and no session. Guarded by this. */
    private final Map<SpoolQueue, Long> unknownSince = new HashMap<>();

    /**
     * @param patience how long a queue waits for a start of its session, here or on another server
     * @param nanos a monotonic clock, {@link System#nanoTime}
     */
    QueueMoves(SpoolQueues queues, KnownSessions sessions, Duration patience, LongSupplier nanos) {
        this.queues = queues;
        this.sessions = sessions;
        this.patience = patience.toNanos();
        this.nanos = nanos;
    }

    /** A session has logged in, and its queue is open. */
    void opened(SpoolQueue queue, SmtpSession session) throws SQLException {
        followers.remove(queue);
        if (queue.named()) {
            return;
        }
        for (QueueStatus from : queues.ofSession(queue.caller(), queue.session())) {
            if (from.parked() && queue.mayFollow(from.queue())
                    || from.queue().login().isEmpty() && mayBeOf(from, session)) {
                followers.put(from.queue(), queue);
                move(from, queue);
            }
        }
    }

    /** The first release kept one queue for a name, whatever the server: what its settings do not deny is taken. */
    private boolean mayBeOf(QueueStatus first, SmtpSession session) {
        Optional<SmtpSettings> stored = sessions.find(first).map(SmtpSession::settings);
        return stored.isEmpty() || login(stored.get()).equals(login(session.settings()));
    }

    private static List<Object> login(SmtpSettings settings) {
        var identity = settings.identity();
        return List.of(identity.user(), identity.host(), identity.port(), identity.tls());
    }

    /**
     * Moves what came back to a queue since, and the mails of queues that nobody uses here: those whose stored password
     * is refused, and those whose session nobody has started for long enough.
     *
     * @param unknown queues with mails that are due, and no session
     * @return the queues that have more mails now
     */
    synchronized List<SpoolQueue> sweep(List<QueueStatus> unknown) throws SQLException {
        List<SpoolQueue> grown = new ArrayList<>();
        for (Map.Entry<SpoolQueue, SpoolQueue> entry : followers.entrySet()) {
            Optional<QueueStatus> from = queues.find(entry.getKey()).filter(
                    status -> status.parked() || status.queue().login().isEmpty());
            boolean known = sessions.find(entry.getValue()).isPresent();
            if (known && from.isPresent() && move(from.get(), entry.getValue()) > 0) {
                grown.add(entry.getValue());
            } else if (!known || from.isEmpty() || !queues.hasMails(entry.getKey())) {
                followers.remove(entry.getKey(), entry.getValue());
            }
        }
        List<QueueStatus> parked = queues.parkedWithMails();
        List<QueueStatus> left = new ArrayList<>(parked);
        left.addAll(longUnknown(unknown));
        Set<SpoolQueue> refused = parked.stream().map(QueueStatus::queue).collect(Collectors.toSet());
        for (QueueStatus from : left) {
            List<SpoolQueue> used = sessions.queues().stream().filter(queue -> queue.mayFollow(from.queue())
                    && sessions.isUsed(queue) && !refused.contains(queue)).toList();
            // If two accounts are used here it cannot be told which of them is meant.
            if (used.size() == 1 && !sessions.isUsed(from.queue()) && move(from, used.get(0)) > 0) {
                grown.add(used.get(0));
            }
        }
        return grown;
    }

    private List<QueueStatus> longUnknown(List<QueueStatus> unknown) {
        long now = nanos.getAsLong();
        unknownSince.keySet().retainAll(unknown.stream().map(QueueStatus::queue).toList());
        return unknown.stream()
                .filter(status -> now - unknownSince.computeIfAbsent(status.queue(), queue -> now) >= patience)
                .toList();
    }

    private int move(QueueStatus from, SpoolQueue to) throws SQLException {
        int moved = queues.move(from, to);
        if (moved > 0) {
            LOG.log(System.Logger.Level.INFO, "MR0517 {0} mails of session {1} go on with the password that it was"
                    + " started with last", String.valueOf(moved), to.session());
        }
        return moved;
    }
}
