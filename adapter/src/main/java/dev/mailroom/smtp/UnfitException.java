package dev.mailroom.smtp;

/** A mail does not fit what the server offers. The message says why, and what to do. */
final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitException(String why) {
        super(why);
    }
}
