package dev.mailroom.smtp;

/** The content of a mail could not be read; the wire is not to blame. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(Exception cause) {
        super(cause);
    }

    Exception reason() {
        return (Exception) getCause();
    }
}
