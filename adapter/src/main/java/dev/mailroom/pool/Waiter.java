package dev.mailroom.pool;

/** A caller in the queue. All but {@code settled} is guarded by the pool's lock until it is settled. */
final class Waiter<K, R> extends Link<Waiter<K, R>> {
    final Thread thread = Thread.currentThread();
    final Partition<K, R> partition;

    /** Callers are served in this order. */
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
