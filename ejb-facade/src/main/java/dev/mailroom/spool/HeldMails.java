package dev.mailroom.spool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The mails that this server holds: those of running turns, and those whose outcome could not be written yet. Only
 * their leases are extended, so that whatever was claimed without our knowing comes free by itself. Thread-safe; the
 * database is never waited for under the lock.
 */
final class HeldMails {
    private record Holding(SpooledMail mail, Object turn) {
    }

    private final SpoolStore store;
    private final SpoolListener listener;
    private final Map<Long, Holding> held = new LinkedHashMap<>();
    private final Map<Long, Settlement> unwritten = new LinkedHashMap<>();

    HeldMails(SpoolStore store, SpoolListener listener) {
        this.store = store;
        this.listener = listener;
    }

    /** Claims up to that many mails to be sent; they are held until they are settled or the turn is released. */
    List<SpooledMail> claim(String queue, int most, Object turn) throws SQLException {
        return hold(store.claim(queue, most), turn);
    }

    private synchronized List<SpooledMail> hold(List<SpooledMail> claimed, Object turn) {
        List<SpooledMail> toSend = new ArrayList<>();
        for (SpooledMail mail : claimed) {
            held.put(mail.id(), new Holding(mail, turn));
            Settlement known = unwritten.get(mail.id());
            if (known != null && known.attempted()) {
                // Another server took it over before we could write what became of it: we know better than to send it.
                unwritten.put(mail.id(), known.of(mail));
            } else {
                toSend.add(mail);
            }
        }
        return toSend;
    }

    /** Writes outcomes and tells the listener; what cannot be written is kept for {@link #writeAgain}. */
    void settle(List<Settlement> outcomes) throws SQLException {
        boolean done = false;
        List<Settlement> written;
        try {
            written = store.settle(outcomes);
            done = true;
        } finally {
            outcomes.forEach(done ? this::forget : this::keep);
        }
        written.forEach(listener::settled);
    }

    /** Writes what could not be written. Tells of trouble and throws nothing: the sweep has more to do. */
    void writeAgain() {
        for (Settlement outcome : unwritten()) {
            try {
                boolean written = !store.settle(List.of(outcome)).isEmpty() || wasWritten(outcome);
                forget(outcome);
                if (written) {
                    listener.settled(outcome);
                }
            } catch (SQLException | RuntimeException e) {
                putLast(outcome);
                listener.troubled(e);
                return;
            }
        }
    }

    /** The first time may have been committed without our hearing of it; then nobody has been told. */
    private boolean wasWritten(Settlement outcome) throws SQLException {
        return !outcome.state().open() && store.status(outcome.mail().id())
                .filter(status -> status.state() == outcome.state()).isPresent();
    }

    /** Extends all leases; mails whose lease is lost are held no longer. */
    void extendLeases() throws SQLException {
        List<SpooledMail> mails = leased();
        if (!mails.isEmpty()) {
            store.extendLeases(mails).forEach(this::drop);
        }
    }

    /** Whether a mail's lease was not found lost. */
    synchronized boolean holds(SpooledMail mail) {
        Holding holding = held.get(mail.id());
        return holding != null && holding.mail().equals(mail);
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
        drop(outcome.mail());
    }

    private synchronized void drop(SpooledMail mail) {
        if (holds(mail)) {
            held.remove(mail.id());
        }
    }
}
