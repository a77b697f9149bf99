package dev.mailroom.spool;

import dev.mailroom.spool.SpoolSettings.InDoubt;
import java.sql.SQLException;
import java.util.List;

/**
 * Exclusive claims: at any time at most one server may send a mail, under a lease that it must extend; when the lease
 * ends, the mail comes free for others. Every method is one transaction, on the disk when it returns. Thread-safe;
 * several servers may share one database. Times are the spool's ({@link SpoolTime}).
 */
public interface MailClaims {
    /** Claims up to that many due mails of a queue for this server alone, those due longest first. */
    default List<SpooledMail> claim(SpoolQueue queue, int most) throws SQLException {
        return settleAndClaim(List.of(), queue, most).claimed();
    }

    /**
     * Writes what became of claimed mails. A mail that was claimed anew meanwhile is left to that claim. To write the
     * same again does no harm.
     *
     * @return the settlements that were written
     */
    List<Settlement> settle(List<Settlement> settlements) throws SQLException;

    /** Both in one transaction: what became of some mails is written, and the next ones are claimed. */
    Turnover settleAndClaim(List<Settlement> settlements, SpoolQueue queue, int most) throws SQLException;

    /**
     * Extends the leases of claimed mails.
     *
     * @return those whose lease is lost or over
     */
    List<SpooledMail> extendLeases(List<SpooledMail> mails) throws SQLException;

    /**
     * Frees mails whose lease has ended.
     *
     * @param all every claimed mail: for a database that no other server uses
     * @return how many
     */
    int takeOver(InDoubt policy, boolean all) throws SQLException;

    /**
     * What was written, and what was claimed.
     *
     * @param all whether nothing else was due that nobody had claimed
     */
    record Turnover(List<Settlement> written, List<SpooledMail> claimed, boolean all) {
    }
}
