package dev.mailroom.spool.drain;

import dev.mailroom.spool.MailArchive;
import dev.mailroom.spool.MailClaims;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.SpooledMail;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The mails that this server holds under a lease: those of running turns, and those whose outcome could not be written
 * yet. Only their leases are extended, so that claims whose answer was lost come free by themselves. Thread-safe; the
 * database is never waited for under the lock.
 */
final class LeasedMails {
    /**
     * Mails to be sent.
     *
     * @param all whether nothing else is due
     */
    record MailsToSend(List<SpooledMail> toSend, boolean all) {
    }

    private record Holding(SpooledMail mail, Object turn, long claimedAt, long heldSince) {
    }

    private record Unseen(SpooledMail mail, long committedAt) {
    }

    private final MailClaims claims;
    private final MailArchive archive;
    private final LeaseClock leases;
    private final SpoolListener listener;
    private final Map<Long, Holding> held = new LinkedHashMap<>();
    private final Map<Long, Settlement> unwritten = new LinkedHashMap<>();
    /** Accepted by this server and not read from the table: their rows may be seen later than their commit is heard. */
    private final Map<Long, Unseen> unseen = new LinkedHashMap<>();

    LeasedMails(SpoolStore store, LeaseClock leases, SpoolListener listener) {
        this.claims = store.claims();
        this.archive = store.archive();
        this.leases = leases;
        this.listener = listener;
    }

    /**
     * Writes outcomes, as {@link #settle} does, and claims up to that many mails to be sent, in the same transaction;
     * they are held until they are settled or the turn is released.
     */
    MailsToSend settleAndClaim(List<Settlement> outcomes, SpoolQueue queue, int most, Object turn)
            throws SQLException {
        long claimedAt = leases.now();
        MailClaims.Turnover turnover = written(outcomes, () -> claims.settleAndClaim(outcomes, queue, most),
                MailClaims.Turnover::written);
        List<SpooledMail> toSend = hold(turnover.claimed(), turn, claimedAt);
        turnover.written().forEach(listener::settled);
        return new MailsToSend(toSend, turnover.all());
    }

    private synchronized List<SpooledMail> hold(List<SpooledMail> claimed, Object turn, long claimedAt) {
        long heldSince = leases.now();
        List<SpooledMail> toSend = new ArrayList<>();
        for (SpooledMail mail : claimed) {
            held.put(mail.id(), new Holding(mail, turn, claimedAt, heldSince));
            Settlement known = unwritten.get(mail.id());
            if (known != null && known.attempted()) {
                // Another server took it over before we could write what became of it: it must not be sent again here.
                unwritten.put(mail.id(), known.of(mail));
            } else {
                toSend.add(mail);
            }
        }
        return toSend;
    }

    /** Now, for {@link #hold}: to be asked before the mail is claimed. */
    long now() {
        return leases.now();
    }

    /** A mail that was claimed when it was accepted. */
    synchronized void hold(SpooledMail mail, Object turn, long claimedAt) {
        long now = leases.now();
        held.put(mail.id(), new Holding(mail, turn, claimedAt, now));
        // The oldest are the first.
        Iterator<Unseen> old = unseen.values().iterator();
        while (old.hasNext() && !leases.mayAppear(old.next().committedAt())) {
            old.remove();
        }
        unseen.put(mail.id(), new Unseen(mail, now));
    }

    /** Such mails belong to another turn now. */
    synchronized void handOver(List<SpooledMail> mails, Object turn) {
        for (SpooledMail mail : mails) {
            held.computeIfPresent(mail.id(), (id, old) -> isHeld(old, mail)
                    ? new Holding(mail, turn, old.claimedAt(), old.heldSince()) : old);
        }
    }

    /** Mails that were claimed and are not sent now. */
    void giveBack(List<SpooledMail> mails) throws SQLException {
        settle(mails.stream().map(Settlement::untouched).toList());
    }

    /** Writes outcomes and tells the listener; what cannot be written is kept for {@link #writeAgain}. */
    void settle(List<Settlement> outcomes) throws SQLException {
        if (!outcomes.isEmpty()) {
            written(outcomes, () -> claims.settle(outcomes), written -> written).forEach(listener::settled);
        }
    }

    private interface Writing<T> {
        T write() throws SQLException;
    }

    private <T> T written(List<Settlement> outcomes, Writing<T> writing, Function<T, List<Settlement>> which)
            throws SQLException {
        boolean done = false;
        try {
            T result = writing.write();
            Set<Settlement> written = Collections.newSetFromMap(new IdentityHashMap<>());
            written.addAll(which.apply(result));
            outcomes.forEach(outcome -> heard(outcome, written.contains(outcome)));
            done = true;
            return result;
        } finally {
            if (!done) {
                outcomes.forEach(this::keep);
            }
        }
    }

    /** Where there was no row, it may appear: then it must not look unsent. */
    private synchronized void heard(Settlement outcome, boolean written) {
        Unseen waiting = unseen.get(outcome.mail().id());
        boolean mayAppear = waiting != null && waiting.mail().sameClaim(outcome.mail()) && outcome.attempted()
                && leases.mayAppear(waiting.committedAt());
        if (!written && mayAppear) {
            keep(outcome);
        } else {
            forget(outcome);
        }
    }

    /** Writes what could not be written. Reports a failure and throws nothing: the sweep has more to do. */
    void writeAgain() {
        for (Settlement outcome : unwritten()) {
            try {
                boolean written = !claims.settle(List.of(outcome)).isEmpty() || wasWritten(outcome);
                heard(outcome, written);
                if (written) {
                    listener.settled(outcome);
                }
            } catch (SQLException | RuntimeException e) {
                putLast(outcome);
                listener.failed(e);
                return;
            }
        }
    }

    /** The first attempt may have been committed although its answer was lost; then nobody has been told. */
    private boolean wasWritten(Settlement outcome) throws SQLException {
        return !outcome.state().open() && archive.status(outcome.mail().id())
                .filter(status -> status.state() == outcome.state()).isPresent();
    }

    /** Extends all leases; mails whose lease is lost are held no longer. */
    void extendLeases() throws SQLException {
        long begunAt = leases.now();
        List<SpooledMail> mails = leased();
        if (!mails.isEmpty()) {
            claims.extendLeases(mails).forEach(this::drop);
        }
        leases.extended(begunAt);
    }

    /** Whether a mail may be begun with: its lease was not found lost, and by our own clock it will not end soon. */
    synchronized boolean maySend(SpooledMail mail) {
        Holding holding = held.get(mail.id());
        return isHeld(holding, mail) && leases.mayBegin(holding.claimedAt(), holding.heldSince());
    }

    /** Whether the content of a mail that was begun with may be sent. */
    synchronized boolean mayFinish(SpooledMail mail) {
        Holding holding = held.get(mail.id());
        return isHeld(holding, mail) && leases.holds(holding.claimedAt(), holding.heldSince());
    }

    private static boolean isHeld(Holding holding, SpooledMail mail) {
        return holding != null && holding.mail().sameClaim(mail);
    }

    /** Whether its time is over, by our own clock. */
    synchronized boolean hasExpired(SpooledMail mail) {
        Holding holding = held.get(mail.id());
        return mail.left().isPresent() && isHeld(holding, mail)
                && leases.isOver(mail.left().get(), holding.claimedAt());
    }

    /** A turn is over: what it has neither settled nor kept for later comes free when its lease ends. */
    synchronized void release(Object turn) {
        held.values().removeIf(holding -> holding.turn() == turn);
    }

    private synchronized List<SpooledMail> leased() {
        return Stream.concat(held.values().stream().map(Holding::mail),
                unwritten.values().stream().map(Settlement::mail)).distinct().toList();
    }

    private synchronized List<Settlement> unwritten() {
        return List.copyOf(unwritten.values());
    }

    private synchronized void keep(Settlement outcome) {
        unwritten.put(outcome.mail().id(), outcome);
    }

    /** One that can never be written must not hold up the others. */
    private synchronized void putLast(Settlement outcome) {
        if (unwritten.remove(outcome.mail().id(), outcome)) {
            keep(outcome);
        }
    }

    private synchronized void forget(Settlement outcome) {
        unwritten.remove(outcome.mail().id(), outcome);
        unseen.computeIfPresent(outcome.mail().id(),
                (id, old) -> old.mail().sameClaim(outcome.mail()) ? null : old);
        drop(outcome.mail());
    }

    private synchronized void drop(SpooledMail mail) {
        Holding holding = held.get(mail.id());
        if (isHeld(holding, mail)) {
            held.remove(mail.id());
        }
    }
}
