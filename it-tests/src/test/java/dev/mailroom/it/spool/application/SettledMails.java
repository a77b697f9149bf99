package dev.mailroom.it.spool.application;

import dev.mailroom.spool.MailSettled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hears what became of spooled mails. */
@ApplicationScoped
public class SettledMails {
    private final BlockingQueue<MailSettled> heard = new LinkedBlockingQueue<>();

    void hear(@ObservesAsync MailSettled event) {
        heard.add(event);
    }

    /** Waits for the event of a mail. */
    public MailSettled await(long id) throws InterruptedException {
        MailSettled event = heard.poll(30, TimeUnit.SECONDS);
        while (event != null && event.id().number() != id) {
            event = heard.poll(30, TimeUnit.SECONDS);
        }
        if (event == null) {
            throw new AssertionError("no event of mail " + id);
        }
        return event;
    }
}
