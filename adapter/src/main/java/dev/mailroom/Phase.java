package dev.mailroom;

/** Where in the life of a connection, or of a send over it, something happened. */
public enum Phase {
    /** Waiting for a connection from the pool. */
    LEASE("waiting for a connection"),
    /** Looking up the host name. */
    RESOLVE("resolving the host name"),
    /** Opening the TCP connection. */
    CONNECT("connecting"),
    /** Awaiting the 220 greeting (RFC 5321, section 4.3.1). */
    GREETING("awaiting the greeting"),
    /** EHLO or HELO (RFC 5321, section 4.1.1.1). */
    EHLO("EHLO"),
    /** STARTTLS, the TLS handshake or the certificate (RFC 3207, RFC 8314). */
    TLS("TLS"),
    /** Asking for the access token to log in with (RFC 6749); nothing has been said to the mail server then. */
    TOKEN("getting an access token"),
    /** Authentication (RFC 4954). */
    AUTH("AUTH"),
    /** Comparing a mail with what the server offers; nothing is said to the server if it does not fit. */
    CHECK("checking the mail"),
    /** MAIL FROM. */
    MAIL("MAIL"),
    /** RCPT TO. */
    RCPT("RCPT"),
    /** DATA or BDAT up to, and without, the end of the content. */
    DATA("DATA"),
    /** The end of the content was written: the final dot, or the last octet of BDAT LAST. */
    FINAL_DOT("the final dot"),
    /** Receiving: choosing the folder, or asking how many mails the mailbox has. */
    SELECT("opening the folder"),
    /** Receiving: asking which mails there are, how large they are and what identifies them. */
    LIST("listing the mails"),
    /** Receiving: reading a mail, or its header. */
    FETCH("reading a mail"),
    /** Receiving: marking a mail as deleted, or taking marks back. */
    DELETE("deleting a mail"),
    /** Receiving: changing folders or flags, moving, copying or storing mails. */
    CHANGE("changing the mailbox"),
    /** Receiving: leaving, which makes deletions final (RFC 1939, section 6). */
    QUIT("closing the mailbox");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    /** The phase as a person reads it in a message. */
    public String words() {
        return words;
    }
}
