package dev.mailroom.connector;

import dev.mailroom.arrival.ListenerUnavailableException;
import dev.mailroom.arrival.MailDelivery;
import dev.mailroom.receiving.MailListener;
import dev.mailroom.receiving.ReceivedMail;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Method;

/** Gives mails to a message-driven bean, in the transaction that it asks for (Jakarta Connectors, section 13.5). */
final class EndpointDelivery implements MailDelivery {
    private final MessageEndpointFactory endpoints;
    private final TransactionSynchronizationRegistry transactions;

    EndpointDelivery(MessageEndpointFactory endpoints, TransactionSynchronizationRegistry transactions) {
        this.endpoints = endpoints;
        this.transactions = transactions;
    }

    /** How a transaction has ended; where there is none nothing is heard. */
    private static final class Ending implements Synchronization {
        private volatile boolean lost;

        @Override
        public void beforeCompletion() {
            // Nothing is written.
        }

        @Override
        public void afterCompletion(int status) {
            lost = status != Status.STATUS_COMMITTED;
        }
    }

    @Override
    public void deliver(ReceivedMail mail) throws Exception {
        MessageEndpoint endpoint;
        try {
            endpoint = endpoints.createEndpoint(null);
        } catch (UnavailableException e) {
            throw new ListenerUnavailableException("the message-driven bean takes no mails now: " + e.getMessage(), e);
        }
        try {
            deliver(endpoint, mail);
        } finally {
            endpoint.release();
        }
    }

    private void deliver(MessageEndpoint endpoint, ReceivedMail mail) throws Exception {
        Method onMail = MailListener.class.getMethod("onMail", ReceivedMail.class);
        Ending ending = new Ending();
        endpoint.beforeDelivery(onMail);
        Exception failure = null;
        try {
            if (transactions.getTransactionStatus() == Status.STATUS_ACTIVE) {
                transactions.registerInterposedSynchronization(ending);
            }
            ((MailListener) endpoint).onMail(mail);
        } catch (Exception e) {
            failure = e;
        }
        try {
            endpoint.afterDelivery();
        } catch (ResourceException e) {
            failure = failure == null ? e : failure;
        }
        if (failure == null && ending.lost) {
            failure = new RollbackException("the transaction of the message-driven bean was rolled back");
        }
        if (failure != null) {
            throw failure;
        }
    }
}
