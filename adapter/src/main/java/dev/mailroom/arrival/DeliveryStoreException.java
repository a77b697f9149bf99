package dev.mailroom.arrival;

/** What is remembered of mailboxes cannot be read or written now. */
public final class DeliveryStoreException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With a message for the administrator. */
    public DeliveryStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
