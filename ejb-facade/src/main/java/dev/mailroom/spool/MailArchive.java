package dev.mailroom.spool;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every mail that is remembered: looked up, sent again, deleted, given up. Thread-safe. */
public interface MailArchive {
    /** What became of a mail. Does not check whether the caller may know it. */
    Optional<MailStatus> status(long id) throws SQLException;

    /** Up to {@code most} mails in that state with an identifier above {@code after}, in order. */
    List<MailStatus> list(SpoolState state, long after, int most) throws SQLException;

    /** The mails that are held in doubt because of one incident ({@link MailStatus#incident}), in order. */
    List<Long> ofIncident(String incident) throws SQLException;

    /** Makes {@link #bounced} fast however many mails are remembered; every later mail costs a little more. */
    void prepareBounces() throws SQLException;

    /**
     * Servers of recipients have given up a mail that was sent: the outcome of each becomes FAILED, the state of the
     * mail stays. In the caller's transaction where there is one; the same report may come again.
     *
     * @param queues only mails that went by one of these
     * @return the mail of each recipient, the last where several have that Message-ID; recipients that got none of
     *         them are left out
     */
    List<MailBounced> bounced(String messageId, Set<SpoolQueue> queues, List<BouncedRecipient> recipients)
            throws SQLException;

    /** How much waits, counted now. */
    SpoolFill fill() throws SQLException;

    /** Puts a failed mail or one in doubt back into its queue, as if new. False = it is neither. */
    boolean resend(long id) throws SQLException;

    /** Deletes a mail that waits to be sent, perhaps once more. False = there is none. */
    boolean cancel(long id) throws SQLException;

    /** Deletes a mail that is not being sent. False = there is none. */
    boolean delete(long id) throws SQLException;

    /**
     * Gives up waiting mails that are too old, some at a time.
     *
     * @return what was given up; empty = there is no more
     */
    List<Settlement> giveUpExpired() throws SQLException;

    /** Deletes finished mails that need not be remembered any longer, some at a time. True = there may be more. */
    boolean deleteExpired() throws SQLException;
}
