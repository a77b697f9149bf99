package dev.mailroom.it.contract.application;

import dev.mailroom.facade.MailFacade;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** An EJB whose transactions are the container's. */
@Stateless
public class ManagedTransactions {
    @Inject
    private MailFacade mail;
    @Resource
    private SessionContext context;

    /** Sends a mail in a transaction that then commits, or does not. */
    public String send(String user, String subject, boolean commit) {
        String answer = Letters.send(mail, user, subject);
        if (!commit) {
            context.setRollbackOnly();
        }
        return answer;
    }
}
