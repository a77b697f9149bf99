package dev.mailroom.jmx;

import dev.mailroom.receiving.ListenedMailbox;
import java.util.List;

/** Passes on what there is to see of a mailbox. */
final class MailboxBean implements MailboxMXBean {
    private final ListenedMailbox mailbox;

    MailboxBean(ListenedMailbox mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public String getName() {
        return mailbox.name();
    }

    @Override
    public String getPlace() {
        return mailbox.place();
    }

    @Override
    public String getState() {
        return mailbox.state().name();
    }

    @Override
    public String getTrouble() {
        return mailbox.trouble();
    }

    @Override
    public long getHandled() {
        return mailbox.handled();
    }

    @Override
    public long getFailures() {
        return mailbox.failures();
    }

    @Override
    public long getDeadLetters() {
        return mailbox.deadLetters();
    }

    @Override
    public List<String> getSetAside() {
        return mailbox.setAside().stream()
                .map(mail -> mail.identifier() + " (" + mail.deliveries() + " deliveries): " + mail.error()).toList();
    }

    @Override
    public boolean deliverAgain(String identifier) {
        boolean again = mailbox.deliverAgain(identifier);
        if (again) {
            JmxAuditTrail.did("gave mail " + identifier + " of mailbox " + mailbox.name() + " to its listener again");
        }
        return again;
    }

    @Override
    public void look() {
        mailbox.look();
        JmxAuditTrail.did("looked into mailbox " + mailbox.name());
    }
}
