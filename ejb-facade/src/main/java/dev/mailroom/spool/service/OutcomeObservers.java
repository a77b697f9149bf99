package dev.mailroom.spool.service;

import dev.mailroom.spool.MailSettled;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Tells the application's observers in transactions of their own; not for applications. */
@Stateless
public class OutcomeObservers {
    @Inject
    private Event<MailSettled> events;
    @Resource
    private SessionContext context;

    /**
     * Tells all of them, waits for them, and acknowledges: what observers on this thread wrote and the acknowledgement
     * are committed together.
     *
     * @throws Exception if one of them failed, or marked the transaction for rollback
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void tell(MailSettled outcome, Callable<?> acknowledgement) throws Exception {
        boolean done = false;
        try {
            events.fire(outcome);
            events.fireAsync(outcome).toCompletableFuture().get();
            acknowledgement.call();
            done = !context.getRollbackOnly();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an asynchronous observer failed", e.getCause());
        } finally {
            if (!done && !context.getRollbackOnly()) {
                context.setRollbackOnly();
            }
        }
        if (!done) {
            throw new IllegalStateException("an observer marked the transaction for rollback");
        }
    }
}
