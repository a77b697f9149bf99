package dev.mailroom.facade;

/** How the mails of a session leave. */
public enum EmailMode {
    /** {@code emailSynchronous}: sending waits for the server's answer. */
    EMAIL_SYNCHRONOUS,
    /** {@code emailAsynchronous}: sending puts the mail into the durable spool. */
    EMAIL_ASYNCHRONOUS
}
