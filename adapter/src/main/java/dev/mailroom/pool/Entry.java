package dev.mailroom.pool;

import java.util.concurrent.ThreadLocalRandom;

/**
 * A place of a key and, once opened, its resource. Belongs to the thread that claimed it, or to the pool while idle;
 * everything but {@code resource} is guarded by the pool's lock.
 */
final class Entry<K, R> extends Chain.Link<Entry<K, R>> implements Claim<K, R> {
    final Partition<K, R> partition;

    /** Flushes younger than this do not concern it. */
    final long epoch;

    /** Between 0 and 1, drawn once: how much of the jitter shortens this one's life. */
    final double jitter = ThreadLocalRandom.current().nextDouble();

    /** Null until opened. */
    R resource;

    /** Null, or what must be closed before this one may be opened, because they share a place. */
    Entry<K, R> predecessor;

    /** Whether it is being opened at a destination that has not answered yet. */
    boolean unproven;

    /** Null, or why it is being closed. */
    DiscardReason discardReason;

    /** Whether it must be probed before it is lent. */
    boolean suspect;

    long openedAt;
    long idleSince;

    /** Whether it has been lent before. */
    boolean lent;

    /** Its number among all that became idle, when it last did. */
    long shelved;

    /** Where it stands in the {@link IdleOrder}; 0 = nowhere. */
    long place;

    Entry(Partition<K, R> partition, long epoch, Entry<K, R> predecessor) {
        this.partition = partition;
        this.epoch = epoch;
        this.predecessor = predecessor;
    }

    boolean isIdle() {
        return chain != null;
    }
}
