package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.secret.SecretOrigin;
import dev.mailroom.transport.SmtpTransport;
import dev.mailroom.transport.TransportFactory;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/**
 * The transport under one managed connection, replaced by a fresh one where it turns out that the other side has merely
 * hung up between two mails, which is what spares a validation round trip before each mail, or takes no more mails on
 * one connection. Used by one thread at a time, but closed by any, also while it is being replaced.
 */
final class ReplaceableTransport {
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(5);

    private final TransportFactory transports;
    /** Null while it rests: an idle connection remembers no password. */
    private SmtpSettings settings;
    private boolean reused;
    /** Mails after which a connection has done enough; 0 = it may carry any number. Known while it rests, too. */
    private int maxUses;
    /** Mails given to the current connection. */
    private int uses;
    private final MailLimit mailLimit;
    /** Whether the current connection has told how it ends. */
    private boolean ended;
    private OptionalInt learned = OptionalInt.empty();
    /** Where the secret comes from, if it may change; holds none that a caller gave. */
    private final Optional<SecretOrigin> secret;
    /** The secret's when the current connection was opened. */
    private int generation;
    private volatile SmtpTransport current;
    /** Set under the lock under which a fresh one is taken over: whoever comes second closes that. */
    private volatile boolean closed;

    /**
     * Opens the first connection.
     *
     * @param mailLimit what is known of the session's server, to which this adds
     */
    ReplaceableTransport(SmtpSettings settings, Deadline deadline, TransportFactory transports, MailLimit mailLimit)
            throws SmtpException {
        this.mailLimit = mailLimit;
        this.settings = settings;
        this.maxUses = settings.limits().maxUses();
        this.transports = transports;
        this.secret = settings.secret().origin();
        this.generation = generationNow();
        this.current = transports.open(settings, deadline);
    }

    private int generationNow() {
        return secret.isEmpty() ? 0 : secret.get().generation();
    }

    /** Serves a request with these settings from now on; their identity is that of the first. */
    void use(SmtpSettings other) {
        settings = other;
        maxUses = other.limits().maxUses();
        current.use(other);
    }

    /** Waits for its next {@link #use} from now on; it may have waited for its first mail too. */
    void rest() {
        settings = null;
        reused = true;
        current.rest();
    }

    /**
     * Sends one mail. If the connection served before and is lost before any content was written, or is worn out
     * ({@link FailureScope#CONNECTION}), nobody can have received anything: one fresh connection is tried. Recipients
     * that were too many for the server go in further mail transactions. Used up by earlier mails, it is replaced
     * before anything is sent.
     */
    Outcome send(Mail mail, Deadline deadline) {
        Outcome outcome = sendOnce(mail, deadline);
        if (outcome instanceof Receipt receipt && PartialReceipt.leavesRest(mail, receipt)) {
            return sendRest(mail, receipt, deadline);
        }
        return outcome;
    }

    private Outcome sendOnce(Mail mail, Deadline deadline) {
        if (usedUp()) {
            return sendAfresh(mail, deadline);
        }
        uses++;
        Outcome outcome = current.send(mail, deadline);
        boolean again = outcome instanceof Failure && ResumedStream.comesAgain(mail, outcome);
        learn(outcome, uses - 1);
        if (reused && current.lostBeforeContent() || again) {
            outcome = sendAfresh(mail, deadline);
        }
        reused = true;
        return outcome;
    }

    /** Each transaction takes one recipient at least, or is the last. */
    private Outcome sendRest(Mail mail, Receipt first, Deadline deadline) {
        PartialReceipt sum = PartialReceipt.of(Optional.empty(), first);
        Outcome outcome = sendOnce(sum.rest(mail), deadline);
        while (outcome instanceof Receipt receipt && PartialReceipt.leavesRest(mail, receipt)) {
            sum = PartialReceipt.of(Optional.of(sum), receipt);
            outcome = sendOnce(sum.rest(mail), deadline);
        }
        return sum.with(mail, outcome);
    }

    private Outcome sendAfresh(Mail mail, Deadline deadline) {
        try {
            reopen(deadline);
            uses++;
            return current.send(mail, deadline);
        } catch (SmtpException e) {
            return e.failure();
        }
    }

    /**
     * Sends a stream. A reused connection is asked first: one round trip for many mails. Goes on over a fresh one as
     * often as the last has carried mails and is worn out, or is used up. The failure if the connection was gone or
     * used up and another could not be opened, and no mail that was taken has it as its outcome.
     */
    Optional<SmtpException> sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes) {
        if (!usedUp() && reused && !current.probe(PROBE_PATIENCE)) {
            try {
                reopen(Deadline.after(settings.timeouts().send()));
            } catch (SmtpException e) {
                return Optional.of(e);
            }
        }
        ResumedStream stream = new ResumedStream(mails, outcomes);
        Optional<SmtpException> end = Optional.empty();
        boolean told = false;
        try {
            do {
                if (usedUp() || !current.reusable()) {
                    reopen(Deadline.after(settings.timeouts().send()));
                }
                sendPart(stream);
            } while (stream.resumes() || usedUp() && current.reusable() && stream.goesOn());
        } catch (SmtpException e) {
            end = Optional.of(e);
        } finally {
            told = stream.end(end.map(SmtpException::failure));
        }
        return told ? Optional.empty() : end;
    }

    /** As much of a stream as the current connection may carry. */
    private void sendPart(ResumedStream stream) {
        reused = true;
        long before = stream.taken();
        int most = mostUses();
        stream.takeNoMoreThan(most == 0 ? Long.MAX_VALUE : most - uses);
        try {
            current.sendAll(stream, new CountedOutcomes(stream));
        } finally {
            uses = (int) Math.min(Integer.MAX_VALUE, uses + stream.taken() - before);
        }
    }

    /** Counts the outcomes of one connection: the first refusal tells how many mails it bore before. */
    private final class CountedOutcomes implements BiConsumer<Mail, Outcome> {
        private final ResumedStream stream;
        private int borne = uses;

        CountedOutcomes(ResumedStream stream) {
            this.stream = stream;
        }

        @Override
        public void accept(Mail mail, Outcome outcome) {
            learn(outcome, borne);
            borne++;
            stream.accept(mail, outcome);
        }
    }

    /** The first mail that costs a connection tells how many it bore; what travelled behind tells nothing. */
    private void learn(Outcome outcome, int borne) {
        if (ended || !(outcome instanceof Failure failure) || failure.reusable()) {
            return;
        }
        ended = true;
        if (failure.scope() == FailureScope.CONNECTION && failure.delivery() != Delivery.IN_DOUBT) {
            OptionalInt news = mailLimit.refusedAfter(borne, failure.reply());
            learned = news.isPresent() ? news : learned;
        }
    }

    /** The number of mails that the server was just found to take on a connection; told once. */
    OptionalInt learnedMailLimit() {
        OptionalInt news = learned;
        learned = OptionalInt.empty();
        return news;
    }

    private void reopen(Deadline deadline) throws SmtpException {
        current.close();
        if (!closed) {
            int opened = generationNow();
            SmtpTransport fresh = transports.open(settings, deadline);
            generation = opened;
            if (replacedBy(fresh)) {
                reused = false;
                uses = 0;
                ended = false;
                return;
            }
            fresh.close();
        }
        throw new SmtpException(Failure.before(Phase.LEASE, "the pool closed the connection of " + settings.user()
                + " while it was used; nothing was sent", settings));
    }

    private synchronized boolean replacedBy(SmtpTransport fresh) {
        if (!closed) {
            current = fresh;
        }
        return !closed;
    }

    /** Whether there is a secret that the server offered no way to use. */
    boolean unauthenticated() {
        return settings.secret().kind() != Secret.Kind.NONE && !current.authenticated();
    }

    boolean reusable() {
        return current.reusable();
    }

    /** Whether the connection has carried as many mails as its session lets one carry, or as its server takes. */
    boolean usedUp() {
        int most = mostUses();
        return most > 0 && uses >= most;
    }

    /** 0 = any number. */
    private int mostUses() {
        int borne = mailLimit.mails();
        return maxUses == 0 ? borne : borne == 0 ? maxUses : Math.min(maxUses, borne);
    }

    /** Whether nothing was heard from the server since the last mail, and it knows this secret; no round trip. */
    boolean quiet() {
        return generation == generationNow() && current.reusable() && current.quiet();
    }

    /** Whether the server answers NOOP within a few seconds. */
    boolean probe() {
        return current.reusable() && current.probe(PROBE_PATIENCE);
    }

    String serverName() {
        return current.serverName();
    }

    /** For good. Never throws, never blocks. */
    void close() {
        SmtpTransport last;
        synchronized (this) {
            closed = true;
            last = current;
        }
        last.close();
    }
}
