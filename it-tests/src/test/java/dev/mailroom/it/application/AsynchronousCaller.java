package dev.mailroom.it.application;

import dev.mailroom.facade.MailFacade;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.AsyncResult;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.concurrent.Future;

/** An EJB that mails while its caller goes on. */
@Stateless
@DeclareRoles("accountant")
@PermitAll
public class AsynchronousCaller {
    @Inject
    private MailFacade mail;

    /** Runs the program on a thread of the EJB container. */
    @Asynchronous
    public Future<String> run(String program) {
        return new AsyncResult<>(new MailProgram(mail).run(program));
    }
}
