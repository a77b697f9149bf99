package dev.mailroom.pool;

import java.time.Duration;

/**
 * Hears what happens, in the thread in which it happens, never under the pool's lock. What it throws is logged and
 * otherwise ignored. It should be quick: callers wait for it.
 */
public interface PoolListener<K> {
    /**
     * A key became known. What two threads do to one key may be told in any order; {@link KeyedPool#statistics(Object)}
     * says what holds.
     */
    default void onKnown(K key) {
    }

    /** A key was forgotten; see {@link #onKnown}. */
    default void onForgotten(K key) {
    }

    /** A resource is about to be opened. */
    default void beforeOpen(K key) {
    }

    /** A resource was opened. */
    default void onOpened(K key, Duration took) {
    }

    /** A resource could not be opened. */
    default void onOpenFailed(K key, Throwable failure, Duration took) {
    }

    /** A caller queues up. */
    default void beforeWait(K key) {
    }

    /** A lease was given; {@code waited} includes opening. */
    default void onLeased(K key, Duration waited) {
    }

    /** A lease ended, with or without a discard. */
    default void onReleased(K key, Duration used) {
    }

    /** A resource was closed. */
    default void onDiscarded(K key, DiscardReason reason) {
    }

    /** A caller got nothing. */
    default void onExhausted(K key, Exhaustion exhaustion) {
    }

    /** A lease is held for longer than {@link PoolSettings#leakAfter}; told once a lease. */
    default void onLeak(K key, Holder holder) {
    }

    /** A key's effective limit fell or grew back. */
    default void onEffectiveLimit(K key, int effectiveLimit) {
    }
}
