package dev.mailroom.jmx;

/** One session's part of the pool. */
public interface SessionMXBean extends PoolMXBean {
    /** The user name. */
    String getUser();

    /** The server. */
    String getHost();

    /** Its port. */
    int getPort();

    /** How its connections are protected. */
    String getTls();

    /** Closes everything of this session and forgets its numbers; this bean goes with it. */
    void drop();
}
