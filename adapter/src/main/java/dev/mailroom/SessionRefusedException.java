package dev.mailroom;

/** A session that is not open, not this caller's, or forbidden by the administrator's rules. */
public final class SessionRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why it was refused. */
    public enum Reason {
        /** Never started, already closed, expired, or somebody else's: a caller cannot tell these apart. */
        NO_SUCH_SESSION,
        /** The administrator's rules forbid it: host, port, credentials over plain TCP, role, number of sessions. */
        FORBIDDEN
    }

    private final Reason reason;

    /** A refusal with a message for a person: what was refused, why, what to do. */
    public SessionRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why it was refused. */
    public Reason reason() {
        return reason;
    }
}
