package dev.mailroom.spool.drain;

import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpooledMail;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Mails that this server has accepted a moment ago and sends from memory: their rows are written as claimed by it, so
 * that they are neither claimed nor read again. That is only done for a queue whose table is known to be empty, so that
 * nothing is overtaken; and only for small mails, so many octets in all. Thread-safe, and waits for nothing.
 */
final class FreshMails {
    /** A larger mail is read from the table when it is sent. */
    static final long LARGEST = 16_384;
    /** All that wait in memory have at most so many octets. */
    static final long OCTETS = 2L * 1024 * 1024;
    /** A queue that has more is not emptied as fast as it is filled: other servers shall be able to help. */
    static final int PER_QUEUE = 256;

    /** What is known of one queue. */
    private static final class Lane {
        private final Deque<SpooledMail> waiting = new ArrayDeque<>();
        /** Being accepted, to be sent from memory. */
        private int coming;
        /** Being accepted, to be claimed from the table. */
        private int storing;
        /** Counts what may have come into the table. */
        private long changes;
        private boolean tableEmpty;

        boolean isForgettable() {
            return waiting.isEmpty() && coming == 0 && storing == 0;
        }
    }

    private final boolean used;
    private final Map<SpoolQueue, Lane> lanes = new HashMap<>();
    private long octets;

    /** @param used false: every mail is claimed from the table when its turn has come */
    FreshMails(boolean used) {
        this.used = used;
    }

    private Lane lane(SpoolQueue queue) {
        return lanes.computeIfAbsent(queue, any -> new Lane());
    }

    /**
     * A mail is about to be accepted. True = it may be sent from memory, to be followed by {@link #came} or
     * {@link #didNotCome}; false = it goes by the table, to be followed by {@link #stored}.
     */
    synchronized boolean begin(SpoolQueue queue, long size) {
        Lane lane = lane(queue);
        if (used && lane.tableEmpty && size <= LARGEST && octets + size <= OCTETS
                && lane.waiting.size() + lane.coming < PER_QUEUE) {
            octets += size;
            lane.coming++;
            return true;
        }
        lane.storing++;
        filled(lane);
        return false;
    }

    /** One that goes by the table was committed, or never will be. */
    synchronized void stored(SpoolQueue queue) {
        Lane lane = lane(queue);
        lane.storing--;
        filled(lane);
    }

    /**
     * One that is sent from memory was committed.
     *
     * @param size as it was said to {@link #begin}
     */
    synchronized void came(SpoolQueue queue, SpooledMail mail, long size) {
        Lane lane = lane(queue);
        octets += mail.data().size() - size;
        lane.coming--;
        lane.waiting.add(mail);
    }

    /** One that would have been sent from memory is not, or not known to be, in the table. */
    synchronized void didNotCome(SpoolQueue queue, long size) {
        octets -= size;
        lane(queue).coming--;
    }

    /** A mail may have come into the table that is due. */
    synchronized void filled(SpoolQueue queue) {
        filled(lane(queue));
    }

    private static void filled(Lane lane) {
        lane.changes++;
        lane.tableEmpty = false;
    }

    /** To be asked before a claim, for {@link #emptied}. */
    synchronized long changes(SpoolQueue queue) {
        return lane(queue).changes;
    }

    /** A claim has found all that was due in the table. */
    synchronized void emptied(SpoolQueue queue, long changesBefore) {
        Lane lane = lane(queue);
        lane.tableEmpty |= used && lane.changes == changesBefore && lane.storing == 0;
    }

    /** Whether nothing is due in the table, as far as this server knows. */
    synchronized boolean isTableEmpty(SpoolQueue queue) {
        return lane(queue).tableEmpty;
    }

    /** Takes mails that are to be sent now, the oldest first. */
    synchronized List<SpooledMail> take(SpoolQueue queue, int most) {
        List<SpooledMail> taken = new ArrayList<>();
        Deque<SpooledMail> waiting = lane(queue).waiting;
        while (taken.size() < most && !waiting.isEmpty()) {
            SpooledMail mail = waiting.remove();
            octets -= mail.data().size();
            taken.add(mail);
        }
        return taken;
    }

    /** Takes all that a queue cannot send now; they go into the table. */
    synchronized List<SpooledMail> takeBack(SpoolQueue queue) {
        filled(lane(queue));
        return take(queue, Integer.MAX_VALUE);
    }

    /** The queues that have mails waiting in memory. */
    synchronized Set<SpoolQueue> waiting() {
        return lanes.entrySet().stream().filter(one -> !one.getValue().waiting.isEmpty()).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Nothing needs to be remembered of a queue that nobody sends with any more. */
    synchronized void forget(SpoolQueue queue) {
        lanes.computeIfPresent(queue, (key, lane) -> lane.isForgettable() ? null : lane);
    }
}
