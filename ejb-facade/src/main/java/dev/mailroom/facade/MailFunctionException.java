package dev.mailroom.facade;

/** Ends a mail function with the error that its caller will find. Never leaves this package. */
final class MailFunctionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient MailError error;

    MailFunctionException(MailError.Code code, String message) {
        super(message);
        this.error = MailError.of(code, message);
    }

    MailError error() {
        return error;
    }
}
