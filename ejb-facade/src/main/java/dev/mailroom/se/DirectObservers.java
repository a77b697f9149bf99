package dev.mailroom.se;

import dev.mailroom.spool.MailSettled;
import dev.mailroom.spool.service.OutcomeObservers;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Tells observers without a transaction: the acknowledgement follows once all of them have returned. */
final class DirectObservers extends OutcomeObservers {
    private final BeanManager beans;

    DirectObservers(BeanManager beans) {
        this.beans = beans;
    }

    @Override
    public void tell(MailSettled outcome, Callable<?> acknowledgement) throws Exception {
        beans.getEvent().fire(outcome);
        try {
            beans.getEvent().fireAsync(outcome).toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an asynchronous observer failed", e.getCause());
        }
        acknowledgement.call();
    }
}
