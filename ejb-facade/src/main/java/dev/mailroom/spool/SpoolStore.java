package dev.mailroom.spool;

import dev.mailroom.MailData;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The durable truth about spooled mails. Every method is one transaction: the caller's where there is one, else its
 * own, and then on the disk when the method returns. Thread-safe; several servers may share one database. Times are
 * the database's.
 */
interface SpoolStore {
    /** Creates the tables or brings older ones up to date; harmless when they are current. */
    void createSchema() throws SQLException;

    /** Makes a queue known and ready: no longer parked or delayed. {@code sealed}: its settings, empty = none. */
    void openQueue(SpoolQueue queue, byte[] sealed) throws SQLException;

    /** Makes the queues of all named sessions ready: after a start their settings may be other ones. */
    void openNamedQueues() throws SQLException;

    /** What is known of a queue. */
    Optional<QueueStatus> queue(String key) throws SQLException;

    /** Queues, neither parked nor delayed, with at least one mail that is due. */
    List<QueueStatus> dueQueues() throws SQLException;

    /** Whether a queue has mails that are PENDING or SENDING, due or not. */
    boolean waiting(String queue) throws SQLException;

    /** Notes that the server could not be used: nothing of the queue is tried for that long. */
    void delayQueue(String key, Duration wait, String error) throws SQLException;

    /** Notes that the login was refused: nothing of the queue is tried until it is opened again. */
    void parkQueue(String key, String error) throws SQLException;

    /** Notes that the server works. */
    void queueWorks(String key) throws SQLException;

    /**
     * Accepts a mail.
     *
     * @throws SpoolFullException when a limit is reached
     */
    Accepted insert(NewMail mail) throws SQLException, SpoolFullException;

    /** Claims up to that many due mails of a queue for this server alone, those due longest first. */
    List<SpooledMail> claim(String queue, int most) throws SQLException;

    /** The content of a claimed mail, read when it is written; small contents are read at once. */
    MailData content(SpooledMail mail) throws SQLException;

    /**
     * Writes what became of claimed mails, all or none. A mail that was claimed anew meanwhile is left to that claim.
     * To write the same again does no harm.
     *
     * @return the settlements that were written
     */
    List<Settlement> settle(List<Settlement> settlements) throws SQLException;

    /**
     * Extends the leases of claimed mails.
     *
     * @return those whose lease is lost or over
     */
    List<SpooledMail> extendLeases(List<SpooledMail> mails) throws SQLException;

    /** Frees mails whose lease has expired, or, with {@code all}, every claimed mail: for a database of our own. */
    int takeOver(InDoubt policy, boolean all) throws SQLException;

    /** What became of a mail, for anybody: check who asks. */
    Optional<MailStatus> status(long id) throws SQLException;

    /** Up to {@code most} mails in that state with an identifier above {@code after}, in order. */
    List<MailStatus> list(SpoolState state, long after, int most) throws SQLException;

    /** Puts a failed mail or one in doubt back into its queue, as if new. False = it is neither. */
    boolean resend(long id) throws SQLException;

    /** Deletes a mail that is not being sent. False = there is none. */
    boolean delete(long id) throws SQLException;

    /**
     * Gives up waiting mails that are too old, some at a time.
     *
     * @return what was given up; empty = there is no more
     */
    List<Settlement> giveUpOld() throws SQLException;

    /** Deletes finished mails whose time is over, some at a time. True = there may be more. */
    boolean deleteOld() throws SQLException;

    /** How much waits, counted now. */
    SpoolFill fill() throws SQLException;
}
