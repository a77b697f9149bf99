package dev.mailroom.receiving;

import dev.mailroom.SmtpException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * An open mailbox, alone in the hands of who got it, until it is closed or abandoned. For one thread at a time. Every
 * call blocks for the server, no longer than its settings say; what the server or the network does wrong is a
 * {@link SmtpException}, after which {@link #usable} tells whether it can go on.
 */
public interface ReceivingConnection extends AutoCloseable {
    /** How many mails there are. Constant with POP3; IMAP asks, and tells what has come and gone meanwhile. */
    int count() throws SmtpException;

    /** Every mail that is not marked as deleted, by number; one or two round trips. */
    List<MessageEntry> list() throws SmtpException;

    /** One mail; empty where the number names none, or one that is marked as deleted. */
    Optional<MessageEntry> entry(int number) throws SmtpException;

    /**
     * Reads the header, with the empty line behind it; the mail stays unseen.
     *
     * @param to gets the octets; not closed
     * @return false where the number names no mail, or one that is marked as deleted
     * @throws IOException what the target throws; the connection is not usable then
     */
    boolean header(int number, OutputStream to) throws SmtpException, IOException;

    /**
     * Reads a mail, which IMAP marks as seen. A mail larger than the settings allow is refused before it is read.
     *
     * @param to gets the octets as they come; not closed
     * @return false where the number names no mail, or one that is marked as deleted
     * @throws IOException what the target throws; the connection is not usable then
     */
    boolean content(int number, OutputStream to) throws SmtpException, IOException;

    /**
     * Reads a mail, or its header, with what the server says of it: as {@link #content} and {@link #header}, and as
     * {@link #entry} before it was read, in fewer round trips. Where mails are read one after the other, those that
     * follow may be read ahead, up to 2 MiB of them; they stay unseen until they are asked for. With POP3 that is done
     * where the server has PIPELINING (RFC 2449) and does not delete by itself what was read.
     *
     * @param to gets the octets as they come; not closed
     * @return empty where the number names no mail, or one that is marked as deleted
     * @throws IOException what the target throws; the connection is not usable then
     */
    Optional<MessageEntry> fetch(int number, boolean headerOnly, OutputStream to) throws SmtpException, IOException;

    /** Hears of headers; what it throws ends the connection, which it must not use. */
    @FunctionalInterface
    interface HeaderReceiver {
        /** One header, with the empty line behind it; the array is the receiver's. */
        void on(MessageEntry entry, byte[] header) throws SmtpException;
    }

    /** What is done with an IMAP mailbox. */
    @FunctionalInterface
    interface ImapTurn<T> {
        /** Does it; the mailbox is not to be kept. */
        T with(ImapMailbox mailbox) throws SmtpException;
    }

    /**
     * Reads many headers with what the server says of each mail, in as few round trips as the protocol allows; the
     * mails stay unseen, and numbers that name none are left out.
     */
    void headers(List<Integer> numbers, HeaderReceiver to) throws SmtpException;

    /** The number that a mail has now of which the server told before; 0 = gone, or marked as deleted. No I/O. */
    int locate(MessageEntry entry);

    /** What the server calls a mail of IMAP, marked or not; empty where there is none, and with POP3. No I/O. */
    String identifier(int number);

    /** How many mails of IMAP come up to that one, itself included where it is still there. No I/O. */
    int rank(String identifier);

    /**
     * Goes on where another connection to this mailbox was lost: in its folder, with its marks of deletion.
     *
     * @throws SmtpException where that cannot be: with POP3, whose numbers change, and where the folder's UIDs are
     *     others now (RFC 3501, section 2.3.1.1)
     */
    void resume(ReceivingConnection lost) throws SmtpException;

    /**
     * One turn with what only IMAP has.
     *
     * @throws SmtpException with POP3, and what the turn throws
     */
    <T> T imap(ImapTurn<T> turn) throws SmtpException;

    /**
     * Marks a mail as deleted; it goes with {@link #close}.
     *
     * @return false where the number names no mail, or one that is marked already
     */
    boolean delete(int number) throws SmtpException;

    /** How many mails are marked as deleted by this connection. */
    int deletions();

    /** Whether it can go on. */
    boolean usable();

    /**
     * Makes deletions final, with POP3 by QUIT (RFC 1939, section 6), with IMAP by UID EXPUNGE of these mails alone
     * (RFC 4315) where the server has it, and leaves. Does nothing the second time.
     *
     * @throws SmtpException where there were deletions that the server has not confirmed
     */
    @Override
    void close() throws SmtpException;

    /** Takes every mark back, so far as the server still listens, and leaves: nothing is deleted. Never throws. */
    void abandon();
}
