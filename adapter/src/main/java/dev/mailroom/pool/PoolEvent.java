package dev.mailroom.pool;

import java.time.Duration;

/**
 * Something that happened to a key or one of its resources.
 *
 * @param <K> the key
 */
public sealed interface PoolEvent<K> {
    /** The key that it happened to. */
    K key();

    /**
     * A key became known. What two threads do to one key may be told in any order; {@link KeyedPool#statistics(Object)}
     * says what holds.
     */
    record KeyKnown<K>(K key) implements PoolEvent<K> {
    }

    /** A key was forgotten; see {@link KeyKnown}. */
    record KeyForgotten<K>(K key) implements PoolEvent<K> {
    }

    /** A resource is about to be opened. */
    record ResourceOpening<K>(K key) implements PoolEvent<K> {
    }

    /** A resource was opened. */
    record ResourceOpened<K>(K key, Duration took) implements PoolEvent<K> {
    }

    /** A resource could not be opened. */
    record ResourceOpenFailed<K>(K key, Throwable failure, Duration took) implements PoolEvent<K> {
    }

    /** A resource was closed. */
    record ResourceDiscarded<K>(K key, DiscardReason reason) implements PoolEvent<K> {
    }

    /** A caller begins to wait in the queue. */
    record LeaseAwaited<K>(K key) implements PoolEvent<K> {
    }

    /** A lease was given; {@code waited} includes opening. */
    record LeaseGiven<K>(K key, Duration waited) implements PoolEvent<K> {
    }

    /** A lease ended, with or without a discard. */
    record LeaseEnded<K>(K key, Duration used) implements PoolEvent<K> {
    }

    /** A caller got nothing. */
    record LeaseRefused<K>(K key, Exhaustion exhaustion) implements PoolEvent<K> {
    }

    /** A lease is held for longer than {@link PoolSettings#leakAfter}; told once a lease. */
    record LeaseLeaked<K>(K key, Holder holder) implements PoolEvent<K> {
    }

    /** A key's effective limit fell or grew back. */
    record LimitChanged<K>(K key, int effectiveLimit) implements PoolEvent<K> {
    }
}
