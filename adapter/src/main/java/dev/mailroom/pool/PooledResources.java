package dev.mailroom.pool;

import java.util.Optional;

/**
 * What a pool needs to know of the things it holds. Most may do I/O; the pool calls none of those under its lock.
 *
 * @param <K> the key; equality is identity
 * @param <R> the resource
 * @param <X> what opening throws
 */
public interface PooledResources<K, R, X extends Exception> {
    /**
     * Opens one to be kept ready, for which no caller waits; empty if no session is left that could use it. Then the
     * key is no longer kept warm until it is acquired again. Does no I/O.
     */
    Optional<Opener<R, X>> idleOpener(K key);

    /**
     * Where the key's resources are opened, such as host and port: all keys with an equal one share
     * {@link PoolSettings#maxOpenings}. Its text appears in messages. Asked under the pool's lock: does no I/O.
     */
    default Object destination(K key) {
        return key;
    }

    /**
     * Whether what opening threw speaks against the destination itself. A failure that it answered with, such as a
     * wrong password, does not. Does no I/O, never throws.
     */
    default boolean blamesDestination(Throwable failure) {
        return true;
    }

    /** Whether it looks alive without a round trip; asked before each lease of a reused one. */
    boolean quiet(R resource);

    /** Asks the other side; called before a lease after the idle time set for it. Bounded in time. */
    boolean probe(R resource);

    /** Ends it. Never throws, never hangs. */
    void close(R resource);
}
