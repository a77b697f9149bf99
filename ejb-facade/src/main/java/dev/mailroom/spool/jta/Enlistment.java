package dev.mailroom.spool.jta;

import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import javax.transaction.xa.XAResource;

/** Makes a resource part of the transaction of this thread. Thread-safe. */
interface Enlistment {
    /**
     * Enlists it.
     *
     * @return false = the server does not want it
     * @throws IllegalStateException if there is no transaction, or one that takes no further resources
     */
    boolean enlist(XAResource resource) throws RollbackException, SystemException;

    /** The database is closed: the server must not open it any more. */
    default void close() {
        // Most servers were told nothing.
    }

    /** What a method of the server's, called by reflection, has thrown. */
    static RuntimeException thrown(Throwable cause) throws RollbackException, SystemException {
        if (cause instanceof RollbackException marked) {
            throw marked;
        }
        if (cause instanceof SystemException failed) {
            throw failed;
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }
}
