package dev.mailroom.jmx;

import java.util.Map;

/** The numbers and switches of the pool, or of one session's part of it. Times are in milliseconds. */
public interface PoolMXBean {
    /** Most connections. */
    int getLimit();

    /** The same while the server wants fewer. */
    int getEffectiveLimit();

    /** Places taken: idle, in use, being opened, checked or closed. */
    int getOpen();

    /** Waiting to be lent. */
    int getIdle();

    /** Lent. */
    int getInUse();

    /** Callers in the queue. */
    int getWaiting();

    /** Whether callers wait because an administrator suspended it. */
    boolean isSuspended();

    /** Connections created so far. */
    long getCreated();

    /** Connections that could not be opened. */
    long getOpenFailures();

    /** Times a connection was lent. */
    long getLeases();

    /** Callers that got none because there was no place for them in time. */
    long getExhausted();

    /** Mails that servers accepted. */
    long getMessages();

    /** Requests that failed, by phase of the dialogue. */
    Map<String, Long> getFailures();

    /** Connections closed, by reason. */
    Map<String, Long> getDiscarded();

    /** How long callers waited, opening included. */
    TimeSpread getWaitTimes();

    /** How long leases lasted. */
    TimeSpread getUseTimes();

    /** Sets the most connections, 1 or more; what is above it is closed as it comes back. */
    void resize(int limit);

    /** Closes idle connections now. */
    void flushIdle();

    /** Closes idle connections now and those in use when they come back. */
    void flushGracefully();

    /** Lets callers wait until {@link #resume}. */
    void suspend();

    /** Ends {@link #suspend}. */
    void resume();
}
