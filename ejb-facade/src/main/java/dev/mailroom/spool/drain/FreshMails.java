package dev.mailroom.spool.drain;

import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpooledMail;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Mails that this server has accepted a moment ago and sends from memory: their rows are written as claimed by it, so
 * that they are neither claimed nor read again. Only small mails, so many octets in all, and of queues that have no
 * backlog in the table. What came into the table before one is claimed before it is sent: nothing is overtaken.
 * Thread-safe, and waits for nothing.
 */
final class FreshMails {
    /** A larger mail is read from the table when it is sent. */
    static final long LARGEST = 16_384;
    /** All that wait in memory have at most so many octets. */
    static final long OCTETS = 2L * 1024 * 1024;
    /** A queue that has more is not emptied as fast as it is filled: other servers shall be able to help. */
    static final int PER_QUEUE = 256;

    /** @param after what had happened to the table when it was committed: to be claimed first */
    private record Waiting(SpooledMail mail, long after) {
    }

    /** What is known of one queue. */
    private static final class Lane {
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        /** Being accepted, to be sent from memory. */
        private int coming;
        /** Counts what may have come into the table. */
        private long changes;
        /** All changes up to this one have been claimed. */
        private long claimed = -1;
        /** Whether the last claim has found all. */
        private boolean keepsUp;

        boolean isClaimed() {
            return keepsUp && claimed == changes;
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
     * {@link #didNotCome}; false = it goes by the table, to be followed by {@link #filled}, whatever becomes of it.
     */
    synchronized boolean begin(SpoolQueue queue, long size) {
        Lane lane = lane(queue);
        boolean room = size <= LARGEST && octets + size <= OCTETS && lane.waiting.size() + lane.coming < PER_QUEUE;
        if (!used || !lane.keepsUp || !room) {
            return false;
        }
        octets += size;
        lane.coming++;
        return true;
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
        lane.waiting.add(new Waiting(mail, lane.changes));
    }

    /** One that would have been sent from memory is not, or not known to be, in the table. */
    synchronized void didNotCome(SpoolQueue queue, long size) {
        octets -= size;
        lane(queue).coming--;
    }

    /** A mail may have come into the table that is due. */
    synchronized void filled(SpoolQueue queue) {
        lane(queue).changes++;
    }

    /** To be asked before a claim, for {@link #claimed}. */
    synchronized long changes(SpoolQueue queue) {
        return lane(queue).changes;
    }

    /**
     * There was a claim.
     *
     * @param all whether it has found all that was due
     */
    synchronized void claimed(SpoolQueue queue, long changesBefore, boolean all) {
        Lane lane = lane(queue);
        lane.keepsUp = all && used;
        if (all) {
            lane.claimed = Math.max(lane.claimed, changesBefore);
        }
    }

    /** Whether nothing is due in the table, as far as this server knows. */
    synchronized boolean isTableEmpty(SpoolQueue queue) {
        return lane(queue).isClaimed();
    }

    /** Takes mails that are to be sent now, the oldest first. */
    synchronized List<SpooledMail> take(SpoolQueue queue, int most) {
        Lane lane = lane(queue);
        List<SpooledMail> taken = new ArrayList<>();
        while (taken.size() < most && !lane.waiting.isEmpty() && lane.waiting.peek().after() <= lane.claimed) {
            taken.add(next(lane));
        }
        return taken;
    }

    /** Takes mails that are to be sent before one that was just claimed. */
    synchronized List<SpooledMail> takeBefore(SpoolQueue queue, long id) {
        Lane lane = lane(queue);
        List<SpooledMail> taken = new ArrayList<>();
        while (!lane.waiting.isEmpty() && lane.waiting.peek().mail().id() < id) {
            taken.add(next(lane));
        }
        return taken;
    }

    /** Takes one mail out, if it waits here; it goes into the table. */
    synchronized Optional<SpooledMail> takeBack(long id) {
        for (Lane lane : lanes.values()) {
            Optional<Waiting> found = lane.waiting.stream().filter(one -> one.mail().id() == id).findFirst();
            if (found.isPresent()) {
                lane.waiting.remove(found.get());
                octets -= found.get().mail().data().size();
                lane.changes++;
                return found.map(Waiting::mail);
            }
        }
        return Optional.empty();
    }

    private SpooledMail next(Lane lane) {
        SpooledMail mail = lane.waiting.remove().mail();
        octets -= mail.data().size();
        return mail;
    }

    /** Takes all that a queue cannot send now; they go into the table. */
    synchronized List<SpooledMail> takeBack(SpoolQueue queue) {
        Lane lane = lane(queue);
        lane.keepsUp = false;
        lane.changes++;
        return takeBefore(queue, Long.MAX_VALUE);
    }

    /** The queues that have mails waiting in memory. */
    synchronized Set<SpoolQueue> waiting() {
        return lanes.entrySet().stream().filter(one -> !one.getValue().waiting.isEmpty()).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Nothing needs to be remembered of a queue that nobody sends with any more. */
    synchronized void forget(SpoolQueue queue) {
        lanes.computeIfPresent(queue, (key, lane) -> lane.waiting.isEmpty() && lane.coming == 0 ? null : lane);
    }
}
