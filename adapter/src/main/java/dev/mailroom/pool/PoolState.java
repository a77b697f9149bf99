package dev.mailroom.pool;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Who has which place, who waits for one, and who gets the next. Every method is called under the lock and does no I/O.
 *
 * <p>What holds whenever the lock is free: a caller waits only if its key has nothing idle, or is suspended; while
 * there are {@link Seekers}, no place is free and nothing is idle. So a caller that finds something idle, or room,
 * never overtakes anybody. All is O(1), but for keeping the seekers and the {@link IdleOrder} sorted, which is O(log n)
 * and needed only where places are short.
 */
final class PoolState<K, R> {
    final Registry<K, R> registry = new Registry<>();
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

    private final Errands<K, R> errands = new Errands<>();
    private final Seekers<K, R> seekers = new Seekers<>();
    private int retiring;
    private long tickets;

    PoolState(int maxTotal) {
        this.maxTotal = maxTotal;
    }

    void lock() {
        errands.lock();
    }

    /** What is returned must now be closed by the caller and then be {@link #buried}. */
    List<Entry<K, R>> unlock() {
        return errands.unlock();
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
        return partition.hasRoom() ? reserve(partition) : null;
    }

    boolean eligible(Partition<K, R> partition) {
        return !suspended && !partition.suspended;
    }

    /** A place, if need be that of the longest-idle entry; null at the total limit. */
    private Entry<K, R> reserve(Partition<K, R> partition) {
        Entry<K, R> longestIdle = null;
        if (open < maxTotal) {
            open++;
        } else {
            longestIdle = idle.first();
            if (longestIdle == null) {
                return null;
            }
            idle.remove(longestIdle);
            longestIdle.fate = DiscardReason.MADE_ROOM;
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
        return new Entry<>(partition, epoch, predecessor);
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
        if (closed || !wanted || !eligible(partition) || !partition.hasRoom() || open >= maxTotal) {
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
            seek(partition);
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
            entry.partition.open--;
            seek(entry.partition);
            predecessor.fate = null;
            predecessor.partition.retiring--;
            returned(predecessor, null, now);
        }
    }

    /** Whether a resource was opened at a reserved place; if not, the place is free. */
    void opened(Entry<K, R> entry, boolean success, long now) {
        if (success) {
            ledger.opened(entry.partition);
        } else {
            ledger.openFailed(entry.partition);
            unopened(entry, now);
        }
    }

    private void unopened(Entry<K, R> entry, long now) {
        open--;
        left(entry.partition, now);
    }

    /** An entry comes back, or is new: it is closed, handed over, or idle from now on. */
    void returned(Entry<K, R> entry, DiscardReason reason, long now) {
        DiscardReason fate = reason == null ? fate(entry, now) : reason;
        if (fate != null) {
            condemn(entry, fate);
            return;
        }
        Partition<K, R> partition = entry.partition;
        Waiter<K, R> own = waiting > 0 && eligible(partition) ? partition.waiters.first() : null;
        Waiter<K, R> other = seekers.first();
        if (own != null && (other == null || own.ticket <= other.ticket)) {
            settle(own, partition.examined(entry, now));
        } else if (other != null) {
            entry.fate = DiscardReason.MADE_ROOM;
            settle(other, successor(other.partition, entry));
        } else {
            idle.add(entry);
        }
    }

    private DiscardReason fate(Entry<K, R> entry, long now) {
        Partition<K, R> partition = entry.partition;
        if (closed) {
            return DiscardReason.POOL_CLOSED;
        }
        if (entry.epoch < partition.flushed || entry.epoch < flushed) {
            return partition.dropped ? DiscardReason.DROPPED : DiscardReason.FLUSHED;
        }
        if (partition.usedUp(entry)) {
            return DiscardReason.MAX_USES;
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
        entry.fate = reason;
        entry.partition.retiring++;
        retiring++;
        errands.close(entry);
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
        dead.fate = reason;
        return successor(dead.partition, dead);
    }

    /** A condemned entry is closed. */
    void buried(Entry<K, R> entry, long now) {
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
        seek(partition);
        serve();
        registry.vacate(partition, now);
        if (closed && open == 0) {
            LockSupport.unpark(closer);
        }
    }

    /** Gives places to seekers, oldest first, as long as there are both. */
    void serve() {
        for (Waiter<K, R> oldest = seekers.first(); oldest != null; oldest = seekers.first()) {
            Entry<K, R> place = reserve(oldest.partition);
            if (place == null) {
                return;
            }
            settle(oldest, place);
        }
    }

    void settle(Waiter<K, R> waiter, Entry<K, R> entry) {
        waiter.partition.waiters.remove(waiter);
        waiting--;
        waiter.entry = entry;
        waiter.settled = true;
        errands.wake(waiter);
        seek(waiter.partition);
    }

    void seek(Partition<K, R> partition) {
        seekers.update(partition, eligible(partition));
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
