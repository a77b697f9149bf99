package dev.mailroom.spool;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSession;
import dev.mailroom.spool.Disposition.QueueEffect;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * One turn of one queue on one connection: claims mails in batches while the connection takes them, and writes outcomes
 * in batches while they come in. Used once, by one thread.
 */
final class DrainTurn implements Iterator<Mail> {
    /** Outcomes are written at the latest after this time: what a crash finds unwritten would be sent again. */
    private static final long SETTLE_NANOS = 50_000_000L;

    private final Drain drain;
    private final SpoolQueue queue;
    private final Drain.Place place;
    private final Deque<SpooledMail> claimed = new ArrayDeque<>();
    private final Deque<SpooledMail> inFlight = new ArrayDeque<>();
    private final List<Settlement> unsettled = new ArrayList<>();
    private long claimedAt;
    private long heldSince;
    private long unsettledSince;
    private Mail next;
    private SQLException trouble;
    private QueueEffect effect;
    private String error = "";
    private boolean exhausted;

    DrainTurn(Drain drain, SpoolQueue queue, Drain.Place place) {
        this.drain = drain;
        this.queue = queue;
        this.place = place;
    }

    /** Sends until there is nothing more to claim, somebody says stop, or the server makes it pointless. */
    void run(SmtpSession session) throws SQLException {
        try {
            if (hasNext()) {
                session.sendAll(this, this::outcome);
            }
        } catch (SmtpException e) {
            note(e.failure());
            takeBack();
            claimed.forEach(mail -> unsettled.add(drain.disposition().settle(mail, e.failure())));
            claimed.clear();
        } finally {
            giveBack(session);
        }
        if (trouble != null) {
            throw trouble;
        }
    }

    @Override
    public boolean hasNext() {
        if (next != null) {
            return true;
        }
        if (trouble != null || blocked() || place.leave()) {
            return false;
        }
        try {
            if (claimed.isEmpty()) {
                claimedAt = drain.leases().now();
                claimed.addAll(drain.held().claim(queue.key(), drain.batch(), this));
                heldSince = drain.leases().now();
                exhausted = claimed.isEmpty();
            }
            SpooledMail mail = claimed.peek();
            if (mail == null || !drain.leases().holds(claimedAt, heldSince) || !drain.held().holds(mail)) {
                return false;
            }
            next = new Mail(mail.envelope(), drain.store().content(mail));
            return true;
        } catch (SQLException e) {
            trouble = e;
            return false;
        }
    }

    @Override
    public Mail next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        inFlight.add(claimed.remove());
        Mail mail = next;
        next = null;
        return mail;
    }

    private void outcome(Mail mail, Outcome outcome) {
        note(outcome);
        place.heard();
        if (unsettled.isEmpty()) {
            unsettledSince = drain.leases().now();
        }
        unsettled.add(drain.disposition().settle(inFlight.remove(), outcome));
        if (unsettled.size() >= drain.batch() || drain.leases().now() - unsettledSince > SETTLE_NANOS) {
            try {
                settle();
            } catch (SQLException e) {
                trouble = e;
            }
        }
    }

    private void note(Outcome outcome) {
        QueueEffect heard = drain.disposition().effect(outcome);
        if (effect == null || heard.compareTo(effect) > 0) {
            effect = heard;
            error = outcome instanceof Failure failure ? failure.message() : "";
        }
    }

    private boolean blocked() {
        return effect != null && effect != QueueEffect.WORKS;
    }

    private void takeBack() {
        next = null;
        while (!inFlight.isEmpty()) {
            claimed.addFirst(inFlight.removeLast());
        }
    }

    /** Whatever happened, no mail stays claimed: outcomes are written or kept, all else comes free by itself. */
    private void giveBack(SmtpSession session) throws SQLException {
        try {
            settleAll(session);
        } finally {
            drain.held().release(this);
        }
    }

    /** A mail without an outcome may have been sent: it is in doubt. */
    private void settleAll(SmtpSession session) throws SQLException {
        next = null;
        for (SpooledMail mail : inFlight) {
            var lost = new Failure(Phase.FINAL_DOT, "the connection ended without an outcome", Delivery.IN_DOUBT, false,
                    SmtpReply.NONE, List.of(), session.settings().host(), session.settings().port());
            unsettled.add(drain.disposition().settle(mail, lost));
        }
        inFlight.clear();
        claimed.forEach(mail -> unsettled.add(Settlement.untouched(mail)));
        claimed.clear();
        settle();
    }

    private void settle() throws SQLException {
        if (unsettled.isEmpty()) {
            return;
        }
        List<Settlement> batch = List.copyOf(unsettled);
        unsettled.clear();
        drain.held().settle(batch);
    }

    /** What the turn has learned about the server. */
    QueueEffect effect() {
        return effect == null ? QueueEffect.WORKS : effect;
    }

    /** Whether the server was asked anything at all. */
    boolean tried() {
        return effect != null;
    }

    /** Why the effect is not WORKS. */
    String error() {
        return error;
    }

    /** Whether nothing was left to claim. */
    boolean exhausted() {
        return exhausted;
    }
}
