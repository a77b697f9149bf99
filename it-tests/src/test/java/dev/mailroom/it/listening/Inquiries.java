package dev.mailroom.it.listening;

import dev.mailroom.facade.Email;
import dev.mailroom.listening.FromMailbox;
import dev.mailroom.receiving.MailListener;
import dev.mailroom.receiving.ReceivedMail;
import dev.mailroom.testing.ScriptedMailbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was given. */
@ApplicationScoped
@FromMailbox("inquiries")
public class Inquiries implements MailListener {
    private final List<String> subjects = new CopyOnWriteArrayList<>();

    @Override
    public void onMail(ReceivedMail mail) {
        Email email = new Email();
        email.readFrom(mail);
        subjects.add(email.getSubject());
    }

    /** The server of the mailbox. */
    public static ScriptedMailbox server() {
        return MailboxPorts.INQUIRIES;
    }

    /** The subjects of the mails that it was given. */
    public List<String> subjects() {
        return List.copyOf(subjects);
    }
}
