package dev.mailroom.spool;

import java.sql.SQLException;

/** The spool cannot do what it was asked for. */
public sealed class SpoolException extends Exception permits SpoolFullException {
    private static final long serialVersionUID = 1L;

    SpoolException(String message) {
        super(message);
    }

    SpoolException(SQLException cause) {
        super("the spool's database failed: " + cause.getMessage(), cause);
    }
}
