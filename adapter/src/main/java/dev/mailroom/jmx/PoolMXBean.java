package dev.mailroom.jmx;

import java.util.Map;

/** The numbers and switches of the pool, or of one session's part of it. Times are in milliseconds. */
@Description("The numbers and switches of the pool, or of one session's part of it. Times are in milliseconds.")
public interface PoolMXBean {
    /** Most connections. */
    @Description("Most connections.")
    int getLimit();

    /** The same while the server wants fewer. */
    @Description("The same while the server wants fewer.")
    int getEffectiveLimit();

    /**
     * The number of mails that the server takes on one connection, as learned from its refusals; 0 = no limit was met.
     */
    @Description("Mails that the server takes on one connection, as its refusals tell; 0 = no limit is known.")
    int getMailLimit();

    /** Places taken: idle, in use, being opened, checked or closed. */
    @Description("Places taken: idle, in use, being opened, checked or closed.")
    int getOpen();

    /** Waiting to be lent. */
    @Description("Waiting to be lent.")
    int getIdle();

    /** Lent. */
    @Description("Lent.")
    int getInUse();

    /** Callers in the queue. */
    @Description("Callers in the queue.")
    int getWaiting();

    /** Whether callers wait because an administrator suspended it. */
    @Description("Whether callers wait because an administrator suspended it.")
    boolean isSuspended();

    /** Connections opened so far. */
    @Description("Connections opened so far.")
    long getOpened();

    /** Connections that could not be opened. */
    @Description("Connections that could not be opened.")
    long getOpenFailures();

    /** Times a connection was lent. */
    @Description("Times a connection was lent.")
    long getLeases();

    /** Callers that got none because there was no place for them in time. */
    @Description("Callers that got none because there was no place for them in time.")
    long getExhausted();

    /** Mails that servers accepted. */
    @Description("Mails that servers accepted.")
    long getMessages();

    /** Requests that failed, by phase of the dialogue. */
    @Description("Requests that failed, by phase of the dialogue.")
    Map<String, Long> getFailures();

    /** Connections closed, by reason. */
    @Description("Connections closed, by reason.")
    Map<String, Long> getDiscarded();

    /** How long callers waited, opening included. */
    @Description("How long callers waited, opening included.")
    TimeSpread getWaitTimes();

    /** How long leases lasted. */
    @Description("How long leases lasted.")
    TimeSpread getUseTimes();

    /** Sets the most connections, 1 or more; what is above it is closed as it comes back. */
    @Description("Sets the most connections, 1 or more; what is above it is closed as it comes back.")
    void resize(@Description(name = "limit", value = "most connections, 1 or more") int limit);

    /** Closes idle connections now. */
    @Description("Closes idle connections now.")
    void flushIdle();

    /** Closes idle connections now and those in use when they come back. */
    @Description("Closes idle connections now and those in use when they come back.")
    void flush();

    /** Lets callers wait until {@link #resume}. */
    @Description("Lets callers wait until resume.")
    void suspend();

    /** Ends {@link #suspend}. */
    @Description("Ends suspend.")
    void resume();
}
