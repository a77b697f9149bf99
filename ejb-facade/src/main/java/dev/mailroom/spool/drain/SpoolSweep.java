package dev.mailroom.spool.drain;

import dev.mailroom.spool.QueueStatus;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpoolStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** What has to be done from time to time: leases, take-overs, retries that are due, old rows. Called by a timer. */
final class SpoolSweep {
    private static final long TIDY_NANOS = Duration.ofMinutes(1).toNanos();

    private final SpoolStore store;
    private final LeasedMails leased;
    private final SpoolListener listener;
    private final LongSupplier nanos;
    private final InDoubt policy;
    private final long extendNanos;
    private final long patience;
    /** The database answers since then, without a pause. */
    private long answersSince;
    private long answeredAt;
    private long extendedAt;
    private long tidiedAt;

    /** @param nanos a monotonic clock, {@link System#nanoTime} */
    SpoolSweep(SpoolStore store, LeasedMails leased, SpoolListener listener, SpoolSettings settings,
            LongSupplier nanos) {
        this.store = store;
        this.leased = leased;
        this.listener = listener;
        this.nanos = nanos;
        this.policy = settings.inDoubt();
        this.extendNanos = settings.drain().lease().dividedBy(4).toNanos();
        // The others look as often as this server does.
        this.patience = Math.max(extendNanos, settings.drain().sweep().multipliedBy(3).toNanos());
        this.extendedAt = nanos.getAsLong();
        // A start is no pause: what it does not take over has lived on without it.
        this.answersSince = extendedAt - patience;
        this.answeredAt = extendedAt;
        this.tidiedAt = extendedAt;
    }

    /** @return the queues that have mail to send now */
    synchronized List<QueueStatus> sweep() throws SQLException {
        // First of all: what was due, and whose lease has ended, is not for a clock to say that has jumped.
        store.time().follow();
        answers(nanos.getAsLong());
        // Before leases are checked: a mail that was sent must not look unsent.
        leased.writeAgain();
        long now = nanos.getAsLong();
        if (now - extendedAt >= extendNanos) {
            leased.extendLeases();
            extendedAt = now;
        }
        // Leases end while nobody can extend them: after a pause the others write first what they have sent.
        if (nanos.getAsLong() - answersSince >= patience) {
            store.claims().takeOver(policy, false);
        }
        if (now - tidiedAt >= TIDY_NANOS) {
            List<Settlement> givenUp = store.archive().giveUpExpired();
            givenUp.forEach(listener::settled);
            boolean more = store.archive().deleteExpired() || !givenUp.isEmpty();
            if (!more) {
                tidiedAt = now;
            }
        }
        List<QueueStatus> due = store.queues().due();
        answers(nanos.getAsLong());
        return due;
    }

    private void answers(long now) {
        if (now - answeredAt >= patience) {
            answersSince = now;
        }
        answeredAt = now;
    }
}
