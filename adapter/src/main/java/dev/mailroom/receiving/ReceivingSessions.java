package dev.mailroom.receiving;

import dev.mailroom.Caller;
import dev.mailroom.Identity;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The open mailboxes of one application, each in the hands of its holders; a session that sends may have the same name.
 * Thread-safe.
 */
public interface ReceivingSessions {
    /**
     * Opens a mailbox, or is one more holder of the caller's own that is open with these settings already. Blocks for
     * the connection, bounded by the settings' timeouts.
     *
     * @throws SmtpException when it cannot be opened; says in which phase
     * @throws SessionRefusedException when the administrator's rules forbid it; no connection is attempted
     */
    ReceivingSession start(Caller caller, ReceivingSettings settings) throws SmtpException, SessionRefusedException;

    /**
     * The session that this caller has started last under this name.
     *
     * @throws SessionRefusedException when there is none
     */
    ReceivingSession find(Caller caller, String user) throws SessionRefusedException;

    /**
     * The session that this caller has started last under this name; else the named mailbox, which is opened if this
     * caller has not got it open. Its settings are the administrator's, whatever applications may ask for.
     *
     * @param inRole whether the caller is in a role
     * @throws SmtpException when the named mailbox cannot be opened; says in which phase
     * @throws SessionRefusedException when there is neither, or its roles exclude the caller
     */
    ReceivingSession findOrOpen(Caller caller, String user, Predicate<String> inRole)
            throws SmtpException, SessionRefusedException;

    /** The session with that id, if it is open and this caller's. */
    Optional<ReceivingSession> open(Caller caller, String id);

    /**
     * Gives one holder back. With the last the mailbox is closed and its deletions become final; one that nobody used
     * for as long as sessions live is left without them.
     *
     * @throws SmtpException where deletions were not confirmed; the session is closed nevertheless
     * @throws SessionRefusedException when this caller has no such session open
     */
    void close(Caller caller, ReceivingSession session) throws SmtpException, SessionRefusedException;

    /** The settings of an inbox as the administrator wants them, before the application's own values are applied. */
    ReceivingSettings defaults(Identity.MailProtocol protocol, String user, String host, int port);
}
