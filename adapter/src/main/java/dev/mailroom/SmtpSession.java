package dev.mailroom;

import java.util.Iterator;
import java.util.function.BiConsumer;

/** An open session: a user name with its server settings. It holds no connection between sends. Thread-safe. */
public interface SmtpSession {
    /**
     * Its unique id, different from that of every other session that is or was open; it reveals nothing about the
     * session.
     */
    String id();

    /** A name under which it is found; several sessions of one caller may have it. */
    String name();

    /** The settings in force. */
    SmtpSettings settings();

    /** Whether its mails go through the spool. */
    boolean asynchronous();

    /** Whether it is the administrator's: defined in the configuration, there without being started. */
    default boolean named() {
        return false;
    }

    /** What the administrator has set for its mails, where they say nothing themselves. */
    default MailDefaults defaults() {
        return MailDefaults.NONE;
    }

    /**
     * What mails get from their session where they say nothing themselves; empty = nothing.
     *
     * @param from the author, {@code name <address>} or {@code address}
     * @param replyTo where answers go
     * @param envelopeSender the reverse-path; <code>{id}</code> in it stands for the mail's id
     */
    record MailDefaults(String from, String replyTo, String envelopeSender) {
        /** Nothing. */
        public static final MailDefaults NONE = new MailDefaults("", "", "");
    }

    /**
     * Takes a connection, sends, gives it back. The send deadline bounds all three.
     *
     * @throws SmtpException as {@link SmtpConnection#send}, or as {@link SmtpConnectionFactory#getConnection}
     */
    Receipt send(Mail mail) throws SmtpException;

    /**
     * Sends a stream over one connection; see {@link SmtpConnection#sendAll}.
     *
     * @throws SmtpException when no connection could be had; no mail was taken then
     */
    void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes) throws SmtpException;
}
