package dev.mailroom;

import java.util.List;
import java.util.Optional;

/**
 * Mailroom's own pool as an administrator sees it and acts on it at run time. With the application server's pool in its
 * place there is less to see: this application's mails and failures, and the connections of its sessions that the
 * resource adapter holds for all applications; their limits and the times of waits and leases are zero, and the
 * operations do nothing to them: the server's own tools show and control its pool. Mailboxes are in Mailroom's own pool
 * even then, and seen and controlled here. Thread-safe; numbers are a snapshot.
 */
public interface SmtpPool {
    /** One row per session that has or recently had connections, by user name, host and port. */
    List<PoolRow> sessions();

    /** One session; empty if there is no such row. Costs the same whatever the number of sessions. */
    Optional<PoolRow> session(String id);

    /** All sessions together. */
    PoolRow total();

    /**
     * Sets the most connections of one session until it is dropped, whatever its settings say, or of the whole pool.
     * Connections above it are closed as they come back.
     *
     * @param id a row's {@link PoolRow#id}
     * @param limit 1 or more
     * @return false if there is no such row
     * @throws IllegalArgumentException below 1
     */
    boolean resize(String id, int limit);

    /** Closes idle connections now; false if there is no such row. */
    boolean flushIdle(String id);

    /** Closes idle connections now and those in use when they come back; false if there is no such row. */
    boolean flush(String id);

    /** Lets nobody take a connection, callers wait; false if there is no such row. */
    boolean suspend(String id);

    /** Ends {@link #suspend}; false if there is no such row. */
    boolean resume(String id);

    /** Closes everything of one session and forgets its numbers; false if there is no such row, or for the total. */
    boolean drop(String id);

    /**
     * Says that the application is about to end: {@code mailroom.pool.close-grace} counts from now on, not from when
     * what still sends has ended. The pool lends as before. Returns at once; calling it again changes nothing.
     */
    default void beginClosing() {
        // The application server's pool outlives the application.
    }
}
