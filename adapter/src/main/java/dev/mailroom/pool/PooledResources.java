package dev.mailroom.pool;

/**
 * What a pool needs to know of the things it holds. Every method may do I/O; the pool never calls one under its lock.
 *
 * @param <K> the key; equality is identity
 * @param <R> the resource
 * @param <X> what opening throws
 */
public interface PooledResources<K, R, X extends Exception> {
    /** Opens a fresh one for exactly this key: the very object that a caller of acquire brought. */
    R open(K key) throws X;

    /** Opens a fresh one to be kept ready; nobody waits for it. The key may be that of an earlier caller. */
    default R openIdle(K key) throws X {
        return open(key);
    }

    /** Whether it looks alive without a round trip; asked before each lease of a reused one. */
    boolean quiet(R resource);

    /** Asks the other side; called before a lease after the idle time set for it. Bounded in time. */
    boolean probe(R resource);

    /** Ends it. Never throws, never hangs. */
    void close(R resource);
}
