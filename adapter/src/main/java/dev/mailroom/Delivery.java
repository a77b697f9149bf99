package dev.mailroom;

/** What became of a mail. Says nothing about the connection; see {@link Failure#reusable}. */
public enum Delivery {
    /** The server took responsibility: 250 after the end of the content. */
    SENT,
    /** The server refused with a reply; nobody receives the mail. */
    REJECTED,
    /** The mail never reached the point where the server could accept it; nobody receives the mail. */
    NOT_SENT,
    /** The content was sent whole and no reply came: the server may or may not have accepted it (RFC 1047). */
    IN_DOUBT
}
