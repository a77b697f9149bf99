package dev.mailroom.spool.service;

import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.concurrent.Callable;

/** The container's threads and transactions for the spool; not for applications. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SpoolThreads {
    /** Runs it on a thread of the EJB container, without a transaction. */
    @Asynchronous
    public void execute(Runnable work) {
        work.run();
    }

    /** Runs it here, with the caller's transaction suspended. */
    public <T> T outside(Callable<T> work) throws Exception {
        return work.call();
    }
}
