package dev.mailroom.spool;

/** The spool cannot take another mail: one of the administrator's limits is reached, or it accepts none at all. */
public final class SpoolFullException extends SpoolException {
    private static final long serialVersionUID = 1L;

    /** A refusal with a message for a person. */
    public SpoolFullException(String message) {
        super(message);
    }
}
