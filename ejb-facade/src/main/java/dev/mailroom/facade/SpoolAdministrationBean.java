package dev.mailroom.facade;

import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.SpoolFill;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.UntoldOutcome;
import dev.mailroom.spool.UntoldOutcomes;
import dev.mailroom.spool.service.Spool;
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
        return spool.list(state, after, page(most));
    }

    private static int page(int most) {
        if (most < 1 || most > LONGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + LONGEST_PAGE + " mails, was " + most);
        }
        return most;
    }

    @Override
    public List<UntoldOutcome> untold(long after, int most) throws SpoolException {
        return spool.untold(after, page(most));
    }

    @Override
    public UntoldOutcomes untold() throws SpoolException {
        return spool.untold();
    }

    @Override
    public boolean tellAgain(MailIdentifier id) throws SpoolException {
        return spool.tellAgain(id);
    }

    @Override
    public boolean dropOutcome(MailIdentifier id) throws SpoolException {
        return spool.dropOutcome(id);
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
    public int resendIncident(String incident) throws SpoolException {
        return spool.resendIncident(incident);
    }

    @Override
    public int deleteIncident(String incident) throws SpoolException {
        return spool.deleteIncident(incident);
    }

    @Override
    public boolean delete(MailIdentifier id) throws SpoolException {
        return spool.delete(id, false);
    }

    @Override
    public SpoolFill fill() throws SpoolException {
        return spool.fill();
    }
}
