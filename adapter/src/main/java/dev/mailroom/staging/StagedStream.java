package dev.mailroom.staging;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;

/**
 * A stream without those mails that may not be sent: they have their outcomes where they stood among the others. Used
 * once, by one thread.
 */
final class StagedStream implements Iterator<Mail> {
    private final Iterator<Mail> mails;
    private final BiConsumer<? super Mail, ? super Outcome> outcomes;
    private final StagingSettings settings;
    private final SmtpSettings session;
    /** In the order of the originals: what was taken and has no outcome yet. */
    private final Deque<StagedMail> taken = new ArrayDeque<>();
    /** The last of them is the next to be given. */
    private boolean ahead;

    StagedStream(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes, StagingSettings settings,
            SmtpSettings session) {
        this.mails = mails;
        this.outcomes = outcomes;
        this.settings = settings;
        this.session = session;
    }

    @Override
    public boolean hasNext() {
        while (!ahead && mails.hasNext()) {
            taken.add(StagedMail.of(mails.next(), settings));
            ahead = taken.getLast().mail().isPresent();
            tellRefused();
        }
        return ahead;
    }

    @Override
    public Mail next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ahead = false;
        return taken.getLast().mail().orElseThrow();
    }

    /** Of the mail that was given first and has none yet. */
    void outcome(Mail mail, Outcome outcome) {
        StagedMail first = taken.remove();
        outcomes.accept(first.original(), first.outcome(outcome));
        tellRefused();
    }

    private void tellRefused() {
        while (!taken.isEmpty() && taken.element().mail().isEmpty()) {
            StagedMail refused = taken.remove();
            outcomes.accept(refused.original(), refused.failure(session));
        }
    }

    /** The connection takes no more: what was looked at last was not sent. */
    void end() {
        tellRefused();
        while (!taken.isEmpty()) {
            StagedMail left = taken.remove();
            outcomes.accept(left.original(), left.mail().isEmpty() ? left.failure(session)
                    : new Failure(Phase.MAIL, "the connection ended before this mail; it was not sent",
                            Delivery.NOT_SENT, false, SmtpReply.NONE, List.of(), session.host(), session.port()));
        }
    }
}
