package dev.mailroom.facade;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSession;
import dev.mailroom.mime.ComposedMail;
import dev.mailroom.mime.Composer;
import dev.mailroom.spool.RecipientOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A mailing on its way over a synchronous session. Mails are composed some at a time, before a connection is taken for
 * them. What a lost connection left unsent goes over the next one, the mail that it ended with once more: many servers
 * say 421 after so many mails on a connection. Used once, by one thread.
 */
final class MailStream implements Iterator<Mail> {
    /** So many that the first round trip of a stream does not matter, so few that they are composed in milliseconds. */
    private static final int MAILS = 256;
    private static final long OCTETS = 4 << 20;
    private static final int CLOSING = 421;
    /** After so many connections in a row that took no mail no other is tried. */
    private static final int VAIN_CONNECTIONS = 3;

    /** A mail; suspect = a connection ended with it once, after it had taken others. */
    private record Item(int index, ComposedMail composed, boolean suspect) {
    }

    private final Mailing mailing;
    private final SmtpSession session;
    private final Composer composer;
    private final Deque<Item> waiting = new ArrayDeque<>();
    private final Deque<Item> inFlight = new ArrayDeque<>();
    private final Deque<Item> unsent = new ArrayDeque<>();
    private int uncomposed;
    private boolean progress;
    private Failure trouble;

    MailStream(Mailing mailing, SmtpSession session, Composer composer) {
        this.mailing = mailing;
        this.session = session;
        this.composer = composer;
    }

    /** @throws SmtpException when the server takes no more; mails without an end were not sent */
    void run() throws SmtpException {
        int vain = 0;
        compose();
        while (!waiting.isEmpty()) {
            progress = false;
            trouble = null;
            session.sendAll(this, this::outcome);
            vain = progress ? 0 : vain + 1;
            if (vain == VAIN_CONNECTIONS) {
                throw new SmtpException(trouble);
            }
            while (!unsent.isEmpty()) {
                waiting.addFirst(unsent.removeLast());
            }
            compose();
        }
    }

    private void compose() {
        long octets = waiting.stream().mapToLong(item -> item.composed().mail().data().size()).sum();
        while (uncomposed < mailing.size() && waiting.size() < MAILS && octets < OCTETS) {
            int index = uncomposed++;
            try {
                Email email = Arguments.withoutKey(mailing.email(index), session);
                ComposedMail composed = composer.compose(EmailTranslator.draft(email, session.defaults(), false));
                octets += composed.mail().data().size();
                waiting.add(new Item(index, composed, false));
            } catch (MailFunctionException | RuntimeException e) {
                mailing.failed(index, Errors.of("SendAll", e));
            }
        }
    }

    @Override
    public boolean hasNext() {
        return !waiting.isEmpty();
    }

    @Override
    public Mail next() {
        if (waiting.isEmpty()) {
            throw new NoSuchElementException();
        }
        inFlight.add(waiting.remove());
        return inFlight.getLast().composed().mail();
    }

    private void outcome(Mail mail, Outcome outcome) {
        Item item = inFlight.remove();
        if (outcome instanceof Failure failure && !failure.reusable()) {
            boolean culprit = trouble == null;
            trouble = failure;
            if (culprit && cannotBeRead(item)) {
                // The failure is not the server's.
                progress = true;
            } else if (isUnsent(failure) && !culprit) {
                unsent.add(item);
                return;
            } else if (isUnsent(failure) && progress && !item.suspect()) {
                unsent.add(new Item(item.index(), item.composed(), true));
                return;
            }
        } else {
            progress = true;
        }
        if (outcome.delivery() == Delivery.SENT || outcome.delivery() == Delivery.IN_DOUBT) {
            mailing.email(item.index()).sentAs(item.composed().messageId());
        }
        if (outcome instanceof Failure failure) {
            mailing.failed(item.index(), Errors.of("SendAll", new SmtpException(failure)).to(mail.envelope()));
        } else {
            mailing.sent(item.index(), RecipientOutcome.of(mail.envelope(), outcome));
        }
    }

    /** Whether its content is gone by now, such as an attachment's file. */
    private static boolean cannotBeRead(Item item) {
        try {
            item.composed().mail().data().writeTo(OutputStream.nullOutputStream());
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether the end of the connection is why the mail was not sent. */
    private static boolean isUnsent(Failure failure) {
        return failure.delivery() == Delivery.NOT_SENT || failure.reply().code() == CLOSING;
    }
}
