package dev.mailroom.spool;

/** Where a spooled mail stands. The database holds one of these names and nothing else. */
public enum SpoolState {
    /** Waits for its first or next attempt. */
    PENDING,
    /** Claimed by one server under a lease, perhaps on the wire. */
    SENDING,
    /** The server accepted it; the content is gone, the row stays for the retention time. */
    SENT,
    /** Given up: refused for good, or too many attempts, or too old. It can be sent again by hand. */
    FAILED,
    /** The connection was cut after the final dot and the policy is to hold such mails for a person to decide. */
    IN_DOUBT;

    /** Whether the mail will be tried again by itself. */
    public boolean open() {
        return this == PENDING || this == SENDING;
    }
}
