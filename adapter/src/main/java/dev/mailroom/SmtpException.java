package dev.mailroom;

import jakarta.resource.ResourceException;

/** Carries a {@link Failure}, whose message it has. Thrown by connections, connection factories and sessions. */
public final class SmtpException extends ResourceException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** A failure without a Java cause worth keeping. */
    public SmtpException(Failure failure) {
        this(failure, null);
    }

    /** A failure and the exception that led to it. */
    public SmtpException(Failure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /** The failure as a value. */
    public Failure failure() {
        return failure;
    }
}
