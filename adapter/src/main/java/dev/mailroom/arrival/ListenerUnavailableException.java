package dev.mailroom.arrival;

/** The listener takes no mails now. */
public final class ListenerUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public ListenerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
