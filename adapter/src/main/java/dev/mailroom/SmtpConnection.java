package dev.mailroom;

import java.util.Iterator;
import java.util.function.BiConsumer;

/**
 * A connection handle (Jakarta Connectors): a lease of one open, authenticated SMTP connection. Used by one thread at
 * a time. After {@link #close} every other call fails with {@link IllegalStateException}.
 */
public interface SmtpConnection extends AutoCloseable {
    /**
     * Sends one mail. Blocks until the server has answered, a timeout or the send deadline has passed. A reused
     * connection that turns out dead before any content was written is replaced once by a fresh one, silently.
     *
     * @return the receipt: the server has accepted the mail
     * @throws SmtpException carrying what became of the mail; nobody receives a mail reported as anything but
     *         {@link Delivery#IN_DOUBT}
     */
    Receipt send(Mail mail) throws SmtpException;

    /**
     * Sends a stream of mails, several in flight where the server allows it. Each mail taken from the iterator is
     * answered by exactly one call of {@code outcomes}, on this thread, in the order of the mails. When the
     * connection is lost the mails in flight get their outcome and no further mail is taken.
     */
    void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes);

    /** Gives the connection back to its pool, or has it discarded if it is not fit for another mail. Never throws. */
    @Override
    void close();
}
