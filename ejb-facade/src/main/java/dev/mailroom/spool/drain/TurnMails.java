package dev.mailroom.spool.drain;

import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpooledMail;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/**
 * The mails of one turn between the store and the connection: claims ahead of the connection and writes outcomes behind
 * it, both in one transaction, on another thread where there is a free one, so that neither waits for the other. The
 * batch grows while the queue fills it. Used by the thread of the turn alone.
 */
final class TurnMails {
    /** Outcomes are written at the latest after this time: what a crash finds unwritten would be sent again. */
    private static final long SETTLE_NANOS = 50_000_000L;

    private final SpoolQueue queue;
    private final LeasedMails leased;
    private final FreshMails fresh;
    private final BatchSize batch;
    private final Executor threads;
    private final LeaseClock clock;
    private final Deque<SpooledMail> claimed = new ArrayDeque<>();
    /** They were in doubt before: each is sent alone, after the others. */
    private final Deque<SpooledMail> doubtful = new ArrayDeque<>();
    private boolean alone;
    private boolean taken;
    private final List<Settlement> unsettled = new ArrayList<>();
    private FutureTask<List<SpooledMail>> exchange;
    private int asked;
    private long exchangeSince;
    private long unsettledSince;

    /** @param threads runs exchanges with the store; may refuse */
    TurnMails(SpoolQueue queue, LeasedMails leased, FreshMails fresh, BatchSize batch, Executor threads,
            LeaseClock clock) {
        this.queue = queue;
        this.leased = leased;
        this.fresh = fresh;
        this.batch = batch;
        this.threads = threads;
        this.clock = clock;
    }

    /**
     * The mail to be sent next; blocks while more are being claimed. Empty = none is known, and the last claim did not
     * find as many as it asked for, or the mail that was taken travels alone: see {@link #refill}.
     */
    Optional<SpooledMail> peek() throws SQLException {
        if (alone && taken) {
            return Optional.empty();
        }
        if (exchange != null && exchange.isDone()) {
            collect();
        }
        if (exchange == null && wantsMore()) {
            begin();
        }
        takeFresh();
        if (claimed.isEmpty()) {
            collect();
            takeFresh();
        }
        return Optional.ofNullable(claimed.peek());
    }

    /**
     * They are older than whatever has come into the table since, and newer than what was claimed before: so what is
     * being claimed goes first.
     */
    private void takeFresh() {
        boolean claiming = exchange != null && asked > 0;
        if (claimed.isEmpty() && !claiming) {
            List<SpooledMail> mails = fresh.take(queue, batch.size());
            leased.handOver(mails, this);
            claimed.addAll(mails);
        }
    }

    private boolean wantsMore() {
        return batch.wasFull() && batch.runsLow(claimed.size());
    }

    /** Takes the mail that {@link #peek} has shown. */
    SpooledMail take() {
        taken = true;
        return claimed.remove();
    }

    /** Passes over the mail that {@link #peek} has shown. */
    void skip() {
        claimed.remove();
    }

    /** Puts mails back that were taken and not sent, before the others. */
    void putBack(Deque<SpooledMail> taken) {
        while (!taken.isEmpty()) {
            claimed.addFirst(taken.removeLast());
        }
    }

    /** Takes all that are claimed. */
    List<SpooledMail> takeAll() {
        List<SpooledMail> all = Stream.concat(claimed.stream(), doubtful.stream()).toList();
        claimed.clear();
        doubtful.clear();
        return all;
    }

    /** Whether a mail was taken since {@link #refill}, or none was there to take. */
    boolean movedOn() {
        return taken || claimed.isEmpty();
    }

    /** Asks the store for more, unless nothing can be there. False = nothing is due. */
    boolean refill() throws SQLException {
        collect();
        takeFresh();
        if (claimed.isEmpty() && !fresh.isTableEmpty(queue)) {
            prepare(batch.size());
            collect();
            takeFresh();
        }
        alone = !batch.together();
        taken = false;
        if (claimed.isEmpty() && !doubtful.isEmpty()) {
            claimed.add(doubtful.remove());
            alone = true;
        }
        return !claimed.isEmpty();
    }

    /** What became of a mail; it is written soon. */
    void settled(Settlement settlement) throws SQLException {
        if (unsettled.isEmpty()) {
            unsettledSince = clock.now();
        }
        unsettled.add(settlement);
        tellFresh(List.of(settlement));
        long now = clock.now();
        if (exchange != null && (exchange.isDone() || now - exchangeSince > SETTLE_NANOS)) {
            collect();
        }
        if (exchange == null && (unsettled.size() >= batch.size() || now - unsettledSince > SETTLE_NANOS)) {
            begin();
        }
    }

    private void prepare(int most) {
        List<Settlement> outcomes = List.copyOf(unsettled);
        unsettled.clear();
        asked = most;
        exchangeSince = clock.now();
        exchange = new FutureTask<>(() -> exchange(outcomes, most));
    }

    private void begin() throws SQLException {
        prepare(wantsMore() ? batch.size() : 0);
        if (!batch.ahead()) {
            collect();
            return;
        }
        try {
            threads.execute(exchange);
        } catch (RejectedExecutionException e) {
            // No thread is free: it is done here.
            collect();
        }
    }

    private List<SpooledMail> exchange(List<Settlement> outcomes, int most) throws SQLException {
        if (most == 0) {
            settle(outcomes);
            return List.of();
        }
        tellFresh(outcomes);
        long changes = fresh.changes(queue);
        LeasedMails.MailsToSend more = leased.settleAndClaim(outcomes, queue, most, this);
        fresh.claimed(queue, changes, more.all());
        return more.toSend();
    }

    private void settle(List<Settlement> outcomes) throws SQLException {
        try {
            leased.settle(outcomes);
        } finally {
            tellFresh(outcomes);
        }
    }

    /** What goes back into the table may be due at once. */
    private void tellFresh(List<Settlement> outcomes) {
        if (outcomes.stream().anyMatch(one -> one.state().open())) {
            fresh.filled(queue);
        }
    }

    /** Waits for the exchange, if there is one; where no thread has begun it, it is done here. */
    private void collect() throws SQLException {
        FutureTask<List<SpooledMail>> current = exchange;
        if (current == null) {
            return;
        }
        exchange = null;
        current.run();
        List<SpooledMail> more = result(current);
        add(more);
        if (asked > 0) {
            batch.claimed(asked, more);
        }
    }

    /** In order: what was accepted between them may wait in memory. */
    private void add(List<SpooledMail> more) {
        long last = more.stream().filter(mail -> mail.doubts() == 0).mapToLong(SpooledMail::id).max().orElse(0);
        Deque<SpooledMail> between = new ArrayDeque<>(fresh.takeBefore(queue, last));
        leased.handOver(List.copyOf(between), this);
        for (SpooledMail mail : more) {
            if (mail.doubts() > 0) {
                doubtful.add(mail);
                continue;
            }
            while (!between.isEmpty() && between.peek().id() < mail.id()) {
                claimed.add(between.remove());
            }
            claimed.add(mail);
        }
    }

    private static List<SpooledMail> result(FutureTask<List<SpooledMail>> exchange) throws SQLException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return exchange.get();
                } catch (InterruptedException e) {
                    // Claimed mails must not be forgotten: the interrupt is restored later.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * In any case no mail stays claimed: outcomes are written or kept, the claims of all others end with their lease.
     */
    void end() throws SQLException {
        try {
            collect();
        } finally {
            try {
                takeAll().forEach(mail -> unsettled.add(Settlement.untouched(mail)));
                List<Settlement> rest = List.copyOf(unsettled);
                unsettled.clear();
                settle(rest);
            } finally {
                leased.release(this);
            }
        }
    }
}
