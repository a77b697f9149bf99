package dev.mailroom;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who opened what, for whom: the sessions of one application. A session belongs to its caller and is found by user
 * name; the administrator's named sessions are found by everyone whose role allows it. Thread-safe.
 */
public interface SmtpSessions {
    /**
     * Opens a session under {@code settings.user()}: connects and authenticates now, or joins the session that this
     * caller has already open. Other settings replace those in force; one more holder in either case.
     *
     * @throws SmtpException when the server cannot be reached or refuses; nothing is remembered then
     * @throws SessionRefusedException when the administrator's rules forbid it; no connection is attempted
     */
    SmtpSession start(Caller caller, SmtpSettings settings, boolean asynchronous)
            throws SmtpException, SessionRefusedException;

    /**
     * The session open for this caller under this name, or the administrator's named session.
     *
     * @param inRole tells whether the caller has a role, asked only for named sessions restricted to roles
     * @throws SessionRefusedException when there is none that this caller may use
     */
    SmtpSession find(Caller caller, String user, Predicate<String> inRole) throws SessionRefusedException;

    /** The administrator's session of that name, for whoever serves all callers: no role is asked for. */
    Optional<SmtpSession> named(String name);

    /**
     * Gives one holder back; the session ends with the last. Its connections stay in the pool for the next session of
     * the same identity, until they have been idle for too long.
     *
     * @throws SessionRefusedException when this caller has no such session open
     */
    void close(Caller caller, String user) throws SessionRefusedException;

    /** The settings a session gets from the administrator before the application's own values are applied. */
    SmtpSettings defaults(String user, String host, int port);

    /** The longest reply timeout an application may ask for. */
    Duration replyTimeoutCeiling();
}
