package dev.mailroom.spool.drain;

import dev.mailroom.spool.SpoolQueue;
import java.util.function.LongSupplier;

/** Watches how quickly a server takes the mails of one turn, and tells the scheduler. Used once, by one thread. */
final class TurnPace implements Drain.Pace {
    /** How long a queue may keep its place while others wait. */
    private static final long TURN_NANOS = 1_000_000_000L;
    /** A server that needs longer for a mail, connecting included, is slow. */
    private static final long SLOW_NANOS = 1_000_000_000L;

    private final QueueScheduler scheduler;
    private final SpoolQueue queue;
    private final LongSupplier nanoTime;
    private final long begin;
    private long mails;
    private boolean toldQuick;

    TurnPace(QueueScheduler scheduler, SpoolQueue queue, LongSupplier nanoTime) {
        this.scheduler = scheduler;
        this.queue = queue;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    @Override
    public boolean mustEnd() {
        return scheduler.stopped() || nanoTime.getAsLong() - begin > TURN_NANOS && scheduler.crowded();
    }

    @Override
    public void heard() {
        mails++;
        boolean slow = slow();
        if (slow && toldQuick) {
            scheduler.slow(queue);
        } else if (!slow && !toldQuick) {
            scheduler.quick(queue);
        }
        toldQuick = !slow;
    }

    /** Whether the mails so far took too long. A turn without an outcome is as slow as it was long. */
    boolean slow() {
        return nanoTime.getAsLong() - begin > SLOW_NANOS * Math.max(1, mails);
    }
}
