package dev.mailroom.pool;

import java.util.TreeSet;

/**
 * Where the resources of some keys are opened, such as a host and port. One that does not answer must not take every
 * place there is, so only so many are opened there at once. Guarded by the pool's lock.
 */
final class Destination<K, R> {
    final Object name;

    /** Places whose resource is being opened. */
    int opening;

    /** Keys of which the pool knows something. */
    int partitions;

    /** Whether the last attempt to open something here succeeded. */
    boolean proven;

    /** Of each key that has room, the first waiter; oldest first. */
    final TreeSet<Waiter<K, R>> waiters = new TreeSet<>(Waiter.BY_AGE);

    /** The one of them that stands in the queue for places of any key, or null. */
    Waiter<K, R> queued;

    /** Whether it stands there among those of proven destinations. */
    boolean queuedAsProven;

    Destination(Object name) {
        this.name = name;
    }
}
