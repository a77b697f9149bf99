package dev.mailroom.receiving;

import dev.mailroom.SmtpException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an IMAP mailbox can do and a POP3 one cannot: folders, flags, moving, searching. Lives for one turn of {@link
 * ReceivingConnection#imap}. What the server refuses is a {@link SmtpException} after which everything is as before.
 * Names of folders are text, not as IMAP encodes them; numbers are those of the open folder.
 */
public interface ImapMailbox {
    /** The open folder. */
    String folder();

    /** What the server calls a mail, {@code UIDVALIDITY:UID}; empty where there is none. No I/O. */
    String identifier(int number);

    /** Every folder that the login can see, with what it is for (RFC 6154) where the server tells. */
    List<MailFolder> folders() throws SmtpException;

    /** Opens another folder; marks of deletion in the one before are kept, and made final at the end. */
    void open(String folder) throws SmtpException;

    /** Makes a folder. */
    void create(String folder) throws SmtpException;

    /** Renames a folder, and those within it. */
    void rename(String folder, String name) throws SmtpException;

    /** Deletes a folder with its mails. */
    void delete(String folder) throws SmtpException;

    /**
     * Moves a mail, at once and for good: by MOVE (RFC 6851), else by a copy and UID EXPUNGE of the original alone;
     * where the server has neither, the original is marked as deleted. The mails behind it are counted anew.
     *
     * @return false where the number names no mail, or one that is marked as deleted
     */
    boolean move(int number, String folder) throws SmtpException;

    /** Copies a mail; false where there is none. */
    boolean copy(int number, String folder) throws SmtpException;

    /** The flags of a mail, such as {@code \\Seen} or {@code $Forwarded}; empty where there is no such mail. */
    Optional<Set<String>> flags(int number) throws SmtpException;

    /**
     * Sets flags of a mail, or takes them off; {@code \\Deleted} is none of them.
     *
     * @param flags atoms, with or without a backslash in front
     * @return false where there is no such mail
     * @throws IllegalArgumentException for what is no flag
     */
    boolean flag(int number, Set<String> flags, boolean on) throws SmtpException;

    /**
     * Stores a mail in a folder.
     *
     * @param mail its octets, lines with CRLF; at most as many as may be read
     */
    void append(String folder, byte[] mail, Set<String> flags) throws SmtpException;

    /** The numbers of the mails that match, ascending, as the server finds them (RFC 3501, section 6.4.4). */
    List<Integer> search(MailSearch search) throws SmtpException;

    /**
     * The mails that nobody has marked as deleted, by number, those that have come meanwhile included.
     *
     * @param unseen whether those that are marked as seen are left out
     */
    List<MessageEntry> pending(boolean unseen) throws SmtpException;

    /** Reads a mail, which stays unseen; empty where there is no such mail. Larger ones are refused as usual. */
    Optional<byte[]> peek(int number) throws SmtpException;

    /** Makes the deletions final that were marked in the open folder; false = the server cannot (RFC 4315). */
    boolean expunge() throws SmtpException;

    /**
     * Waits until the server tells that something in the folder has changed (IDLE, RFC 2177). Returns early, and as
     * after nothing, when the thread is interrupted, which it then still is.
     *
     * @param longest less than half an hour: servers end what is silent for longer
     * @return false = this server does not tell
     */
    boolean awaitNews(Duration longest) throws SmtpException;
}
