package dev.mailroom.se;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** There is never a transaction. */
final class NoTransactions implements TransactionSynchronizationRegistry {
    private static IllegalStateException none() {
        return new IllegalStateException("there is no transaction: this container has no JTA");
    }

    @Override
    public Object getTransactionKey() {
        return null;
    }

    @Override
    public void putResource(Object key, Object value) {
        throw none();
    }

    @Override
    public Object getResource(Object key) {
        throw none();
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        throw none();
    }

    @Override
    public int getTransactionStatus() {
        return Status.STATUS_NO_TRANSACTION;
    }

    @Override
    public void setRollbackOnly() {
        throw none();
    }

    @Override
    public boolean getRollbackOnly() {
        throw none();
    }
}
