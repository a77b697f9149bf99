package dev.mailroom.connector;

import jakarta.resource.spi.ManagedConnection;

/** A managed connection as our pool needs it, whatever is spoken on it. */
interface PooledMember extends ManagedConnection {
    /** Whether nothing was heard from the server since it was last used; no round trip. */
    boolean quiet();

    /** Whether the server answers within a few seconds. */
    boolean probe();

    /** Whether it has done what one connection may do. */
    boolean usedUp();

    /** Waits for its next user. */
    void rest();

    /** Never throws, never blocks; may be called from any thread, also while it is used. */
    @Override
    void destroy();
}
