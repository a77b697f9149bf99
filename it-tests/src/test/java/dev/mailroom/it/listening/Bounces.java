package dev.mailroom.it.listening;

import dev.mailroom.spool.MailBounced;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.ScriptedSmtpServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears of mails that came back. */
@ApplicationScoped
public class Bounces {
    private final List<MailBounced> bounces = new CopyOnWriteArrayList<>();

    /** The server that mails are sent to. */
    public static ScriptedSmtpServer smtp() {
        return MailboxPorts.SMTP;
    }

    /** The server of the mailbox that reports come to. */
    public static ScriptedMailbox server() {
        return MailboxPorts.BOUNCES;
    }

    void hear(@Observes MailBounced bounce) {
        bounces.add(bounce);
    }

    /** What it has heard. */
    public List<MailBounced> bounces() {
        return List.copyOf(bounces);
    }
}
