package dev.mailroom.spool;

import java.sql.SQLException;

/**
 * Nobody knows whether the spool has done what it was asked for: the answer to its commit was lost. Asking again with
 * the same idempotency key settles it.
 */
public final class SpoolInDoubtException extends SpoolException {
    private static final long serialVersionUID = 1L;

    /** The database's answer was lost. */
    public SpoolInDoubtException(SQLException cause) {
        super(cause);
    }
}
