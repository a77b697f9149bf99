package dev.mailroom.arrival;

/**
 * A mail is not for the listener: it stays as it is, and does not come again before its reader begins anew. No failure.
 */
public final class UnclaimedMailException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public UnclaimedMailException(String message) {
        super(message);
    }
}
