package dev.mailroom.spool.drain;

/** What an outcome says about the server rather than about the mail. */
public enum QueueEffect {
    /** The server can be reached and serves us. */
    WORKS,
    /** The pool has no connection to give: ask again soon. */
    BUSY,
    /** The server cannot be reached or wants to be left alone: back off with the whole queue. */
    DELAY,
    /**
     * No connection can be had until somebody changes something (a certificate, the proxy's password, the TLS mode):
     * look again only after the longest wait, or when the session is started again.
     */
    UNUSABLE,
    /** The server refused the login: do not try again with these credentials. */
    PARK
}
