package dev.mailroom.spool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The outcomes that the application has not acknowledged. Written in the transaction that finishes a mail, where the
 * application wants to be told; remembered until {@link #acknowledge}. Thread-safe; several servers may share one
 * database.
 */
public interface MailOutcomes {
    /** Longer than observers take; when a server dies, others tell its outcomes after this time. */
    Duration LEASE = Duration.ofMinutes(5);

    /** The outcome of a mail, if it waits to be acknowledged. */
    Optional<UntoldOutcome> find(long id) throws SQLException;

    /**
     * Claims outcomes that are due, for that long: meanwhile no other server tells them.
     *
     * @return identifiers of mails
     */
    List<Long> claim(int most, Duration lease) throws SQLException;

    /**
     * The observers returned: forgets the outcome, in the caller's transaction where there is one.
     *
     * @return false = there was none
     */
    boolean acknowledge(long id) throws SQLException;

    /** The observers failed: they are told again after that time. */
    void postpone(long id, Duration wait, String error) throws SQLException;

    /**
     * The observers are told at the next chance, whatever time was set.
     *
     * @return false = there is no such outcome
     */
    boolean hurry(long id) throws SQLException;

    /** How many there are. */
    UntoldOutcomes count() throws SQLException;

    /** After a start over a database that no other server uses: outcomes that were being told are due at once. */
    void takeOver() throws SQLException;

    /** Up to {@code most} of mails with identifiers above {@code after}, in order. */
    List<UntoldOutcome> list(long after, int most) throws SQLException;
}
