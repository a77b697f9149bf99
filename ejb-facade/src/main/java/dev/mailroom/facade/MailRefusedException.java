package dev.mailroom.facade;

/** A mail was not accepted. Only for Java callers of {@link MailFacade#sendAsync}. */
public final class MailRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient MailError error;

    MailRefusedException(MailError error) {
        super(error.message());
        this.error = error;
    }

    /** Why. */
    public MailError error() {
        return error;
    }
}
