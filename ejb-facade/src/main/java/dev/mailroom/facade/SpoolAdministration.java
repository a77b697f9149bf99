package dev.mailroom.facade;

import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.SpoolFill;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.UntoldOutcome;
import dev.mailroom.spool.UntoldOutcomes;
import java.util.List;
import java.util.Optional;

/** What administrators do with the spool: an EJB for the role {@value #ROLE}. */
public interface SpoolAdministration {
    /** The role. */
    String ROLE = "mailroom-administrator";

    /**
     * Mails in one state, page by page.
     *
     * @param after the identifier of the last mail of the page before; 0 = from the beginning
     * @param most 1 to 1,000
     */
    List<MailStatus> list(SpoolState state, long after, int most) throws SpoolException;

    /** One mail, whoever sent it. */
    Optional<MailStatus> find(MailIdentifier id) throws SpoolException;

    /** {@code host:port} of a session's server; empty = this server does not know it until the session is started. */
    Optional<String> server(SpoolQueue session) throws SpoolException;

    /** Sends a mail that failed or is in doubt again, to those who have not got it. False = it is neither. */
    boolean resend(MailIdentifier id) throws SpoolException;

    /**
     * Sends all mails again that one incident has put in doubt: a connection that broke, or a server that died.
     *
     * @param incident {@link MailStatus#incident}
     * @return how many there were
     */
    int resendIncident(String incident) throws SpoolException;

    /** Deletes all mails that one incident has put in doubt. @return how many there were */
    int deleteIncident(String incident) throws SpoolException;

    /** Deletes a mail that is not just being sent. False = there is none. */
    boolean delete(MailIdentifier id) throws SpoolException;

    /**
     * Outcomes that the application has not acknowledged: its observers of {@link dev.mailroom.spool.MailSettled} are
     * being told, have failed, or wait for the next time; page by page.
     *
     * @param after the identifier of the last mail of the page before; 0 = from the beginning
     * @param most 1 to 1,000
     */
    List<UntoldOutcome> untold(long after, int most) throws SpoolException;

    /** How many of these there are, how many of them have failed, and since when the first waits. */
    UntoldOutcomes untold() throws SpoolException;

    /** Tells the application of a mail's outcome now instead of after the back-off. False = it need not be told. */
    boolean tellAgain(MailIdentifier id) throws SpoolException;

    /** Tells the application no more of a mail's outcome. False = it need not be told. */
    boolean dropOutcome(MailIdentifier id) throws SpoolException;

    /** How much waits. */
    SpoolFill fill() throws SpoolException;
}
