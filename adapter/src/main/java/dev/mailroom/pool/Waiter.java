package dev.mailroom.pool;

import java.util.Comparator;

/** A caller in the queue. All but {@code settled} is guarded by the pool's lock until it is settled. */
final class Waiter<K, R> extends Chain.Link<Waiter<K, R>> implements Claim<K, R> {
    /** Callers are served in this order. */
    static final Comparator<Waiter<?, ?>> BY_AGE = (a, b) -> Long.compare(a.ticket, b.ticket);

    final Thread thread = Thread.currentThread();
    final Partition<K, R> partition;

    /** The lower, the earlier. */
    final long ticket;

    /** What it was given: null if nothing, because the pool was closed. */
    Entry<K, R> entry;

    /** The next one to be woken. */
    Waiter<K, R> next;

    /** Whether the wait is over; written last. */
    volatile boolean settled;

    Waiter(Partition<K, R> partition, long ticket) {
        this.partition = partition;
        this.ticket = ticket;
    }
}
