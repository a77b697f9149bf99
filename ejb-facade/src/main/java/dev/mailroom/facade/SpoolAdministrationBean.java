package dev.mailroom.facade;

import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.Spool;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.SpoolFill;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** The spool for administrators. */
@Stateless
@Local(SpoolAdministration.class)
@DeclareRoles(SpoolAdministration.ROLE)
@RolesAllowed(SpoolAdministration.ROLE)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SpoolAdministrationBean implements SpoolAdministration {
    private static final int LONGEST_PAGE = 1_000;

    @Inject
    private Spool spool;

    @Override
    public List<MailStatus> list(SpoolState state, long after, int most) throws SpoolException {
        if (most < 1 || most > LONGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + LONGEST_PAGE + " mails, was " + most);
        }
        return spool.list(state, after, most);
    }

    @Override
    public Optional<MailStatus> find(MailIdentifier id) throws SpoolException {
        return spool.status(id);
    }

    @Override
    public Optional<String> server(SpoolQueue session) throws SpoolException {
        return spool.server(session);
    }

    @Override
    public boolean resend(MailIdentifier id) throws SpoolException {
        return spool.resend(id);
    }

    @Override
    public boolean delete(MailIdentifier id) throws SpoolException {
        return spool.delete(id);
    }

    @Override
    public SpoolFill fill() throws SpoolException {
        return spool.fill();
    }
}
