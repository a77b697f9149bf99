package dev.mailroom.facade;

import dev.mailroom.SmtpSessions;
import dev.mailroom.receiving.ReceivingSessions;
import jakarta.annotation.Resource;
import jakarta.ejb.Local;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Qualifier;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;

/**
 * The facade as an EJB, for {@code @EJB} and look-ups. Functions that may put a mail into the spool run in the caller's
 * transaction, all others outside of it. The qualifier keeps it out of the way of {@code @Inject}.
 */
@Stateless
@Local(MailFacade.class)
@Dependent
@MailFacadeBean.AsEjb
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MailFacadeBean extends MailFunctions {
    /** Without this {@code @Inject} gets the facade that works in every state of a transaction. */
    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface AsEjb {
    }

    @Resource
    private SessionContext context;

    /** For the container. */
    public MailFacadeBean() {
        // Everything is injected.
    }

    MailFacadeBean(SessionContext context, CallingPrincipal principal, SmtpSessions sessions,
            ReceivingSessions mailboxes, CallerStates states, MailSender sender, MailStatuses statuses) {
        super(principal, sessions, mailboxes, states, sender, statuses);
        this.context = context;
    }

    @Override
    Map<String, Object> contextData() {
        return context.getContextData();
    }
}
