package dev.mailroom.spool;

import java.sql.SQLException;

/**
 * Accepts mails: in the caller's transaction where there is one, else in one of its own that is on the disk when the
 * method returns. Thread-safe.
 */
public interface MailIntake {
    /**
     * Accepts a mail, or finds the one that was accepted before under the same idempotency key.
     *
     * @throws SpoolFullException when a limit is reached
     */
    AcceptedMail accept(NewMail mail) throws SQLException, SpoolFullException;
}
