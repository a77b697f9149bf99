package dev.mailroom.facade;

import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.SpoolFill;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
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

    /** Deletes a mail that is not just being sent. False = there is none. */
    boolean delete(MailIdentifier id) throws SpoolException;

    /** How much waits. */
    SpoolFill fill() throws SpoolException;
}
