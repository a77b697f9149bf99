package dev.mailroom.spool;

import java.util.function.LongSupplier;

/** Watches how quickly a server takes the mails of one turn, and tells the rotation. Used once, by one thread. */
final class TurnPace implements Drain.Place {
    /** How long a queue may keep its place while others wait. */
    private static final long TURN_NANOS = 1_000_000_000L;
    /** A server that needs longer for a mail, connecting included, is slow. */
    private static final long SLOW_NANOS = 1_000_000_000L;

    private final Rotation rotation;
    private final String queue;
    private final LongSupplier nanoTime;
    private final long begin;
    private long mails;
    private boolean toldQuick;

    TurnPace(Rotation rotation, String queue, LongSupplier nanoTime) {
        this.rotation = rotation;
        this.queue = queue;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    @Override
    public boolean leave() {
        return rotation.stopped() || nanoTime.getAsLong() - begin > TURN_NANOS && rotation.crowded();
    }

    @Override
    public void heard() {
        mails++;
        boolean slow = slow();
        if (slow && toldQuick) {
            rotation.slow(queue);
        } else if (!slow && !toldQuick) {
            rotation.quick(queue);
        }
        toldQuick = !slow;
    }

    /** Whether the mails so far took too long. A turn without an outcome is as slow as it was long. */
    boolean slow() {
        return nanoTime.getAsLong() - begin > SLOW_NANOS * Math.max(1, mails);
    }
}
