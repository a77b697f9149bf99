package dev.mailroom.facade;

import dev.mailroom.facade.option.EmailReadOption;
import dev.mailroom.facade.option.EmailSeekPart;
import dev.mailroom.receiving.MailFolder;
import java.util.List;
import java.util.Set;

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
     * All mails of the open folder that are not deleted, the oldest first, as they are now: what comes later is not in
     * the list, and what goes meanwhile is left out.
     *
     * <p>By default their headers are read, with one request for many; the rest of a mail is read when its texts,
     * attachments or source are asked for, while the session and the folder are open: afterwards these getters throw an
     * {@code IllegalStateException} that says why. {@code ERT_FULL} reads whole mails, and needs the memory for all of
     * them; one that is larger than the administrator allows has only its header, and {@link Email#getError} says so.
     * {@code ERT_NOT_READ} leaves out what was read before (IMAP). {@code ERT_ASYNCHRONOUS} returns the list at once,
     * and reads mails when they are taken out of it, headers of some together; one that is gone by then is
     * {@link Email#isOut}, and what fails is an {@code IllegalStateException} of the list's {@code get}.
     *
     * @param options none = {@code ERT_HEADER}
     * @return empty also after an error: {@link MailFacade#errorOccurred} tells
     */
    List<Email> emailGetAll(String username, EmailReadOption... options);

    /** Looks for the first mail with a text, and reads it into the caller's Email structure. */
    boolean emailSeekFirst(String username, EmailSeekPart part, String text);

    /**
     * Looks for the first mail of the open folder that has a text in one of its parts, in any case, and reads it; the
     * position is there then. IMAP's server does the looking; with POP3 headers are read one after the other, and whole
     * mails for {@code EMAIL_BODY} and {@code EMAIL_ALL}.
     *
     * @param text one line; empty only with {@code EMAIL_NONE}
     * @return whether there is one; without one and without an error {@link Email#isOut} is true
     */
    boolean emailSeekFirst(String username, Email email, EmailSeekPart part, String text);

    /** Reads the next mail that {@code emailSeekFirst} looked for into the caller's Email structure. */
    boolean emailSeekNext(String username);

    /** Reads the next mail that {@code emailSeekFirst} looked for. */
    boolean emailSeekNext(String username, Email email);

    /** The folders of an IMAP mailbox; empty after an error, such as that it was opened with POP3. */
    List<MailFolder> folders(String username);

    /**
     * Opens another folder of an IMAP mailbox, before its first mail. What is marked as deleted in the one before goes
     * when the session is closed. A folder that is not there is an error, and the one before stays open.
     */
    boolean openFolder(String username, String folder);

    /** Makes a folder in an IMAP mailbox. */
    boolean createFolder(String username, String folder);

    /** Renames a folder of an IMAP mailbox, and those within it. */
    boolean renameFolder(String username, String folder, String name);

    /** Deletes a folder of an IMAP mailbox with all its mails. */
    boolean deleteFolder(String username, String folder);

    /**
     * Moves a mail to another folder of an IMAP mailbox, at once. The mails behind it have another number then; the
     * next mail of the position stays the same.
     *
     * @return whether there was such a mail
     */
    boolean moveMessage(String username, int number, String folder);

    /** Copies a mail into a folder of an IMAP mailbox; whether there was such a mail. */
    boolean copyMessage(String username, int number, String folder);

    /** The flags of a mail of an IMAP mailbox, such as {@code \\Seen}; empty also where there is no such mail. */
    Set<String> flags(String username, int number);

    /**
     * Sets flags of a mail of an IMAP mailbox.
     *
     * @param flags {@code \\Seen}, {@code \\Answered}, {@code \\Flagged}, {@code \\Draft}, or words of the program's
     * @return whether there is such a mail
     */
    boolean addFlags(String username, int number, String... flags);

    /** Takes flags of a mail of an IMAP mailbox off; whether there is such a mail. */
    boolean removeFlags(String username, int number, String... flags);

    /**
     * Stores a mail in a folder of an IMAP mailbox, such as a copy of what was sent: its {@link Email#getSource}, which
     * is built first where it is empty.
     */
    boolean append(String username, String folder, Email email, String... flags);

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

    /** As {@link #emailGetAll(String, EmailReadOption...)}, of a started variable. */
    List<Email> emailGetAll(EmailReceivingSession session, EmailReadOption... options);

    /** As {@link #emailSeekFirst(String, EmailSeekPart, String)}, of a started variable. */
    boolean emailSeekFirst(EmailReceivingSession session, EmailSeekPart part, String text);

    /** As {@link #emailSeekFirst(String, Email, EmailSeekPart, String)}, of a started variable. */
    boolean emailSeekFirst(EmailReceivingSession session, Email email, EmailSeekPart part, String text);

    /** As {@link #emailSeekNext(String)}, of a started variable. */
    boolean emailSeekNext(EmailReceivingSession session);

    /** As {@link #emailSeekNext(String, Email)}, of a started variable. */
    boolean emailSeekNext(EmailReceivingSession session, Email email);

    /** As {@link #folders(String)}, of a started variable. */
    List<MailFolder> folders(EmailReceivingSession session);

    /** As {@link #openFolder(String, String)}, of a started variable. */
    boolean openFolder(EmailReceivingSession session, String folder);

    /** As {@link #createFolder(String, String)}, of a started variable. */
    boolean createFolder(EmailReceivingSession session, String folder);

    /** As {@link #renameFolder(String, String, String)}, of a started variable. */
    boolean renameFolder(EmailReceivingSession session, String folder, String name);

    /** As {@link #deleteFolder(String, String)}, of a started variable. */
    boolean deleteFolder(EmailReceivingSession session, String folder);

    /** As {@link #moveMessage(String, int, String)}, of a started variable. */
    boolean moveMessage(EmailReceivingSession session, int number, String folder);

    /** As {@link #copyMessage(String, int, String)}, of a started variable. */
    boolean copyMessage(EmailReceivingSession session, int number, String folder);

    /** As {@link #flags(String, int)}, of a started variable. */
    Set<String> flags(EmailReceivingSession session, int number);

    /** As {@link #addFlags(String, int, String...)}, of a started variable. */
    boolean addFlags(EmailReceivingSession session, int number, String... flags);

    /** As {@link #removeFlags(String, int, String...)}, of a started variable. */
    boolean removeFlags(EmailReceivingSession session, int number, String... flags);

    /** As {@link #append(String, String, Email, String...)}, of a started variable. */
    boolean append(EmailReceivingSession session, String folder, Email email, String... flags);
}
