package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSessions;
import dev.mailroom.spool.DrainSettings;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.RetentionSettings;
import dev.mailroom.spool.RetrySettings;
import dev.mailroom.spool.SpoolCipher;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.TemporarySpool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this server has accepted a moment ago is sent from memory, with the same promises. Workers run when told to. */
class FreshMailsTest {
    private static final SpoolQueue ANN = SpoolQueue.of("app", "ann");

    @TempDir
    private Path directory;
    private TemporarySpool database;
    private SpoolStore store;
    private final FakeSession session = FakeSession.accepting();
    private final AtomicLong claims = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final Deque<Runnable> workers = new ArrayDeque<>();
    private boolean threads = true;
    private SpoolEngine engine;

    @BeforeEach
    void openStore() throws Exception {
        database = TemporarySpool.open(directory, ANN);
        store = database.store();
        engine = engine(Spooling.SETTINGS, session);
    }

    @AfterEach
    void closeStore() throws Exception {
        database.close();
    }

    private SpoolEngine engine(SpoolSettings settings, FakeSession to) {
        SpoolStore counted = Spooling.store((proxy, method, arguments) -> {
            claims.addAndGet(method.getName().equals("settleAndClaim") ? 1 : 0);
            return Spooling.call(store, method, arguments);
        });
        var sessions = Spooling.faked(SmtpSessions.class, (proxy, method, arguments) -> Optional.empty());
        var opened = new SpoolEngine(settings, counted, new KnownSessions(sessions, SpoolCipher.none()),
                SpoolListener.NONE, this::start, nanos::get);
        opened.use(ANN, to);
        return opened;
    }

    private void start(Runnable worker) {
        if (!threads) {
            throw new RejectedExecutionException();
        }
        workers.add(worker);
    }

    private void work() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
    }

    private Acceptance begin(NewMail mail) throws Exception {
        Acceptance acceptance = engine.acceptance(mail, session);
        acceptance.store();
        return acceptance;
    }

    private void accept(NewMail mail) throws Exception {
        begin(mail).committed();
    }

    private void accept(String to) throws Exception {
        accept(Spooling.mail(ANN, to));
    }

    /** The table is known to be empty from here on. */
    private void idle() throws Exception {
        accept("first@x.org");
        work();
        claims.set(0);
    }

    private List<MailStatus> list(SpoolState state) throws Exception {
        return store.archive().list(state, 0, 999);
    }

    private static NewMail large(String to) {
        return new NewMail(ANN, "app", "id@example.org", Spooling.envelope(to),
                MailData.of(new byte[(int) FreshMails.LARGEST + 1]), "");
    }

    @Test
    void theyAreNeitherClaimedNorReadAgain() throws Exception {
        idle();
        List<String> sent = new ArrayList<>(List.of("first@x.org"));
        for (int mail = 0; mail < 20; mail++) {
            sent.add(mail + "@x.org");
            accept(mail + "@x.org");
            if (mail % 7 == 0) {
                work();
            }
        }
        work();
        assertEquals(sent, List.copyOf(session.recipients));
        assertEquals(0, claims.get());
        assertEquals(21, list(SpoolState.SENT).size());
        assertEquals(1, list(SpoolState.SENT).get(20).attempts());
    }

    @Test
    void untilTheTransactionIsCommittedNothingIsSentAndARolledBackOneIsNeverSent() throws Exception {
        idle();
        Acceptance open = begin(Spooling.mail(ANN, "open@x.org"));
        Acceptance undone = begin(Spooling.mail(ANN, "undone@x.org"));
        work();
        assertEquals(1, session.recipients.size());
        undone.undone();
        open.committed();
        work();
        assertEquals(List.of("first@x.org", "open@x.org"), List.copyOf(session.recipients));
    }

    @Test
    void whoseCommitNobodyKnowsOfIsLeftToTheTable() throws Exception {
        idle();
        Acceptance unknown = begin(Spooling.mail(ANN, "unknown@x.org"));
        unknown.undone();
        unknown.committed();
        work();
        assertEquals(1, session.recipients.size());
        store.claims().takeOver(InDoubt.RESEND, true);
        engine.sweep();
        work();
        assertEquals(List.of("first@x.org", "unknown@x.org"), List.copyOf(session.recipients));
    }

    @Test
    void nothingIsOvertaken() throws Exception {
        idle();
        Acceptance storing = begin(large("0@x.org"));
        storing.committed();
        accept("1@x.org");
        work();
        List<String> sent = new ArrayList<>(List.of("first@x.org", "0@x.org", "1@x.org"));
        for (int mail = 2; mail < 30; mail++) {
            sent.add(mail + "@x.org");
            if (mail % 5 == 0) {
                accept(large(mail + "@x.org"));
            } else {
                accept(mail + "@x.org");
            }
            if (mail % 11 == 0) {
                work();
            }
        }
        work();
        assertEquals(sent, List.copyOf(session.recipients));
    }

    @Test
    void oneAcceptedBehindAnotherOfTheSameTransactionIsSentBehindIt() throws Exception {
        idle();
        Acceptance first = begin(large("1@x.org"));
        work();
        engine.ready(ANN);
        work();
        Acceptance second = begin(Spooling.mail(ANN, "2@x.org"));
        first.committed();
        second.committed();
        work();
        assertEquals(List.of("first@x.org", "1@x.org", "2@x.org"), List.copyOf(session.recipients));
    }

    @Test
    void aQueueThatIsFilledFasterThanItIsEmptiedGoesByTheTable() {
        var fresh = new FreshMails(true);
        assertFalse(fresh.begin(ANN, 1), "nobody has looked at the table yet");
        fresh.claimed(ANN, fresh.changes(ANN), true);
        for (int mail = 0; mail < FreshMails.PER_QUEUE; mail++) {
            assertTrue(fresh.begin(ANN, 1));
        }
        assertFalse(fresh.begin(ANN, 1));
        fresh.didNotCome(ANN, 1);
        fresh.claimed(ANN, fresh.changes(ANN), false);
        assertFalse(fresh.begin(ANN, 1), "there is a backlog");
    }

    @Test
    void oneWaitsUntilWhatCameIntoTheTableBeforeItIsClaimed() {
        var fresh = new FreshMails(true);
        fresh.claimed(ANN, fresh.changes(ANN), true);
        assertTrue(fresh.isTableEmpty(ANN));
        fresh.filled(ANN);
        assertFalse(fresh.isTableEmpty(ANN));
        long before = fresh.changes(ANN);
        fresh.filled(ANN);
        assertTrue(fresh.begin(ANN, 1));
        var mail = new SpooledMail(7, "app", "id@x.org", Spooling.envelope("a@x.org"), MailData.of(new byte[1]), 1, 0,
                Duration.ZERO, "one-0");
        fresh.came(ANN, mail, 1);
        fresh.claimed(ANN, before, true);
        assertEquals(List.of(), fresh.take(ANN, 9), "something came while the table was looked at");
        assertEquals(List.of(), fresh.takeBefore(ANN, 7));
        fresh.claimed(ANN, fresh.changes(ANN), true);
        assertEquals(List.of(mail), fresh.take(ANN, 9));
        assertTrue(fresh.isTableEmpty(ANN));
    }

    /** Both kinds, all the time, and a drain that is stopped and started. */
    @Test
    void nothingIsOvertakenWhateverIsInTheTableAndWhateverInMemory() throws Exception {
        idle();
        var random = new Random(7);
        List<String> sent = new ArrayList<>(List.of("first@x.org"));
        for (int mail = 0; mail < 120; mail++) {
            String to = mail + "@x.org";
            sent.add(to);
            switch (random.nextInt(4)) {
                case 0 -> accept(large(to));
                case 1 -> {
                    store.intake().accept(Spooling.mail(ANN, to));
                    engine.ready(ANN);
                }
                default -> accept(to);
            }
            if (random.nextInt(9) == 0) {
                work();
            }
        }
        work();
        assertEquals(sent, List.copyOf(session.recipients));
    }

    @Test
    void allTogetherHaveSoManyOctetsAtMost() {
        var fresh = new FreshMails(true);
        List<SpoolQueue> queues = IntStream.range(0, 9).mapToObj(n -> SpoolQueue.of("app", "n" + n)).toList();
        int inMemory = 0;
        for (SpoolQueue queue : queues) {
            fresh.claimed(queue, fresh.changes(queue), true);
            for (int mail = 0; mail < FreshMails.PER_QUEUE / 2 && fresh.begin(queue, FreshMails.LARGEST); mail++) {
                inMemory++;
            }
        }
        assertEquals(FreshMails.OCTETS / FreshMails.LARGEST, inMemory);
        for (int mail = 0; mail < inMemory; mail++) {
            fresh.didNotCome(queues.get(0), FreshMails.LARGEST);
        }
        SpoolQueue another = SpoolQueue.of("app", "another");
        fresh.claimed(another, fresh.changes(another), true);
        assertTrue(fresh.begin(another, 1), "room again");
    }

    @Test
    void aServerThatCannotBeReachedSendsThemIntoTheTableInOrderAndWithoutAnAttempt() throws Exception {
        idle();
        session.refuse(new Failure(Phase.CONNECT, "it failed", Delivery.NOT_SENT, false, SmtpReply.NONE, List.of(),
                "mx.example.org", 25));
        for (int mail = 0; mail < 9; mail++) {
            accept(mail + "@x.org");
        }
        work();
        assertEquals(9, list(SpoolState.PENDING).size());
        assertEquals(0, list(SpoolState.PENDING).stream().mapToInt(MailStatus::attempts).sum());
        accept("9@x.org");
        assertEquals(10, list(SpoolState.PENDING).size(), "the queue waits");
        session.recover();
        store.queues().open(ANN, new byte[0]);
        engine.sweep();
        work();
        assertEquals(11, session.recipients.size());
        assertEquals("first@x.org", session.recipients.peek());
        assertEquals("9@x.org", List.copyOf(session.recipients).get(10));
    }

    @Test
    void withoutAFreeThreadTheyWaitForTheNextSweep() throws Exception {
        idle();
        threads = false;
        accept("a@x.org");
        threads = true;
        engine.sweep();
        work();
        assertEquals(List.of("first@x.org", "a@x.org"), List.copyOf(session.recipients));
        assertEquals(0, claims.get());
    }

    @Test
    void aStopLeavesThemInTheTableThoseThatAreCommittedLaterToo() throws Exception {
        idle();
        threads = false;
        accept("a@x.org");
        Acceptance open = begin(Spooling.mail(ANN, "b@x.org"));
        engine.stop();
        open.committed();
        assertEquals(List.of(0, 0), list(SpoolState.PENDING).stream().map(MailStatus::attempts).toList());
    }

    @Test
    void asLongAsTheyWaitTheyAreTakenBackAndDeleted() throws Exception {
        idle();
        for (String to : List.of("a@x.org", "b@x.org", "c@x.org", "d@x.org")) {
            accept(to);
        }
        List<MailStatus> waiting = list(SpoolState.SENDING);
        assertEquals(4, waiting.size());
        assertTrue(engine.cancel(waiting.get(1).id()));
        assertTrue(engine.delete(waiting.get(2).id()));
        assertFalse(engine.cancel(waiting.get(1).id()));
        work();
        assertEquals(List.of("first@x.org", "a@x.org", "d@x.org"), List.copyOf(session.recipients));
        assertFalse(engine.cancel(waiting.get(0).id()), "it is sent");
    }

    @Test
    void aTransactionThatLastedLongerThanALeaseAllowsSendsNothingFromMemory() throws Exception {
        idle();
        Acceptance open = begin(Spooling.mail(ANN, "late@x.org"));
        nanos.addAndGet(Spooling.SETTINGS.drain().lease().toNanos());
        open.committed();
        workers.remove().run();
        engine.sweep();
        work();
        assertEquals(List.of("first@x.org", "late@x.org"), List.copyOf(session.recipients));
        assertTrue(claims.get() > 0);
    }

    @Test
    void oneThatMustBeTriedAgainIsClaimedWhenItIsDue() throws Exception {
        idle();
        var soon = Duration.ofMillis(1);
        var answers = new ArrayDeque<Outcome>(List.of(FakeSession.OK, new Failure(Phase.RCPT, "busy", Delivery.NOT_SENT,
                true, SmtpReply.of(450, "4.2.1 busy"), List.of(), "mx.example.org", 25)));
        var busyOnce = new FakeSession(1, mail -> answers.isEmpty() ? FakeSession.OK : answers.remove());
        engine = engine(Spooling.settings(0, 0, new RetrySettings(soon, soon, 5, Duration.ZERO, 3),
                RetentionSettings.DEFAULTS, DrainSettings.DEFAULTS), busyOnce);
        for (String to : List.of("1@x.org", "2@x.org")) {
            engine.acceptance(Spooling.mail(ANN, to), busyOnce).store();
        }
        store.claims().takeOver(InDoubt.RESEND, true);
        Spooling.eventually(() -> {
            engine.sweep();
            work();
            return busyOnce.recipients.size() == 2;
        });
    }

    @Test
    void whereMailsInDoubtAreHeldNoneIsClaimedBeforeItsTurn() throws Exception {
        SpoolSettings usual = Spooling.SETTINGS;
        engine = engine(new SpoolSettings(usual.dataSource(), usual.directory(), true, 0, 0, 100, 0, InDoubt.HOLD,
                usual.retry(), usual.retention(), usual.drain(), false, SpoolCipher.none()), session);
        idle();
        accept("a@x.org");
        assertEquals(SpoolState.PENDING, store.archive().list(SpoolState.PENDING, 0, 9).get(0).state());
        assertFalse(workers.isEmpty());
        work();
        assertEquals(2, session.recipients.size());
    }
}
