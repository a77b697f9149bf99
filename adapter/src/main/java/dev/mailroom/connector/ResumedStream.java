package dev.mailroom.connector;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A stream of mails as the connections under it see it: those that a worn-out connection refused come again on the next
 * one, and recipients that were too many for one mail transaction go in a further one. Whoever gave the mails hears one
 * outcome of each, in their order; what is settled behind a mail that comes again waits for it. For one thread.
 */
final class ResumedStream implements Iterator<Mail>, BiConsumer<Mail, Outcome> {
    private static final int MOST_BARREN = 3;

    private final Iterator<Mail> source;
    private final BiConsumer<? super Mail, ? super Outcome> told;
    /** From the first mail that comes again on, in their order. */
    private final Deque<HeldMail> untold = new ArrayDeque<>();
    private final Deque<HeldMail> again = new ArrayDeque<>();
    private final Deque<HeldMail> underWayAgain = new ArrayDeque<>();
    /** How many the current connection may still be given. */
    private long room = Long.MAX_VALUE;
    private long taken;
    private long answered;
    /** Whether the present connection has carried a mail. */
    private boolean progress;
    /** Connections in a row that have carried none. */
    private int barren;
    private boolean blocked;

    private static final class HeldMail {
        private final Mail given;
        private Mail sent;
        private Outcome outcome;
        private Optional<PartialReceipt> soFar = Optional.empty();
        private boolean settled;
        /** Which of the mails taken it is. */
        private long position;

        HeldMail(Mail given, Outcome outcome) {
            this.given = given;
            this.sent = given;
            this.outcome = outcome;
        }
    }

    ResumedStream(Iterator<Mail> source, BiConsumer<? super Mail, ? super Outcome> told) {
        this.source = source;
        this.told = told;
    }

    @Override
    public boolean hasNext() {
        return room > 0 && (!again.isEmpty() || source.hasNext());
    }

    @Override
    public Mail next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        HeldMail entry = again.poll();
        Mail mail = entry == null ? source.next() : entry.sent;
        if (entry != null) {
            entry.position = taken;
            underWayAgain.add(entry);
        }
        taken++;
        room--;
        return mail;
    }

    /** The connection under it may be given that many mails from now on. */
    void takeNoMoreThan(long mails) {
        room = mails;
    }

    /** Mails given to connections so far; one that comes again counts again. */
    long taken() {
        return taken;
    }

    @Override
    public void accept(Mail mail, Outcome outcome) {
        boolean resent = !underWayAgain.isEmpty() && underWayAgain.peek().position == answered;
        answered++;
        boolean more = comesAgain(mail, outcome);
        progress |= outcome instanceof Receipt;
        if (resent || more || !untold.isEmpty()) {
            hold(resent ? underWayAgain.remove() : held(mail, outcome), outcome, more);
            tell();
        } else {
            note(outcome);
            told.accept(mail, outcome);
        }
    }

    private HeldMail held(Mail mail, Outcome outcome) {
        HeldMail entry = new HeldMail(mail, outcome);
        untold.add(entry);
        return entry;
    }

    private void hold(HeldMail entry, Outcome outcome, boolean more) {
        entry.outcome = outcome;
        if (outcome instanceof Receipt receipt && more) {
            PartialReceipt sum = PartialReceipt.of(entry.soFar, receipt);
            entry.soFar = Optional.of(sum);
            entry.sent = sum.rest(entry.given);
        }
        if (more) {
            again.add(entry);
        } else {
            settle(entry);
        }
    }

    private void settle(HeldMail entry) {
        Outcome last = entry.outcome;
        note(last);
        entry.outcome = entry.soFar.map(sum -> sum.with(entry.given, last)).orElse(last);
        entry.settled = true;
    }

    private void tell() {
        while (!untold.isEmpty() && untold.peek().settled) {
            HeldMail entry = untold.remove();
            told.accept(entry.given, entry.outcome);
        }
    }

    private void note(Outcome outcome) {
        blocked |= outcome instanceof Failure failure && failure.scope().compareTo(FailureScope.SENDER) > 0;
    }

    /** Whether the mail, or a part of its recipients, is to be sent once more. */
    static boolean comesAgain(Mail mail, Outcome outcome) {
        if (outcome instanceof Failure failure) {
            return failure.scope() == FailureScope.CONNECTION && failure.delivery() != Delivery.IN_DOUBT;
        }
        return PartialReceipt.leavesRest(mail, (Receipt) outcome);
    }

    /**
     * Whether mails wait for a fresh connection, and there is a point in it. One that carried nothing is no reason to
     * end: it was used in the wrong way (with BDAT, for one), was worn out when it came, or a mail cost it.
     */
    boolean resumes() {
        barren = progress ? 0 : barren + 1;
        progress = false;
        return !again.isEmpty() && !blocked && barren <= MOST_BARREN;
    }

    /** Whether there are more mails for the connection after one that is used up. May block as the source does. */
    boolean goesOn() {
        return !blocked && (!again.isEmpty() || source.hasNext());
    }

    /** No connection will come any more: what waits for one has failed so. False if nothing did. */
    boolean end(Optional<Failure> reason) {
        boolean waited = !again.isEmpty();
        for (HeldMail entry = again.poll(); entry != null; entry = again.poll()) {
            if (reason.isPresent()) {
                entry.outcome = reason.get();
            }
            settle(entry);
        }
        tell();
        return waited;
    }
}
