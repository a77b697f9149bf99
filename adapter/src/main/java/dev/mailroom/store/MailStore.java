package dev.mailroom.store;

import dev.mailroom.SmtpException;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingConnection.HeaderReceiver;
import dev.mailroom.receiving.ReceivingConnection.ImapTurn;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * An open mailbox on one connection; what its calls do is said in {@link dev.mailroom.receiving.ReceivingConnection}.
 * For one thread at a time, but for {@link #close}, which any thread may call at any moment.
 */
public interface MailStore {
    /** How many mails there are. */
    int count() throws SmtpException;

    /** Every mail that is not marked as deleted. */
    List<MessageEntry> list() throws SmtpException;

    /** One mail; empty = there is none. */
    Optional<MessageEntry> entry(int number) throws SmtpException;

    /** Reads a mail or its header; empty = there is none. */
    Optional<MessageEntry> fetch(int number, boolean headerOnly, OutputStream to) throws SmtpException, IOException;

    /** Reads the header; false = there is no such mail. */
    default boolean header(int number, OutputStream to) throws SmtpException, IOException {
        return fetch(number, true, to).isPresent();
    }

    /** Reads a mail; false = there is none. */
    default boolean content(int number, OutputStream to) throws SmtpException, IOException {
        return fetch(number, false, to).isPresent();
    }

    /** Reads many headers; numbers that name no mail are left out. */
    void headers(List<Integer> numbers, HeaderReceiver to) throws SmtpException;

    /** The number that a mail has now; 0 = none. No I/O. */
    int locate(MessageEntry entry);

    /** What the server calls a mail; empty = there is none, or it is POP3. No I/O. */
    String identifier(int number);

    /** How many mails come up to that one. No I/O. */
    int rank(String identifier);

    /** Goes on where another was lost. */
    void resume(MailStore lost) throws SmtpException;

    /** One turn with what only IMAP has. */
    <T> T imap(ImapTurn<T> turn) throws SmtpException;

    /** Marks a mail as deleted; false = there is none. */
    boolean delete(int number) throws SmtpException;

    /** How many mails are marked. */
    int deletions();

    /** Takes the marks back. */
    void reset() throws SmtpException;

    /** Makes deletions final and says goodbye; the connection is to be closed then. */
    void end() throws SmtpException;

    /** Whether it can go on. No I/O. */
    boolean usable();

    /** Whether nothing waits to be read, not even the end of the stream. No round trip. */
    boolean quiet();

    /** The name in the greeting, or what stands there instead. */
    String serverName();

    /** Closes the socket at once. Never throws, never blocks. Idempotent. */
    void close();
}
