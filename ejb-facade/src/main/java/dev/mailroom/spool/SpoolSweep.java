package dev.mailroom.spool;

import dev.mailroom.spool.SpoolSettings.InDoubt;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** What has to be done from time to time: leases, take-overs, retries that are due, old rows. Called by a timer. */
final class SpoolSweep {
    private static final long TIDY_NANOS = Duration.ofMinutes(1).toNanos();

    private final SpoolStore store;
    private final HeldMails held;
    private final LeaseWatch leases;
    private final SpoolListener listener;
    private final InDoubt policy;
    private final long extendNanos;
    private long extendedAt;
    private long tidiedAt;

    SpoolSweep(SpoolStore store, HeldMails held, LeaseWatch leases, SpoolListener listener, SpoolSettings settings) {
        this.store = store;
        this.held = held;
        this.leases = leases;
        this.listener = listener;
        this.policy = settings.inDoubt();
        this.extendNanos = settings.drain().lease().dividedBy(4).toNanos();
        this.extendedAt = leases.now();
        this.tidiedAt = leases.now();
    }

    /** @return the queues that have mail to send now */
    synchronized List<QueueStatus> sweep() throws SQLException {
        // First of all: what was sent must not look as if it were not when leases are judged.
        held.writeAgain();
        long now = leases.now();
        if (now - extendedAt >= extendNanos) {
            held.extendLeases();
            leases.extended(now);
            extendedAt = now;
        }
        store.takeOver(policy, false);
        if (now - tidiedAt >= TIDY_NANOS) {
            List<Settlement> givenUp = store.giveUpOld();
            givenUp.forEach(listener::settled);
            boolean more = store.deleteOld() || !givenUp.isEmpty();
            if (!more) {
                tidiedAt = now;
            }
        }
        return store.dueQueues();
    }
}
