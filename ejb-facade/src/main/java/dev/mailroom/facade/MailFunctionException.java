package dev.mailroom.facade;

/** Ends a mail function with the error that its caller will find. Never leaves this package. */
final class MailFunctionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient MailError error;

    MailFunctionException(MailError.Code code, String message) {
        this(MailError.of(code, message));
    }

    MailFunctionException(MailError error) {
        super(error.message());
        this.error = error;
    }

    MailError error() {
        return error;
    }
}
