package dev.mailroom.spool.service;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Does something once the caller's transaction has committed, or at once where there is none. */
final class AfterCommit {
    private AfterCommit() {
    }

    static void run(TransactionSynchronizationRegistry transactions, boolean inTransaction, Runnable committed,
            Runnable rolledBack) {
        if (!inTransaction) {
            committed.run();
            return;
        }
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Nothing to do: the insert is part of the transaction.
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    committed.run();
                } else if (status == Status.STATUS_ROLLEDBACK) {
                    rolledBack.run();
                } else {
                    // Its outcome is not known: whoever waits looks, and a mail that is there after all is sent,
                    // out of the table only, where it is or is not.
                    rolledBack.run();
                    committed.run();
                }
            }
        });
    }
}
