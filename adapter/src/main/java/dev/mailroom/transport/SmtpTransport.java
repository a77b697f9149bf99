package dev.mailroom.transport;

import dev.mailroom.Deadline;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.SmtpSettings;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.BiConsumer;

/**
 * One open, authenticated SMTP connection: the physical link under a managed connection. Used by one thread at a time,
 * but for {@link #close}, which any thread may call at any moment.
 */
public interface SmtpTransport {
    /**
     * Runs one mail transaction. Never throws for what the network or the server does: that is an outcome.
     *
     * @param deadline bounds the whole call; a mail whose content was not yet complete by then is not sent
     */
    Outcome send(Mail mail, Deadline deadline);

    /**
     * Runs a stream of mail transactions; the contract is that of {@link dev.mailroom.SmtpConnection#sendAll}. Each
     * mail has the time of a whole send. While the iterator or the listener blocks the server waits.
     *
     * @throws IllegalStateException when the connection is not {@link #reusable}; no mail is taken then
     */
    void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes);

    /** Whether the connection is in a known, idle state and may carry another mail. No I/O. */
    boolean reusable();

    /**
     * Whether the last {@link #send} failed because the connection was lost (end of stream, reset, 421, a server out of
     * step) before any content was written, or with a reply that shows that the content counted for nothing: then
     * nobody can have received the mail, and a fresh connection may be tried. Not after a timeout.
     */
    boolean lostBeforeContent();

    /** Whether nothing waits to be read: no end of stream, no 421. Looks at the socket without a round trip. */
    boolean quiet();

    /** Asks the server with NOOP, waiting at most that long for the reply. */
    boolean probe(Duration longest);

    /** From the next command on these timeouts hold, and this secret is masked where the server repeats it. */
    void use(SmtpSettings settings);

    /** Forgets the secret until the next {@link #use}; no mail is sent before that. */
    void rest();

    /** The name the server gave in its greeting. */
    String serverName();

    /** Whether it was logged in; false without a secret, and where the server offered no way to use it. */
    boolean authenticated();

    /** QUIT without waiting for the reply, then closes the socket. Never throws, never blocks. Idempotent. */
    void close();
}
