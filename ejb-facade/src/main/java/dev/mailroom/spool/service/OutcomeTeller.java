package dev.mailroom.spool.service;

import dev.mailroom.spool.MailOutcomes;
import dev.mailroom.spool.MailSettled;
import dev.mailroom.spool.RepeatedWarning;
import dev.mailroom.spool.UntoldOutcome;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntFunction;

/**
 * Tells the application what became of its mails, each at least once: until its observers have returned normally.
 * Observers that fail, or never return, hold up no mail, and no other outcome as long as there are threads left.
 * Thread-safe.
 */
final class OutcomeTeller {
    /** {@link OutcomeObservers#tell}. */
    interface Observers {
        /** @throws Exception if one of them failed, or the transaction did not commit */
        void tell(MailSettled outcome, Callable<?> acknowledgement) throws Exception;
    }

    private static final int MOST_WAITING = 10_000;
    private static final int MOST_THREADS = 4;
    private static final int CLAIMED_AT_ONCE = 500;
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");

    private final MailOutcomes outcomes;
    private final Observers observers;
    private final Executor threads;
    private final IntFunction<Duration> waitAfter;
    private final RepeatedWarning unwritten = new RepeatedWarning(System::nanoTime);
    private final Deque<Long> waiting = new ArrayDeque<>();
    /** Waiting or being told by this server. */
    private final Set<Long> known = new HashSet<>();
    private int working;
    private boolean stopped;

    /**
     * @param threads runs workers; may refuse
     * @param waitAfter how long to wait after so many failures
     */
    OutcomeTeller(MailOutcomes outcomes, Observers observers, Executor threads, IntFunction<Duration> waitAfter) {
        this.outcomes = outcomes;
        this.observers = observers;
        this.threads = threads;
        this.waitAfter = waitAfter;
    }

    /** A mail is finished. Outcomes that do not fit into memory are found by a later sweep. */
    void settled(long id) {
        if (offer(id)) {
            work();
        }
    }

    /** Looks for outcomes that are due: of an earlier run, of other servers, or after a failure. */
    void sweep() throws SQLException {
        if (room() > 0) {
            for (long id : outcomes.claim(Math.min(CLAIMED_AT_ONCE, room()), MailOutcomes.LEASE)) {
                offer(id);
            }
        }
        work();
    }

    /** The application ends: what was not told is told after the next start. */
    synchronized void stop() {
        stopped = true;
        waiting.clear();
    }

    private synchronized int room() {
        return stopped ? 0 : MOST_WAITING - waiting.size();
    }

    private synchronized boolean offer(long id) {
        if (room() <= 0 || !known.add(id)) {
            return false;
        }
        return waiting.add(id);
    }

    private void work() {
        while (wanted()) {
            boolean started = false;
            try {
                threads.execute(this::tellAll);
                started = true;
            } catch (RejectedExecutionException e) {
                LOG.log(System.Logger.Level.DEBUG, "no thread for outcomes now; the next sweep tries again");
                return;
            } finally {
                if (!started) {
                    ended();
                }
            }
        }
    }

    private synchronized boolean wanted() {
        if (working >= MOST_THREADS || working >= waiting.size()) {
            return false;
        }
        working++;
        return true;
    }

    private synchronized void ended() {
        working--;
    }

    private void tellAll() {
        try {
            for (Optional<Long> next = next(); next.isPresent(); next = next()) {
                try {
                    tell(next.get());
                } finally {
                    done(next.get());
                }
            }
        } finally {
            ended();
        }
    }

    private synchronized Optional<Long> next() {
        return Optional.ofNullable(waiting.poll());
    }

    private synchronized void done(long id) {
        known.remove(id);
    }

    private void tell(long id) {
        try {
            Optional<UntoldOutcome> untold = outcomes.find(id);
            // It may have been sent again meanwhile: then another outcome follows.
            if (untold.isPresent() && !untold.get().outcome().state().open()) {
                tell(untold.get());
            }
        } catch (SQLException | RuntimeException e) {
            unwritten.log("MR0516 the outcome of mail " + id + " could not be read or written; it is told again later: "
                    + RepeatedWarning.reason(e), e);
        }
    }

    private void tell(UntoldOutcome untold) throws SQLException {
        MailSettled outcome = untold.outcome();
        List<SQLException> database = new ArrayList<>();
        try {
            observers.tell(outcome, () -> acknowledged(outcome, database));
        } catch (Exception e) {
            if (!database.isEmpty()) {
                // It was not the observers that failed.
                throw database.get(0);
            }
            int failures = untold.failures() + 1;
            Duration wait = waitAfter.apply(failures);
            outcomes.postpone(outcome.id().number(), wait, String.valueOf(rootOf(e)));
            LOG.log(System.Logger.Level.WARNING, "MR0516 an observer of MailSettled has failed " + failures
                    + " times when it was told that mail " + outcome.id() + " is " + outcome.state()
                    + "; it is told again in " + wait.toSeconds() + " s", e);
        }
    }

    private boolean acknowledged(MailSettled outcome, List<SQLException> failed) throws SQLException {
        try {
            return outcomes.acknowledge(outcome.id().number());
        } catch (SQLException e) {
            failed.add(e);
            throw e;
        }
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
