package dev.mailroom.facade;

/** What became of a mail of an asynchronous session, in WLanguage's words. */
public enum EmailStatus {
    /** {@code emailPending}: in the spool. */
    EMAIL_PENDING,
    /** {@code emailSent}: the server has accepted it. */
    EMAIL_SENT,
    /** {@code emailError}: given up, or not known; {@code errorInfo()} tells why. */
    EMAIL_ERROR
}
