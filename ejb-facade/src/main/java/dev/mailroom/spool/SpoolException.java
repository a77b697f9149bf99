package dev.mailroom.spool;

import java.sql.SQLException;

/** The spool cannot do what it was asked for. */
public sealed class SpoolException extends Exception permits SpoolFullException, SpoolInDoubtException {
    /** The SQLState of a commit whose answer was lost: transaction resolution unknown (ISO 9075). */
    public static final String IN_DOUBT = "08007";
    private static final long serialVersionUID = 1L;

    /** A refusal with a message for a person. */
    public SpoolException(String message) {
        super(message);
    }

    /** The database has failed: nothing was done. */
    public static SpoolException of(SQLException cause) {
        return IN_DOUBT.equals(cause.getSQLState()) ? new SpoolInDoubtException(cause) : new SpoolException(cause);
    }

    SpoolException(SQLException cause) {
        super("the spool's database failed: " + cause.getMessage(), cause);
    }
}
