package dev.mailroom.spool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is known of the queues, in a transaction of its own each time. Thread-safe. */
public interface SpoolQueues {
    /** Makes a queue known and ready: no longer parked or delayed. {@code sealed}: its settings, empty = none. */
    void open(SpoolQueue queue, byte[] sealed) throws SQLException;

    /** Makes the queues of all named sessions ready: after a start their settings may be other ones. */
    void openNamed() throws SQLException;

    /** What is known of a queue. */
    Optional<QueueStatus> find(SpoolQueue queue) throws SQLException;

    /** The queues of sessions that a caller started under one name. */
    List<QueueStatus> ofSession(String caller, String session) throws SQLException;

    /** Parked queues of callers' sessions with at least one mail that is PENDING. */
    List<QueueStatus> parkedWithMails() throws SQLException;

    /**
     * Moves the PENDING mails of a queue to another, each with its time and so in their order, unless that queue was
     * parked or opened since {@code from} was read. From a queue that is not parked mails are moved only while none is
     * SENDING: the sending server knows its session. Mails that are SENDING stay with the server that claimed them.
     *
     * @return how many were moved
     */
    int move(QueueStatus from, SpoolQueue to) throws SQLException;

    /** Queues, neither parked nor delayed, with at least one mail that is due. */
    List<QueueStatus> due() throws SQLException;

    /** Whether a queue has mails that are PENDING or SENDING, due or not. */
    boolean hasMails(SpoolQueue queue) throws SQLException;

    /** Notes that the server could not be used: nothing of the queue is tried for that long. */
    void delay(SpoolQueue queue, Duration wait, String error) throws SQLException;

    /** Notes that the login was refused: nothing of the queue is tried until it is opened again. */
    void park(SpoolQueue queue, String error) throws SQLException;

    /** Notes that the server works. */
    void works(SpoolQueue queue) throws SQLException;
}
