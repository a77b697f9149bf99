package dev.mailroom.receiving;

import dev.mailroom.SmtpException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * An open mailbox under a name: a connection held for it, and a position. Thread-safe: threads take turns, and one that
 * needs several operations in one turn synchronizes on the session.
 */
public interface ReceivingSession {
    /** Its unique id, different from that of every other session that is or was open. */
    String id();

    /** The name under which it is found: its login, or what the administrator calls the mailbox. */
    String name();

    /** The settings in force. */
    ReceivingSettings settings();

    /** Whether its connection can go on; where it cannot, the session is to be started again. */
    boolean usable();

    /**
     * The number of the mail at the position; 0 = there is none: the position is before the first, behind the last, or
     * the mail is gone. With IMAP the position stays at its mail whatever number that has meanwhile.
     */
    int position();

    /** Sets the position; 0 or more. */
    void position(int number);

    /** The position is behind the last mail, of which there were that many; what comes later follows. */
    void passed(int count);

    /** The number behind the position. */
    int following();

    /** The number before the position; 0 = there is none. */
    int preceding();

    /** See {@link ReceivingConnection#count}. */
    int count() throws SmtpException;

    /** See {@link ReceivingConnection#list}. */
    List<MessageEntry> list() throws SmtpException;

    /** See {@link ReceivingConnection#entry}. */
    Optional<MessageEntry> entry(int number) throws SmtpException;

    /** See {@link ReceivingConnection#header}. */
    boolean header(int number, OutputStream to) throws SmtpException, IOException;

    /** See {@link ReceivingConnection#content}. */
    boolean content(int number, OutputStream to) throws SmtpException, IOException;

    /** See {@link ReceivingConnection#fetch}. */
    Optional<MessageEntry> fetch(int number, boolean headerOnly, OutputStream to) throws SmtpException, IOException;

    /** See {@link ReceivingConnection#headers}. */
    void headers(List<Integer> numbers, ReceivingConnection.HeaderReceiver to) throws SmtpException;

    /** See {@link ReceivingConnection#locate}. */
    int locate(MessageEntry entry);

    /** See {@link ReceivingConnection#imap}. */
    <T> T imap(ReceivingConnection.ImapTurn<T> turn) throws SmtpException;

    /** See {@link ReceivingConnection#delete}. */
    boolean delete(int number) throws SmtpException;
}
