package dev.mailroom.facade;

/** What became of a mail of an asynchronous session; WLanguage's words, and one of ours. */
public enum EmailStatus {
    /** {@code emailPending}: in the spool. */
    EMAIL_PENDING,
    /** {@code emailSent}: the server has accepted it. */
    EMAIL_SENT,
    /** {@code emailError}: given up; {@code errorInfo()} tells why. */
    EMAIL_ERROR,
    /**
     * The state is not known: this caller has no such mail, or no longer, or the spool's database does not answer;
     * {@code errorInfo()} tells which. Says nothing about whether the mail was sent.
     */
    EMAIL_UNKNOWN
}
