package dev.mailroom.pool;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Who has which place, who waits for one, and who gets the next. Every method is called under the lock and does no I/O.
 *
 * <p>What holds whenever the lock is free: a caller waits only if its key has nothing idle, or is suspended; while
 * anybody is in the {@link PlaceQueue}, no place is free, or only the last quarter, which openings at destinations that
 * have not answered leave to others; and nothing is idle that the queue's first may replace. So a
 * caller that finds something idle, or room, overtakes nobody but those whose destination has not answered yet: such an
 * opening takes a free place, but replaces something idle only as long as no other such opening is under way. All is
 * O(1), but for keeping the queue and the {@link IdleOrder} sorted, which is O(log n) and needed only where places are
 * short.
 */
final class PoolState<K, R> {
    final Registry<K, R> registry;
    final IdleOrder<K, R> idle = new IdleOrder<>();
    final Ledger<K, R> ledger = new Ledger<>();
    int maxTotal;
    int open;
    int waiting;
    boolean suspended;
    boolean closed;

    /** Waits until nothing is open any more. */
    Thread closer;

    /** Counts the flushes: an entry older than the last one that concerns it is closed when it comes back. */
    long epoch;
    long flushed;

    private final PoolLock<K, R> lock = new PoolLock<>();
    private final PlaceQueue<K, R> queue = new PlaceQueue<>();
    private final int maxOpenings;
    private int retiring;

    /** Places whose resource is being opened at a destination that has not answered yet. */
    private int unproven;
    private long tickets;

    PoolState(PoolSettings settings, Function<K, Object> destinationOf) {
        maxTotal = settings.maxTotal();
        maxOpenings = settings.maxOpenings();
        registry = new Registry<>(destinationOf);
    }

    /** How many may be opened at one destination at once: others must find places, too. */
    int maxOpenings() {
        return Math.min(maxOpenings, (maxTotal + 1) / 2);
    }

    private boolean hasRoom(Partition<K, R> partition) {
        return partition.hasRoom() && mayOpen(partition.destination);
    }

    boolean mayOpen(Destination<K, R> destination) {
        return destination.opening < maxOpenings();
    }

    void lock() {
        lock.lock();
    }

    /** What is returned must now be closed by the caller and then be {@link #discarded}. */
    List<Entry<K, R>> unlock() {
        return lock.unlock();
    }

    /** Something idle, or a place to open something, or null. */
    Entry<K, R> claim(Partition<K, R> partition, long now) {
        if (closed || !eligible(partition)) {
            return null;
        }
        Entry<K, R> latest = partition.idle.last();
        if (latest != null) {
            idle.remove(latest);
            return partition.examined(latest, now);
        }
        return hasRoom(partition) ? reserve(partition) : null;
    }

    boolean eligible(Partition<K, R> partition) {
        return !suspended && !partition.suspended;
    }

    /** Whether one of this destination must leave idle resources to others. */
    boolean mustSpareIdle(Destination<K, R> destination) {
        return !destination.proven && unproven > 0;
    }

    /** Whether one more of this destination leaves enough places to those that have answered. */
    boolean leavesReserve(Destination<K, R> destination) {
        return destination.proven || unprovenLeaveReserve();
    }

    private boolean unprovenLeaveReserve() {
        return unproven < maxTotal - maxTotal / 4;
    }

    /** A place, if need be that of the longest-idle entry; null at the total limit, or where others need the rest. */
    private Entry<K, R> reserve(Partition<K, R> partition) {
        Entry<K, R> longestIdle = null;
        if (!leavesReserve(partition.destination)) {
            return null;
        }
        if (open < maxTotal) {
            open++;
        } else {
            longestIdle = mustSpareIdle(partition.destination) ? null : idle.first();
            if (longestIdle == null) {
                return null;
            }
            idle.remove(longestIdle);
            longestIdle.discardReason = DiscardReason.MADE_ROOM;
        }
        return successor(partition, longestIdle);
    }

    /** A place for this key, taken over from the predecessor if there is one. */
    private Entry<K, R> successor(Partition<K, R> partition, Entry<K, R> predecessor) {
        if (predecessor == null) {
            partition.open++;
        } else if (predecessor.partition != partition) {
            partition.open++;
            predecessor.partition.retiring++;
        }
        Entry<K, R> entry = new Entry<>(partition, epoch, predecessor);
        Destination<K, R> destination = partition.destination;
        entry.unproven = !destination.proven;
        unproven += entry.unproven ? 1 : 0;
        destination.opening++;
        queue.update(destination, maxOpenings());
        return entry;
    }

    /** Its resource is open, or will not be. */
    private void endOpening(Entry<K, R> entry) {
        unproven -= entry.unproven ? 1 : 0;
        entry.unproven = false;
        entry.partition.destination.opening--;
        queue.update(entry.partition.destination, maxOpenings());
    }

    /** The predecessor is closed, its place is its successor's alone. */
    void succeeded(Entry<K, R> successor, long now) {
        Entry<K, R> predecessor = successor.predecessor;
        successor.predecessor = null;
        ledger.discarded(predecessor);
        idle.forget(predecessor);
        if (predecessor.partition != successor.partition) {
            predecessor.partition.retiring--;
            left(predecessor.partition, now);
        }
    }

    /** A place for a resource to be kept warm, had without waiting or making room; null if there is none. */
    Entry<K, R> reserveWarm(Partition<K, R> partition) {
        boolean wanted = partition.idle.size() + partition.warming < partition.minIdle();
        if (closed || !wanted || !eligible(partition) || !hasRoom(partition) || open >= maxTotal
                || !leavesReserve(partition.destination)) {
            return null;
        }
        partition.warming++;
        return reserve(partition);
    }

    /** Joins the queue. */
    Waiter<K, R> enqueue(Partition<K, R> partition) {
        Waiter<K, R> waiter = new Waiter<>(partition, tickets++);
        waiter.settled = closed;
        if (!closed) {
            partition.waiters.addLast(waiter);
            waiting++;
            queue(partition);
        }
        return waiter;
    }

    /** Leaves the queue; what was handed over in the meantime is given back. */
    void withdraw(Waiter<K, R> waiter, long now) {
        if (!waiter.settled) {
            settle(waiter, null);
        } else if (waiter.entry != null) {
            giveBack(waiter.entry, now);
        }
        registry.vacate(waiter.partition, now);
    }

    private void giveBack(Entry<K, R> entry, long now) {
        Entry<K, R> predecessor = entry.predecessor;
        if (entry.resource != null) {
            returned(entry, null, now);
        } else if (predecessor == null) {
            unopened(entry, now);
        } else {
            endOpening(entry);
            entry.partition.open--;
            queue(entry.partition);
            predecessor.discardReason = null;
            predecessor.partition.retiring--;
            returned(predecessor, null, now);
            serve();
        }
    }

    /** Whether a resource was opened at a reserved place; if not, the place is free. */
    void opened(Entry<K, R> entry, boolean success, boolean blamed, long now) {
        Destination<K, R> destination = entry.partition.destination;
        destination.proven = success || destination.proven && !blamed;
        if (success) {
            ledger.opened(entry.partition);
            endOpening(entry);
            serve();
        } else {
            ledger.openFailed(entry.partition);
            unopened(entry, now);
        }
    }

    private void unopened(Entry<K, R> entry, long now) {
        open--;
        endOpening(entry);
        left(entry.partition, now);
    }

    /** An entry comes back, or is new: it is closed, handed over, or idle from now on. */
    void returned(Entry<K, R> entry, DiscardReason reason, long now) {
        DiscardReason discardReason = reason == null ? discardReason(entry, now) : reason;
        if (discardReason != null) {
            condemn(entry, discardReason);
            return;
        }
        Partition<K, R> partition = entry.partition;
        Waiter<K, R> own = waiting > 0 && eligible(partition) ? partition.waiters.first() : null;
        Waiter<K, R> other = queue.first(unproven > 0);
        if (own != null && (other == null || own.ticket <= other.ticket)) {
            settle(own, partition.examined(entry, now));
        } else if (other != null) {
            entry.discardReason = DiscardReason.MADE_ROOM;
            settle(other, successor(other.partition, entry));
        } else {
            idle.add(entry);
        }
    }

    private DiscardReason discardReason(Entry<K, R> entry, long now) {
        Partition<K, R> partition = entry.partition;
        if (closed) {
            return DiscardReason.POOL_CLOSED;
        }
        if (entry.epoch < partition.flushed || entry.epoch < flushed) {
            return partition.dropped ? DiscardReason.DROPPED : DiscardReason.FLUSHED;
        }
        if (partition.tooOld(entry, now)) {
            return DiscardReason.MAX_LIFETIME;
        }
        return partition.hasSurplus() || hasSurplus() ? DiscardReason.SURPLUS : null;
    }

    boolean hasSurplus() {
        return open - retiring > maxTotal;
    }

    /** To be closed; it keeps its place until it is. */
    void condemn(Entry<K, R> entry, DiscardReason reason) {
        entry.discardReason = reason;
        entry.partition.retiring++;
        retiring++;
        lock.close(entry);
    }

    /** Condemns one that is idle. */
    void evict(Entry<K, R> entry, DiscardReason reason) {
        idle.remove(entry);
        condemn(entry, reason);
    }

    /** Condemns all that are idle under a key. */
    void evict(Partition<K, R> partition, DiscardReason reason) {
        partition.idle.forEach(entry -> evict(entry, reason));
    }

    /** Condemns all that are idle. */
    void evictAll(DiscardReason reason) {
        registry.partitions.values().forEach(partition -> evict(partition, reason));
    }

    /** A dead one is exchanged: for another idle one of its key, else for the right to open one in its place. */
    Entry<K, R> exchange(Entry<K, R> dead, DiscardReason reason, long now) {
        Entry<K, R> latest = dead.partition.idle.last();
        if (latest != null) {
            condemn(dead, reason);
            idle.remove(latest);
            return dead.partition.examined(latest, now);
        }
        dead.discardReason = reason;
        return successor(dead.partition, dead);
    }

    /** A condemned entry is closed. */
    void discarded(Entry<K, R> entry, long now) {
        ledger.discarded(entry);
        idle.forget(entry);
        entry.partition.retiring--;
        retiring--;
        open--;
        left(entry.partition, now);
    }

    /** The key has one place fewer, whether free or taken over. */
    private void left(Partition<K, R> partition, long now) {
        partition.open--;
        queue(partition);
        serve();
        registry.vacate(partition, now);
        if (closed && open == 0) {
            LockSupport.unpark(closer);
        }
    }

    /** Gives places to those in the queue, oldest first, as long as there are both. */
    void serve() {
        for (Waiter<K, R> oldest = served(); oldest != null; oldest = served()) {
            Entry<K, R> place = reserve(oldest.partition);
            if (place == null) {
                return;
            }
            settle(oldest, place);
        }
    }

    private Waiter<K, R> served() {
        return queue.first(open >= maxTotal && unproven > 0 || !unprovenLeaveReserve());
    }

    void settle(Waiter<K, R> waiter, Entry<K, R> entry) {
        waiter.partition.waiters.remove(waiter);
        waiting--;
        waiter.entry = entry;
        waiter.settled = true;
        lock.wake(waiter);
        queue(waiter.partition);
    }

    void queue(Partition<K, R> partition) {
        queue.update(partition, eligible(partition), maxOpenings());
    }

    /** Ends a lease; false if it has ended before. */
    boolean end(EntryLease<K, R> lease, DiscardReason reason, long now) {
        if (lease.ended) {
            return false;
        }
        ledger.ended(lease, now);
        lease.entry.idleSince = now;
        returned(lease.entry, reason, now);
        return true;
    }

    PoolStatistics statistics() {
        return new PoolStatistics(registry.partitions.size(), maxTotal, open, idle.size(), ledger.leased.size(),
                waiting, suspended, ledger.tally.activity());
    }
}
