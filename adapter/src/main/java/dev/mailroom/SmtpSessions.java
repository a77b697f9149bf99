package dev.mailroom;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The open sessions of one application, and who opened them. A session belongs to its caller and is found by user name;
 * the administrator's named sessions are found by everyone whose role allows it. Thread-safe.
 */
public interface SmtpSessions {
    /**
     * Opens a session under {@code settings.user()}: connects and authenticates now. The same settings again are one
     * more holder of the session that is open; other settings are another session, and those who hold the earlier one
     * keep it as it is.
     *
     * @throws SmtpException when the server cannot be reached or refuses; nothing is remembered then
     * @throws SessionRefusedException when the administrator's rules forbid it; no connection is attempted
     */
    SmtpSession start(Caller caller, SmtpSettings settings, boolean asynchronous)
            throws SmtpException, SessionRefusedException;

    /**
     * The session that this caller has started last under this name, or the administrator's named session.
     *
     * @param inRole tells whether the caller has a role, asked only for named sessions restricted to roles
     * @throws SessionRefusedException when there is none that this caller may use
     */
    SmtpSession find(Caller caller, String user, Predicate<String> inRole) throws SessionRefusedException;

    /** The session with that {@link SmtpSession#id}, if it is open and this caller's. */
    Optional<SmtpSession> open(Caller caller, String id);

    /** All sessions that this caller has open, by name. */
    List<SmtpSession> open(Caller caller);

    /** What the administrator calls a session's identity: the named sessions that are the same; empty = none is. */
    List<String> names(SmtpSession session);

    /** The administrator's session of that name, for code that serves all callers: roles are not checked. */
    Optional<SmtpSession> named(String name);

    /**
     * A session whose settings were stored while it was open: it is not found by name, and is held by the caller of
     * this method.
     *
     * @throws SessionRefusedException when the administrator's rules forbid today what they allowed then
     */
    SmtpSession restored(SmtpSettings settings) throws SessionRefusedException;

    /** Gives one holder of the session that {@link #find} finds back; nothing happens to a named one. */
    void close(Caller caller, String user) throws SessionRefusedException;

    /**
     * Gives one holder back; the session ends with the last. Its connections stay in the pool for the next session of
     * the same identity, until they have been idle for too long.
     *
     * @throws SessionRefusedException when this caller has no such session open
     */
    void close(Caller caller, SmtpSession session) throws SessionRefusedException;

    /**
     * For whom the sessions and mails of a caller are kept: for itself or, where the administrator lets the whole
     * application share them, for {@link Caller#ANONYMOUS}.
     */
    Caller owner(Caller caller);

    /** The settings a session gets from the administrator before the application's own values are applied. */
    SmtpSettings defaults(String user, String host, int port);

    /** The longest reply timeout an application may ask for. */
    Duration replyTimeoutCeiling();
}
