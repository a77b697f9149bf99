package dev.mailroom.pool;

/**
 * Hears what happens in a pool.
 *
 * @param <K> the pool's keys
 */
@FunctionalInterface
public interface PoolListener<K> {
    /**
     * Something happened. Called in the thread in which it happens, never under the pool's lock. What it throws is
     * logged and otherwise ignored. It should be quick: callers wait for it.
     */
    void on(PoolEvent<K> event);
}
