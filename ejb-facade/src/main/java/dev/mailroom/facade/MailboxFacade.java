package dev.mailroom.facade;

/**
 * The WLanguage e-mail operations that receive; they are called on {@link MailFacade}, whose rules for callers and
 * errors hold here. A session is named by its user name, or is the variable that was started.
 */
public interface MailboxFacade {
    /** Opens a POP3 mailbox on port 110, without TLS. */
    boolean emailStartPOP3Session(String username, String password, String pop3Server);

    /** Opens a POP3 mailbox without TLS. */
    boolean emailStartPOP3Session(String username, String password, String pop3Server, int port);

    /**
     * Opens a POP3 mailbox: connects, does TLS where asked, logs in. Blocks for all of that, bounded by the timeout.
     * The mailbox is this session's alone until it is closed; a session that sends may have the same name meanwhile.
     * Who starts it again with the same arguments is one more holder of it.
     *
     * @param username the login, which names the session for the other functions
     * @param password must not be empty
     * @param pop3Server DNS name or IP address
     * @param port 1 to 65535; 995 is usual with {@code OPTION_SSL}
     * @param option {@code EMAIL_OPTION_SECURED_TLS}: STLS, required
     * @return whether the mailbox is open
     */
    boolean emailStartPOP3Session(String username, String password, String pop3Server, int port, EmailOption option);

    /** Opens a POP3 mailbox on port 110 and a session that sends over the same server, on port 25. */
    boolean emailStartSession(String username, String password, String pop3Server);

    /** Opens a POP3 mailbox on port 110 and a session that sends, on port 25. */
    boolean emailStartSession(String username, String password, String pop3Server, String smtpServer);

    /** The same with the port of the mailbox. */
    boolean emailStartSession(
            String username, String password, String pop3Server, String smtpServer, int pop3Port);

    /** The same with both ports. */
    boolean emailStartSession(
            String username, String password, String pop3Server, String smtpServer, int pop3Port, int smtpPort);

    /**
     * Opens a POP3 mailbox and a session that sends, under one name and without TLS: both, or neither stays open. The
     * password goes to the mailbox alone; a server that wants one for sending needs
     * {@link MailFacade#emailStartSMTPSession(String, String, String, int, EmailMode, EmailOption)}.
     *
     * @param mode of the session that sends
     */
    boolean emailStartSession(String username, String password, String pop3Server, String smtpServer, int pop3Port,
            int smtpPort, EmailMode mode);

    /** Opens the inbox of an IMAP mailbox on port 143, without TLS. */
    boolean emailStartIMAPSession(String username, String password, String imapServer);

    /** Opens the inbox of an IMAP mailbox without TLS. */
    boolean emailStartIMAPSession(String username, String password, String imapServer, int port);

    /**
     * Opens the inbox of an IMAP mailbox, as {@link #emailStartPOP3Session(String, String, String, int, EmailOption)};
     * others may have it open too. Mails stay on the server, and are marked as seen when they are read.
     *
     * @param port 1 to 65535; 993 is usual with {@code OPTION_SSL}
     * @param option {@code EMAIL_OPTION_SECURED_TLS}: STARTTLS, required
     */
    boolean emailStartIMAPSession(String username, String password, String imapServer, int port, EmailOption option);

    /**
     * The number of mails in the mailbox of that session, deleted ones included; -1 = an error. Constant with POP3
     * while the session is open; with IMAP mails come and go meanwhile.
     */
    int emailMessageCount(String username);

    /** The octets of a mail; -1 = an error, or there is no such mail, which is one. */
    long emailMessageSize(String username, int number);

    /** Reads a mail into the caller's Email structure. */
    boolean emailReadMessage(String username, int number);

    /**
     * Reads a whole mail into an Email, whatever it is like: what cannot be decoded arrives as an attachment. The
     * position is there then. A mail larger than the administrator allows is an error that names its size.
     *
     * @param number from 1
     * @return whether a mail was read; without one and without an error {@link Email#isOut} is true, and the rest of
     *         the Email is as it was
     */
    boolean emailReadMessage(String username, Email email, int number);

    /** Reads the header of a mail into the caller's Email structure. */
    boolean emailReadMessageHeader(String username, int number);

    /** As {@link #emailReadMessage(String, Email, int)}, the header only: texts and attachments are empty. */
    boolean emailReadMessageHeader(String username, Email email, int number);

    /** Reads the first mail of the mailbox, into the caller's Email structure. */
    boolean emailReadFirst(String username);

    /** Reads the first mail of the mailbox; deleted ones are passed over. */
    boolean emailReadFirst(String username, Email email);

    /**
     * Reads the mail behind the position, which before the first reading is the first, into the caller's Email
     * structure.
     */
    boolean emailReadNext(String username);

    /**
     * Reads the mail behind the position, which before the first reading is the first; deleted ones are passed over.
     */
    boolean emailReadNext(String username, Email email);

    /** Reads the mail before the position, into the caller's Email structure. */
    boolean emailReadPrevious(String username);

    /** Reads the mail before the position; deleted ones are passed over. */
    boolean emailReadPrevious(String username, Email email);

    /** Reads the last mail of the mailbox, into the caller's Email structure. */
    boolean emailReadLast(String username);

    /** Reads the last mail of the mailbox; deleted ones are passed over. */
    boolean emailReadLast(String username, Email email);

    /** Reads the header of the first mail of the mailbox, into the caller's Email structure. */
    boolean emailReadFirstHeader(String username);

    /** Reads the header of the first mail of the mailbox; deleted ones are passed over. */
    boolean emailReadFirstHeader(String username, Email email);

    /**
     * Reads the header of the mail behind the position, which before the first reading is the first, into the caller's
     * Email structure.
     */
    boolean emailReadNextHeader(String username);

    /**
     * Reads the header of the mail behind the position, which before the first reading is the first; deleted ones are
     * passed over.
     */
    boolean emailReadNextHeader(String username, Email email);

    /** Reads the header of the mail before the position, into the caller's Email structure. */
    boolean emailReadPreviousHeader(String username);

    /** Reads the header of the mail before the position; deleted ones are passed over. */
    boolean emailReadPreviousHeader(String username, Email email);

    /** Reads the header of the last mail of the mailbox, into the caller's Email structure. */
    boolean emailReadLastHeader(String username);

    /** Reads the header of the last mail of the mailbox; deleted ones are passed over. */
    boolean emailReadLastHeader(String username, Email email);

    /** Marks the mail at the position as deleted; see {@link #emailDeleteMessage(String, int)}. */
    boolean emailDeleteMessage(String username);

    /**
     * Marks a mail as deleted; it goes when the session is closed, and stays if that never happens. The position stays
     * where it is, and {@code isOut} of the caller's Email structure is true.
     *
     * @return whether there was such a mail
     */
    boolean emailDeleteMessage(String username, int number);

    /**
     * Opens the mailbox that the variable describes; from then on the variable is that session, whatever is started
     * under its name. Blocks as {@link #emailStartPOP3Session(String, String, String, int, EmailOption)} does.
     */
    boolean emailStartSession(EmailReceivingSession session);

    /**
     * Gives one holder of the mailbox back that the variable was started as, and makes its deletions final with the
     * last; a session that sends under the same name stays open.
     */
    void emailCloseSession(EmailReceivingSession session);

    /** As {@link #emailMessageCount(String)}, of a started variable. */
    int emailMessageCount(EmailReceivingSession session);

    /** As {@link #emailMessageSize(String, int)}, of a started variable. */
    long emailMessageSize(EmailReceivingSession session, int number);

    /** As {@link #emailReadMessage(String, int)}, of a started variable. */
    boolean emailReadMessage(EmailReceivingSession session, int number);

    /** As {@link #emailReadMessage(String, Email, int)}, of a started variable. */
    boolean emailReadMessage(EmailReceivingSession session, Email email, int number);

    /** As {@link #emailReadMessageHeader(String, int)}, of a started variable. */
    boolean emailReadMessageHeader(EmailReceivingSession session, int number);

    /** As {@link #emailReadMessageHeader(String, Email, int)}, of a started variable. */
    boolean emailReadMessageHeader(EmailReceivingSession session, Email email, int number);

    /** As {@link #emailReadFirst(String)}, of a started variable. */
    boolean emailReadFirst(EmailReceivingSession session);

    /** As {@link #emailReadFirst(String, Email)}, of a started variable. */
    boolean emailReadFirst(EmailReceivingSession session, Email email);

    /** As {@link #emailReadNext(String)}, of a started variable. */
    boolean emailReadNext(EmailReceivingSession session);

    /** As {@link #emailReadNext(String, Email)}, of a started variable. */
    boolean emailReadNext(EmailReceivingSession session, Email email);

    /** As {@link #emailReadPrevious(String)}, of a started variable. */
    boolean emailReadPrevious(EmailReceivingSession session);

    /** As {@link #emailReadPrevious(String, Email)}, of a started variable. */
    boolean emailReadPrevious(EmailReceivingSession session, Email email);

    /** As {@link #emailReadLast(String)}, of a started variable. */
    boolean emailReadLast(EmailReceivingSession session);

    /** As {@link #emailReadLast(String, Email)}, of a started variable. */
    boolean emailReadLast(EmailReceivingSession session, Email email);

    /** As {@link #emailReadFirstHeader(String)}, of a started variable. */
    boolean emailReadFirstHeader(EmailReceivingSession session);

    /** As {@link #emailReadFirstHeader(String, Email)}, of a started variable. */
    boolean emailReadFirstHeader(EmailReceivingSession session, Email email);

    /** As {@link #emailReadNextHeader(String)}, of a started variable. */
    boolean emailReadNextHeader(EmailReceivingSession session);

    /** As {@link #emailReadNextHeader(String, Email)}, of a started variable. */
    boolean emailReadNextHeader(EmailReceivingSession session, Email email);

    /** As {@link #emailReadPreviousHeader(String)}, of a started variable. */
    boolean emailReadPreviousHeader(EmailReceivingSession session);

    /** As {@link #emailReadPreviousHeader(String, Email)}, of a started variable. */
    boolean emailReadPreviousHeader(EmailReceivingSession session, Email email);

    /** As {@link #emailReadLastHeader(String)}, of a started variable. */
    boolean emailReadLastHeader(EmailReceivingSession session);

    /** As {@link #emailReadLastHeader(String, Email)}, of a started variable. */
    boolean emailReadLastHeader(EmailReceivingSession session, Email email);

    /** As {@link #emailDeleteMessage(String)}, of a started variable. */
    boolean emailDeleteMessage(EmailReceivingSession session);

    /** As {@link #emailDeleteMessage(String, int)}, of a started variable. */
    boolean emailDeleteMessage(EmailReceivingSession session, int number);
}
