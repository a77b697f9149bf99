package dev.mailroom.pool;

/**
 * The right to use a resource, alone, until it is given back. It ends exactly once; ending it again does nothing.
 * Ending it closes the resource where that is called for, so it may take as long as {@link PooledResources#close}.
 */
public interface Lease<R> {
    /**
     * The resource.
     *
     * @throws IllegalStateException when the lease has ended
     */
    R resource();

    /** Gives the resource back for others to use. */
    void release();

    /** Gives the resource back to be closed. */
    void discard(DiscardReason reason);
}
