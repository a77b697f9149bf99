package dev.mailroom.spool.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpReply;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailOutcomes;
import dev.mailroom.spool.MailSettled;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.UntoldOutcome;
import dev.mailroom.spool.UntoldOutcomes;
import dev.mailroom.testing.LogCapture;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class OutcomeTellerTest {
    private final Store store = new Store();
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<Long> told = new ArrayList<>();
    private OutcomeTeller.Observers observers = (outcome, acknowledgement) -> {
        told.add(outcome.id().number());
        acknowledgement.call();
    };
    private final OutcomeTeller teller = new OutcomeTeller(store,
            (outcome, acknowledgement) -> observers.tell(outcome, acknowledgement), threads::add,
            failures -> Duration.ofSeconds(failures));

    private void run() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    @Test
    void anOutcomeIsToldOnceAndForgottenWhenItsObserversReturn() throws Exception {
        store.add(7);
        teller.settled(7);
        teller.settled(7);
        teller.sweep();
        run();
        assertEquals(List.of(7L), told);
        assertEquals(Map.of(), store.rows);
    }

    @Test
    void anOutcomeWhoseObserversFailIsToldAgainWithABackOffAndShown() throws Exception {
        store.add(7);
        observers = (outcome, acknowledgement) -> {
            throw new IllegalStateException("transaction", new ArithmeticException("no such invoice"));
        };
        for (int failures = 1; failures <= 3; failures++) {
            teller.settled(7);
            run();
            UntoldOutcome untold = store.list(0, 10).get(0);
            assertEquals(failures, untold.failures());
            assertEquals(Duration.ofSeconds(failures), store.waits.get(7L));
            assertTrue(untold.error().contains("no such invoice"), untold.error());
        }
        observers = (outcome, acknowledgement) -> acknowledgement.call();
        teller.sweep();
        run();
        assertEquals(Map.of(), store.rows);
    }

    @Test
    void whatAnEarlierRunDidNotTellIsToldByASweep() throws Exception {
        store.add(1);
        store.add(2);
        teller.sweep();
        run();
        assertEquals(List.of(1L, 2L), told);
    }

    @Test
    void aBlockedObserverHoldsUpNoOtherOutcomeAndIsNotToldTwiceAtOnce() throws Exception {
        store.add(1);
        store.add(2);
        observers = (outcome, acknowledgement) -> {
            told.add(outcome.id().number());
            if (outcome.id().number() == 1) {
                // While it is still being told a sweep finds it due, and another mail is finished.
                teller.sweep();
                teller.settled(2);
                run();
            }
            acknowledgement.call();
        };
        teller.settled(1);
        run();
        assertEquals(List.of(1L, 2L), told);
    }

    @Test
    void aDatabaseThatFailsAtTheAcknowledgementIsNotBlamedOnTheObserverAndNotWrittenForEachOutcome() throws Exception {
        for (long id = 1; id <= 300; id++) {
            store.add(id);
        }
        store.failure = Optional.of(new SQLException("FATAL: terminating connection", "57P01"));
        observers = (outcome, acknowledgement) -> {
            try {
                acknowledgement.call();
            } catch (SQLException e) {
                throw new IllegalStateException("rolled back", e);
            }
        };
        try (LogCapture log = LogCapture.of("dev.mailroom.spool")) {
            teller.sweep();
            run();
            assertEquals(1, log.lines().size(), log.lines().toString());
            assertTrue(log.lines().get(0).contains("FATAL: terminating connection"), log.lines().toString());
        }
        assertEquals(Map.of(), store.waits, "no observer has failed");
        store.failure = Optional.empty();
        teller.sweep();
        run();
        assertEquals(Map.of(), store.rows);
    }

    @Test
    void whereThereIsNoThreadTheNextSweepTriesAgain() throws Exception {
        store.add(1);
        List<Runnable> later = new ArrayList<>();
        boolean[] refuse = {true};
        var busy = new OutcomeTeller(store, observers, work -> {
            if (refuse[0]) {
                throw new RejectedExecutionException();
            }
            later.add(work);
        }, failures -> Duration.ZERO);
        busy.settled(1);
        assertEquals(List.of(), later);
        refuse[0] = false;
        busy.sweep();
        later.forEach(Runnable::run);
        assertEquals(List.of(1L), told);
    }

    @Test
    void afterTheEndNothingIsToldAndNothingForgotten() throws Exception {
        store.add(1);
        teller.settled(1);
        teller.stop();
        run();
        teller.settled(1);
        teller.sweep();
        run();
        assertEquals(List.of(), told);
        assertEquals(1, store.rows.size());
    }

    /** Outcomes in memory; what waits for its next time is due at once. */
    private static final class Store implements MailOutcomes {
        private final Map<Long, UntoldOutcome> rows = new TreeMap<>();
        private Optional<SQLException> failure = Optional.empty();
        private final Map<Long, Duration> waits = new TreeMap<>();

        void add(long id) {
            put(id, 0, "");
        }

        private void put(long id, int failures, String error) {
            rows.put(id, new UntoldOutcome(new MailSettled(new MailIdentifier(id), "ann", "id@x.org", SpoolState.SENT,
                    SmtpReply.NONE, "", "invoice " + id), Instant.EPOCH, failures, Instant.EPOCH, error));
        }

        @Override
        public Optional<UntoldOutcome> find(long id) {
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public List<Long> claim(int most, Duration lease) {
            return List.copyOf(rows.keySet());
        }

        @Override
        public boolean acknowledge(long id) throws SQLException {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return rows.remove(id) != null;
        }

        @Override
        public void postpone(long id, Duration wait, String error) {
            waits.put(id, wait);
            put(id, rows.get(id).failures() + 1, error);
        }

        @Override
        public boolean hurry(long id) {
            throw new AssertionError("an administrator does that");
        }

        @Override
        public UntoldOutcomes count() {
            throw new AssertionError("an administrator does that");
        }

        @Override
        public void takeOver() {
            throw new AssertionError("the engine does that");
        }

        @Override
        public List<UntoldOutcome> list(long after, int most) {
            return List.copyOf(rows.values());
        }
    }
}
