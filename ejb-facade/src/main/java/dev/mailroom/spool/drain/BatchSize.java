package dev.mailroom.spool.drain;

import dev.mailroom.spool.DrainSettings;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpooledMail;
import java.util.List;

/**
 * How many mails a turn claims at once: more each time while the queue yields as many as are asked for, because a
 * transaction costs the same for few as for many; but never so many that their contents fill the memory. Used by one
 * thread.
 */
final class BatchSize {
    /** A batch grows up to so many times the configured one. */
    private static final int GROWTH = 32;
    /** It does not grow beyond so many octets of content. */
    private static final long OCTETS = 512 * 1024;

    private final int least;
    private final boolean ahead;
    private int size;
    private boolean full;

    private BatchSize(int least, boolean ahead) {
        this.least = least;
        this.size = least;
        this.ahead = ahead;
    }

    static BatchSize of(SpoolSettings settings) {
        DrainSettings drain = settings.drain();
        // A crash or a lost connection holds every claimed mail, sent or not: then none is claimed before its turn.
        boolean once = settings.inDoubt() == InDoubt.HOLD || settings.retry().maxCopies() == 1;
        return once ? new BatchSize(1, false) : new BatchSize(drain.batch(), true);
    }

    /** Whether mails may travel together: what travels with the mail that costs a connection is in doubt as well. */
    boolean together() {
        return ahead;
    }

    /** Whether mails may be claimed before the connection asks for them. */
    boolean ahead() {
        return ahead;
    }

    int size() {
        return size;
    }

    /** Whether the last claim found as many as it asked for. */
    boolean wasFull() {
        return full;
    }

    /** Whether it is time to claim more. */
    boolean runsLow(int left) {
        return ahead ? left <= size / 2 : left == 0;
    }

    void claimed(int asked, List<SpooledMail> mails) {
        full = mails.size() >= asked;
        long octets = mails.stream().mapToLong(mail -> mail.data().size()).sum();
        if (octets > OCTETS) {
            size = Math.max(Math.min(least, size), size / 2);
        } else if (full && ahead && octets <= OCTETS / 2) {
            size = Math.min(least * GROWTH, size * 2);
        }
    }
}
