package dev.mailroom.it.listening;

import dev.mailroom.facade.Email;
import dev.mailroom.listening.FromMailbox;
import dev.mailroom.receiving.MailListener;
import dev.mailroom.receiving.ReceivedMail;
import dev.mailroom.testing.ScriptedMailbox;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Local;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A session bean that remembers what it was given, and how each transaction has ended. */
@Singleton
@LocalBean
@Local(MailListener.class)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@FromMailbox("tickets")
public class Tickets implements MailListener {
    @Resource
    private TransactionSynchronizationRegistry transactions;
    private final List<String> subjects = new CopyOnWriteArrayList<>();
    private final List<String> ends = new CopyOnWriteArrayList<>();

    /** The server of the mailbox. */
    public static ScriptedMailbox server() {
        return MailboxPorts.TICKETS;
    }

    @Override
    public void onMail(ReceivedMail mail) {
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Nothing is written.
            }

            @Override
            public void afterCompletion(int status) {
                ends.add(status == Status.STATUS_COMMITTED ? "committed" : "rolled back");
            }
        });
        Email email = new Email();
        email.readFrom(mail);
        subjects.add(email.getSubject());
        if (email.getSubject().equals("roll back")) {
            transactions.setRollbackOnly();
        }
        if (email.getSubject().equals("throw")) {
            throw new IllegalStateException("it cannot be handled");
        }
    }

    /** The subjects of the mails that it was given. */
    public List<String> subjects() {
        return subjects;
    }

    /** How the transactions have ended. */
    public List<String> ends() {
        return ends;
    }
}
