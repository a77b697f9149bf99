package dev.mailroom.it.unheard;

import dev.mailroom.listening.FromMailbox;
import dev.mailroom.receiving.MailListener;
import dev.mailroom.receiving.ReceivedMail;
import jakarta.enterprise.context.ApplicationScoped;

/** Listens to a mailbox that an administrator has misspelt. */
@ApplicationScoped
@FromMailbox("tickets")
public class Complaints implements MailListener {
    @Override
    public void onMail(ReceivedMail mail) {
        throw new IllegalStateException("it has no mailbox");
    }
}
