package dev.mailroom.listening;

import dev.mailroom.receiving.MailListener;
import dev.mailroom.receiving.ReceivedMail;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.inject.Inject;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.Optional;

/** Gives a mail to its listener, in a transaction and a request of its own; not for applications. */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class ListenerTransactions {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.receiving");

    @Resource
    private UserTransaction transaction;
    @Inject
    private RequestContextController request;

    /** Why it was not handled: the listener failed, or the commit; empty = it is committed. */
    public Optional<Throwable> deliver(MailListener listener, ReceivedMail mail) {
        boolean ours = request.activate();
        try {
            transaction.begin();
            boolean handled = false;
            try {
                listener.onMail(mail);
                handled = true;
            } finally {
                if (!handled) {
                    rollBack();
                }
            }
            // Where somebody has marked it for rollback this says so.
            transaction.commit();
            return Optional.empty();
        } catch (Exception | LinkageError | AssertionError | StackOverflowError | OutOfMemoryError e) {
            return Optional.of(e);
        } finally {
            if (ours) {
                request.deactivate();
            }
        }
    }

    private void rollBack() {
        try {
            transaction.rollback();
        } catch (SystemException | RuntimeException e) {
            // The listener's own failure is what the administrator must see.
            LOG.log(System.Logger.Level.DEBUG, "no rollback", e);
        }
    }
}
