package dev.mailroom.spool.drain;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSession;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpooledMail;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;

/** One turn of one queue: hands its mails to a connection and hears what becomes of them. Used once, by one thread. */
final class DrainTurn implements Iterator<Mail> {
    private final TurnMails mails;
    private final LeasedMails leased;
    private final SettlementRule rule;
    private final Drain.Pace pace;
    private final FailureStreak streak = new FailureStreak();
    private final RefusedSenders refused = new RefusedSenders();
    private final Deque<SpooledMail> inFlight = new ArrayDeque<>();
    private Mail next;
    private SQLException failure;
    private QueueEffect effect;
    private String error = "";
    /** What put the last mails in doubt, if they are. */
    private String incident = "";
    private boolean leaseEnded;
    private boolean exhausted;
    private boolean progress;
    private boolean unconfirmed;

    DrainTurn(TurnMails mails, LeasedMails leased, SettlementRule rule, Drain.Pace pace) {
        this.mails = mails;
        this.leased = leased;
        this.rule = rule;
        this.pace = pace;
    }

    /** Sends until there is nothing more to claim, somebody says stop, or the server makes it pointless. */
    void run(SmtpSession session) throws SQLException {
        try {
            do {
                exhausted = !mails.refill();
                if (!exhausted) {
                    // It ends when the claimed mails do: so the outcomes of the last ones need not wait for others.
                    session.sendAll(this, this::outcome);
                }
            } while (!exhausted && mails.movedOn() && goesOn());
            believe();
        } catch (SmtpException e) {
            next = null;
            note(rule.effect(e.failure()), e.failure());
            mails.putBack(inFlight);
            for (SpooledMail mail : mails.takeAll()) {
                settle(mail, e.failure());
            }
        } finally {
            end(session);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private boolean goesOn() {
        return failure == null && !leaseEnded && !blocked() && !pace.mustEnd();
    }

    @Override
    public boolean hasNext() {
        if (next == null && goesOn()) {
            try {
                Optional<SpooledMail> mail = peek();
                leaseEnded = mail.isPresent() && !leased.maySend(mail.get());
                if (mail.isPresent() && !leaseEnded) {
                    SpooledMail one = mail.get();
                    next = new Mail(one.envelope(), new WatchedContent(one.data(), () -> leased.mayFinish(one)));
                }
            } catch (SQLException e) {
                failure = e;
            }
        }
        return next != null;
    }

    /** The next mail that has not expired and whose sender was not refused a moment ago. */
    private Optional<SpooledMail> peek() throws SQLException {
        Optional<SpooledMail> mail = mails.peek();
        while (mail.isPresent() && passesOver(mail.get())) {
            mail = goesOn() ? mails.peek() : Optional.empty();
        }
        return mail;
    }

    private boolean passesOver(SpooledMail mail) throws SQLException {
        boolean expired = leased.hasExpired(mail);
        // The sweep gives up what has expired.
        Optional<Settlement> why = expired ? Optional.of(Settlement.untouched(mail)) : refused.deferral(mail);
        if (why.isPresent()) {
            mails.skip();
            mails.settled(why.get());
            if (!expired && streak.passes()) {
                believe();
            }
        }
        return why.isPresent();
    }

    @Override
    public Mail next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        inFlight.add(mails.take());
        Mail mail = next;
        next = null;
        return mail;
    }

    private void outcome(Mail mail, Outcome told) {
        Outcome outcome = told instanceof Failure failure ? withCause(mail, failure) : told;
        SpooledMail spooled = inFlight.remove();
        progress |= outcome instanceof Receipt;
        boolean server = streak.blames(mail.envelope().reversePath(), outcome);
        QueueEffect heard = rule.effect(outcome);
        boolean doubted = !server && outcome instanceof Failure failure && FailureStreak.speaksOfServer(failure);
        note(server && heard == QueueEffect.WORKS ? QueueEffect.DELAY : doubted ? QueueEffect.WORKS : heard, outcome);
        pace.heard();
        incident = incident(outcome);
        settle(spooled, outcome);
    }

    /** What travelled behind the mail that cost the connection is in doubt because of the same. */
    private String incident(Outcome outcome) {
        if (!(outcome instanceof Failure failure)) {
            return "";
        }
        boolean another = incident.isEmpty() || failure.scope() != FailureScope.CONNECTION;
        return failure.delivery() == Delivery.IN_DOUBT && another ? UUID.randomUUID().toString() : incident;
    }

    private static Failure withCause(Mail mail, Failure failure) {
        var content = (WatchedContent) mail.data();
        if (content.late() && failure.delivery() != Delivery.IN_DOUBT) {
            // Nothing is known of the server, and nothing is wrong with the mail.
            return new Failure(Phase.LEASE, WatchedContent.LATE, Delivery.NOT_SENT, failure.reusable(), SmtpReply.NONE,
                    List.of(), failure.host(), failure.port());
        }
        return content.loss().map(loss -> new Failure(Phase.CHECK, loss, Delivery.NOT_SENT,
                failure.reusable(), SmtpReply.NONE, List.of(), failure.host(), failure.port(), true)).orElse(failure);
    }

    private void settle(SpooledMail mail, Outcome outcome) {
        try {
            Settlement settlement = rule.settle(mail, outcome).because(incident);
            refused.hear(outcome, settlement);
            mails.settled(settlement);
        } catch (SQLException e) {
            failure = e;
        }
    }

    private void note(QueueEffect heard, Outcome outcome) {
        if (effect == null || heard.compareTo(effect) > 0) {
            effect = heard;
            error = outcome instanceof Failure failed ? failed.message() : "";
        }
    }

    /** What the server said of itself to one sender holds, if there is no other to ask. */
    private void believe() {
        unconfirmed |= !blocked() && streak.word().isPresent();
        streak.word().ifPresent(word -> note(rule.effect(word), word));
    }

    private boolean blocked() {
        return effect != null && effect != QueueEffect.WORKS;
    }

    /** A mail without an outcome may have been sent: it is in doubt. */
    private void end(SmtpSession session) throws SQLException {
        incident = UUID.randomUUID().toString();
        for (SpooledMail mail : inFlight) {
            settle(mail, new Failure(Phase.FINAL_DOT, "the connection ended without an outcome", Delivery.IN_DOUBT,
                    false, SmtpReply.NONE, List.of(), session.settings().host(), session.settings().port()));
        }
        inFlight.clear();
        mails.end();
    }

    /** What the turn has learned about the server. */
    QueueEffect effect() {
        return effect == null ? QueueEffect.WORKS : effect;
    }

    /** Whether the server was asked anything at all. */
    boolean tried() {
        return effect != null;
    }

    /** Whether the server accepted a mail. */
    boolean progress() {
        return progress;
    }

    /** Whether it is only what few senders were told that makes the queue wait: no reason to wait ever longer. */
    boolean unconfirmed() {
        return unconfirmed;
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
