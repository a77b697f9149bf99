package dev.mailroom.jmx;

import java.util.List;

/** One session's part of the pool. */
@Description("One session's part of the pool.")
public interface SessionMXBean extends PoolMXBean {
    /** What the administrator calls it; empty = it is no named session. */
    @Description("What the administrator calls it; empty = it is no named session.")
    List<String> getNames();

    /** The user name. */
    @Description("The user name.")
    String getUser();

    /** The server. */
    @Description("The server.")
    String getHost();

    /** Its port. */
    @Description("Its port.")
    int getPort();

    /** How its connections are protected. */
    @Description("How its connections are protected.")
    String getTls();

    /** Whose trust anchors judge the server's certificate. */
    @Description("Whose trust anchors judge the server's certificate.")
    String getTrust();

    /** Tells two passwords of one user apart; empty = no secret. */
    @Description("Tells two passwords of one user apart; empty = no secret.")
    String getFingerprint();

    /** Whether its connections are logged in; false without a secret. */
    @Description("Whether its connections are logged in; false without a secret.")
    boolean isAuthenticated();

    /** Closes everything of this session and forgets its numbers; this bean goes with it. */
    @Description("Closes everything of this session and forgets its numbers; this bean goes with it.")
    void drop();
}
