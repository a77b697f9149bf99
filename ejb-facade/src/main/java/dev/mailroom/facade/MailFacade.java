package dev.mailroom.facade;

import dev.mailroom.facade.auth.AuthToken;
import dev.mailroom.facade.option.EmailAddressLevel;
import dev.mailroom.facade.option.EmailAddressResult;
import dev.mailroom.spool.MailStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The WLanguage e-mail operations for Jakarta EE: inject it with {@code @Inject} (or {@code @EJB}). Safe for concurrent
 * callers; sessions, the Email structure, the timeout and the error state belong to the caller.
 *
 * <p>Works in every state of a JTA transaction. Only what goes into the spool takes part in it, and is refused in one
 * that is marked for rollback; everything else is done outside of it. With {@code @EJB} some servers (Payara,
 * GlassFish) do not let a call that may use the spool into such a transaction at all: they throw an
 * {@code EJBTransactionRolledbackException}.
 *
 * <p>Every mail function resets the error state when it begins. None throws for what a server, the network or an
 * argument does: the result is {@code false} and {@link #errorInfo()} tells why. What receives is in
 * {@link MailboxFacade}.
 */
public interface MailFacade extends MailboxFacade {
    /** Opens a session on port 25 without authentication. */
    boolean emailStartSMTPSession(String username, String smtpServer);

    /** Opens a session on port 25; a null or empty password means no authentication. */
    boolean emailStartSMTPSession(String username, String password, String smtpServer);

    /** Opens a session; see {@link #emailStartSMTPSession(String, String, String, int, EmailMode, EmailOption)}. */
    boolean emailStartSMTPSession(String username, String smtpServer, int port);

    /** Opens a session; see {@link #emailStartSMTPSession(String, String, String, int, EmailMode, EmailOption)}. */
    boolean emailStartSMTPSession(String username, String password, String smtpServer, int port);

    /** Opens a session without authentication. */
    boolean emailStartSMTPSession(String username, String smtpServer, int port, EmailMode mode);

    /** Opens a session; see {@link #emailStartSMTPSession(String, String, String, int, EmailMode, EmailOption)}. */
    boolean emailStartSMTPSession(String username, String password, String smtpServer, int port, EmailMode mode);

    /** Opens a session without authentication. */
    boolean emailStartSMTPSession(String username, String smtpServer, int port, EmailMode mode, EmailOption option);

    /** Opens a session without authentication; WLanguage's boolean: true = asynchronous. */
    boolean emailStartSMTPSession(String username, String smtpServer, int port, boolean asynchronous);

    /** Opens a session without authentication; WLanguage's boolean: true = asynchronous. */
    boolean emailStartSMTPSession(
            String username, String smtpServer, int port, boolean asynchronous, EmailOption option);

    /** The same with WLanguage's boolean: true = asynchronous. */
    boolean emailStartSMTPSession(String username, String password, String smtpServer, int port, boolean asynchronous);

    /**
     * Opens an SMTP session named by the user name: connects, does TLS where asked, authenticates where a password is
     * given. Blocks for all of that, bounded by the timeout ({@link #emailSetTimeOut(Duration)}); name resolution comes
     * on top. Under a name the session is found that this request (or thread) has started last, else the one that the
     * caller has started last; starting a name with other settings changes nothing for those who started it before.
     *
     * @param username names the session for the other functions; the login when a password is given
     * @param password null or empty = no authentication
     * @param smtpServer DNS name or IP address
     * @param port 1 to 65535
     * @return whether the session is open
     */
    boolean emailStartSMTPSession(
            String username, String password, String smtpServer, int port, EmailMode mode, EmailOption option);

    /** The same with WLanguage's boolean: true = asynchronous. */
    boolean emailStartSMTPSession(
            String username, String password, String smtpServer, int port, boolean asynchronous, EmailOption option);

    /** Opens the session that the variable describes; from then on the variable is that session. */
    boolean emailStartSession(EmailSMTPSession session);

    /** Sends the caller's Email structure ({@link #email}). */
    boolean emailSendMessage(String username);

    /** Sends a mail over the session of that user name. */
    boolean emailSendMessage(String username, Email email);

    /**
     * Sends a mail over the session of that user name.
     *
     * @return true: a synchronous session's server has accepted the mail for every recipient (with
     *         {@code partialSend}: for at least one); an asynchronous session's spool has it
     */
    boolean emailSendMessage(String username, Email email, EmailSendOption... options);

    /** Sends the caller's Email structure over the session that the variable was started as. */
    boolean emailSendMessage(EmailSMTPSession session);

    /** Sends a mail over the session that the variable was started as. */
    boolean emailSendMessage(EmailSMTPSession session, Email email, EmailSendOption... options);

    /**
     * Sends a file that is a mail already (RFC 5322), as it is but for its fields Bcc, which nobody gets, and ends of
     * lines. Who sends it and who gets it is said by the caller's Email structure; what that leaves empty, recipients
     * as a whole, by the fields of the file. The structure tells the result, as after {@code emailSendMessage}.
     *
     * @param file read while it is sent, and not held in memory; it must not change until then
     * @return as {@link #emailSendMessage(String, Email, EmailSendOption...)}
     */
    boolean emailSend(String username, Path file);

    /** The same over the session that the variable was started as. */
    boolean emailSend(EmailSMTPSession session, Path file);

    /** Sets the HTML of the caller's Email structure; see {@link #emailImportHTML(Email, String, Path)}. */
    boolean emailImportHTML(String html, Path directory);

    /**
     * Sets the HTML of an Email and attaches the images that it names by a path relative to a directory, so that they
     * are shown in it; each is read while the mail is sent. Nothing is fetched: images named by {@code https:}, {@code
     * data:} or {@code cid:} stay as they are. An image that is not there or not in the directory is an error, and the
     * Email stays as it was.
     */
    boolean emailImportHTML(Email email, String html, Path directory);

    /** Whether an address is one, by the rule that every mail is composed by. */
    EmailAddressResult emailCheckAddress(String address);

    /**
     * Whether an address is one. Nobody is asked: a valid address need not exist.
     *
     * @param level {@code EMAIL_VALIDATE_BY_SERVER} is answered by {@code EMAIL_ADDRESS_ERROR}
     * @return for all but {@code EMAIL_ADDRESS_VALID} the error says why
     */
    EmailAddressResult emailCheckAddress(String address, EmailAddressLevel level);

    /** Builds the source of the caller's Email structure. */
    boolean emailBuildSource();

    /**
     * Renders a mail into {@link Email#getSource} without sending it.
     *
     * @param options {@code EMAIL_OPTION_HEADER_BCC} writes Bcc into this source
     */
    boolean emailBuildSource(Email email, EmailSendOption... options);

    /**
     * Fills an Email from its {@link Email#getSource}, which is left as it is: what building wrote into it is there
     * again. Never throws for what the source holds; what cannot be decoded arrives as an attachment.
     */
    boolean emailImportSource(Email email);

    /** The same for the caller's Email structure. */
    boolean emailImportSource();

    /**
     * Gives one holder back of the session that sends and of the one that receives under that name; each ends with its
     * last holder. A mailbox then makes its deletions final; that the server has not confirmed them is an error. There
     * is neither: {@link #errorOccurred}.
     */
    void emailCloseSession(String username);

    /** Gives one holder of the session back. */
    void emailCloseSession(EmailSMTPSession session);

    /**
     * WLanguage's {@code AuthRefreshToken}: fetches another access token now, whether or not the last one is still
     * good. Sessions do that by themselves when they open a connection. Blocks for at most as long as a server may be
     * silent ({@link #emailGetTimeOut}).
     */
    boolean authRefreshToken(AuthToken token);

    /** The same in seconds. */
    boolean emailSetTimeOut(int seconds);

    /**
     * Sets the longest silence of a server for sessions that are started afterwards in this request (or on this
     * thread). Called by what starts the application, it is the default of all: the {@code @PostConstruct} of a
     * {@code @Startup} bean, observers of the start, servlet context listeners, but no timer, asynchronous method or
     * executor's task, which have settings of their own.
     *
     * @param silence 1 s up to the administrator's ceiling; else false, and nothing changes
     */
    boolean emailSetTimeOut(Duration silence);

    /** The longest silence in seconds for sessions this caller starts. */
    int emailGetTimeOut();

    /**
     * Only {@code emailParameterMode} is known: 0 = the server's trust anchors, 1 = the connector's own. Applies to the
     * same callers as {@link #emailSetTimeOut(Duration)}.
     */
    boolean emailConfigure(EmailParameter parameter, int value);

    /**
     * What became of a mail that this caller sent over an asynchronous session. An administrator (the role {@value
     * SpoolAdministration#ROLE}) sees everybody's; with {@code mailroom.sessions.scope=application} every caller of the
     * application, timers included, sees the mails of all.
     *
     * @param identifier {@link Email#getMailIdentifier}
     * @return {@code EMAIL_UNKNOWN} for an identifier that this caller may not know or that does not exist: a caller
     *         cannot tell these apart, and neither says whether a mail was sent
     */
    EmailStatus emailStatus(long identifier);

    /** The same for the identifier as text. */
    EmailStatus emailStatus(String identifier);

    /**
     * Takes a mail back that this caller sent over an asynchronous session, a scheduled one for instance: it is deleted
     * and not sent. Outside of the caller's transaction.
     *
     * @param identifier {@link Email#getMailIdentifier}
     * @return false if it is just being sent, was sent or given up, or is not this caller's
     */
    boolean cancelSending(long identifier);

    /**
     * Sends a mail over an asynchronous session and tells what became of it, which may take as long as retries go on.
     * What waits is lost when the server stops; the mail is not, see {@link #emailStatus(long)}.
     *
     * @return completes with the final state, also if that is a failure; completes exceptionally with a
     *         {@link MailRefusedException} if the mail was not accepted, or its transaction rolled back
     */
    CompletionStage<MailStatus> sendAsync(String username, Email email);

    /** The same over the session that the variable was started as. */
    CompletionStage<MailStatus> sendAsync(EmailSMTPSession session, Email email);

    /**
     * Sends many mails. Over a synchronous session they share a connection, several of them in flight where the server
     * allows it, which at a distance is many times faster than one call each; over an asynchronous one the spool takes
     * them, all in the caller's transaction. Blocks until each has ended. Mails do not depend on each other: a refused
     * one does not stop the others. If no connection can be had, the rest is not attempted.
     *
     * @param emails each tells its own end: {@link Email#getError} is empty if it was accepted; must not be changed
     *         meanwhile, and each may be in the list once
     * @return true: every mail was accepted, as by {@link #emailSendMessage(String, Email, EmailSendOption...)}; else
     *         the error says how many were not, and why the first was not
     */
    boolean sendAll(String username, List<Email> emails);

    /** The same over the session that the variable was started as. */
    boolean sendAll(EmailSMTPSession session, List<Email> emails);

    /** The caller's Email structure: one per request, else one per thread. */
    Email email();

    /** Empties the caller's Email structure. */
    void emailReset();

    /** Whether this caller's last mail function failed. */
    boolean errorOccurred();

    /** The message of this caller's last mail function, empty if it succeeded. */
    String errorInfo();

    /** One part of the last error; empty if there is none. */
    String errorInfo(ErrorInfoPart part);

    /** The last error as a value. */
    Optional<MailError> lastError();
}
