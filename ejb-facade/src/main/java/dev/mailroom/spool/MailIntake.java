package dev.mailroom.spool;

import java.sql.SQLException;
import java.util.Optional;

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

    /**
     * The same, and claims the mail for this server: it may send the mail as soon as the transaction has committed, and
     * must settle it; its lease begins now. Meant for small mails: the content is kept in memory.
     */
    Claimed acceptClaimed(NewMail mail) throws SQLException, SpoolFullException;

    /**
     * An accepted mail.
     *
     * @param claim empty = nothing new was accepted
     */
    record Claimed(AcceptedMail accepted, Optional<SpooledMail> claim) {
    }
}
