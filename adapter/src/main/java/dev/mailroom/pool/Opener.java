package dev.mailroom.pool;

/**
 * Opens a fresh resource of one key. Belongs to a caller and is kept no longer than the call: the pool must not
 * remember what opening needs, such as a password.
 *
 * @param <R> the resource
 * @param <X> what opening throws
 */
@FunctionalInterface
public interface Opener<R, X extends Exception> {
    /** Opens one; may take time, is never called under the pool's lock. */
    R open() throws X;
}
