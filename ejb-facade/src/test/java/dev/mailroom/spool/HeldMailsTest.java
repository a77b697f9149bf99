package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.spool.Drain.Result;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that fails, before a commit or with the answer to it, loses no outcome and keeps no mail. */
class HeldMailsTest {
    private static final SpoolQueue ANN = SpoolQueue.of("app", "ann");
    private static final SpoolSettings SETTINGS = Spooling.leasing(Duration.ofSeconds(1));

    @TempDir
    private Path directory;
    private EmbeddedDataSource source;
    private SpoolStore store;
    private HeldMails held;
    private Drain drain;
    private SpoolSweep sweep;
    private String fails = "";
    private boolean committed;
    private final FakeSession session = FakeSession.accepting();
    private final AtomicLong nanos = new AtomicLong();
    private final List<Settlement> heard = new ArrayList<>();

    @BeforeEach
    void openStore() throws Exception {
        source = EmbeddedDatabase.open(directory.resolve("spool"));
        store = new JdbcSpoolStore(SpoolDatabase.local(source), SETTINGS, "one");
        store.createSchema();
        store.openQueue(ANN, new byte[0]);
        var listener = new SpoolListener() {
            @Override
            public void settled(Settlement settlement) {
                heard.add(settlement);
            }
        };
        SpoolStore failing = Spooling.faked(SpoolStore.class, (proxy, method, arguments) -> call(method, arguments));
        var leases = new LeaseWatch(SETTINGS.drain().lease(), nanos::get);
        held = new HeldMails(failing, listener);
        drain = new Drain(
                failing, SETTINGS, new RetrySchedule(SETTINGS.retry(), () -> 1), leases, held, listener);
        sweep = new SpoolSweep(failing, held, leases, listener, SETTINGS);
    }

    private Object call(Method method, Object... arguments) throws Throwable {
        boolean failing = method.getName().equals(fails);
        if (failing && !committed) {
            throw new SQLException("the connection is lost");
        }
        try {
            Object result = method.invoke(store, arguments);
            if (failing) {
                throw new SQLException("the connection was lost before the answer came");
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @AfterEach
    void closeStore() throws Exception {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }

    private void spool(int mails) throws Exception {
        for (int mail = 0; mail < mails; mail++) {
            store.insert(Spooling.mail(ANN, mail + "@x.org"));
        }
    }

    private Result turn(Drain.Place place) throws Exception {
        return drain.turn(ANN.key(), queue -> Optional.of(session), place);
    }

    private void failingTurn(String method, boolean afterCommit, Drain.Place place) {
        fails = method;
        committed = afterCommit;
        assertThrows(SQLException.class, () -> turn(place));
        fails = "";
    }

    /** Time enough for leases to be extended, were they to be. */
    private List<QueueStatus> sweep() throws SQLException {
        nanos.addAndGet(SETTINGS.drain().lease().dividedBy(4).toNanos());
        return sweep.sweep();
    }

    private int count(SpoolState state) throws SQLException {
        return store.list(state, 0, 100).size();
    }

    @Test
    void anOutcomeThatCouldNotBeWrittenIsWrittenByTheNextSweepAndNothingIsSentTwice() throws Exception {
        spool(3);
        failingTurn("settle", false, () -> false);
        assertEquals(3, count(SpoolState.SENDING));
        fails = "settle";
        assertTrue(sweep().isEmpty(), "still no database, and nothing to send");
        assertEquals(3, count(SpoolState.SENDING));
        fails = "";
        sweep();
        assertEquals(3, count(SpoolState.SENT));
        assertEquals(List.of(SpoolState.SENT, SpoolState.SENT, SpoolState.SENT),
                heard.stream().map(Settlement::state).toList());
        assertEquals(Result.EMPTY, turn(() -> false));
        assertEquals(3, session.recipients.size());
    }

    @Test
    void anOutcomeWhoseCommitWasNotAcknowledgedIsStillTold() throws Exception {
        spool(2);
        failingTurn("settle", true, () -> false);
        assertEquals(2, count(SpoolState.SENT));
        assertTrue(heard.isEmpty());
        sweep();
        sweep();
        assertEquals(List.of(SpoolState.SENT, SpoolState.SENT), heard.stream().map(Settlement::state).toList());
    }

    @Test
    void untriedMailsThatCouldNotBeGivenBackAreTriedAfterTheNextSweep() throws Exception {
        spool(3);
        var asked = new AtomicLong();
        failingTurn("settle", false, () -> asked.incrementAndGet() > 1);
        assertEquals(1, session.recipients.size());
        assertEquals(1, sweep().size());
        assertEquals(List.of(0, 0), store.list(SpoolState.PENDING, 0, 9).stream().map(MailStatus::attempts).toList());
        assertEquals(Result.EMPTY, turn(() -> false));
        assertEquals(List.of("0@x.org", "1@x.org", "2@x.org"), List.copyOf(session.recipients));
    }

    @Test
    void mailsWhoseClaimWasNotAcknowledgedComeFreeWhenTheirLeaseEnds() throws Exception {
        spool(2);
        failingTurn("claim", true, () -> false);
        assertEquals(2, count(SpoolState.SENDING));
        Spooling.eventually(() -> !sweep().isEmpty());
        assertEquals(Result.EMPTY, turn(() -> false));
        assertEquals(2, session.recipients.size());
    }

    @Test
    void aMailThatWasTakenOverBeforeItsOutcomeWasWrittenIsNotSentAgainByThisServer() throws Exception {
        spool(1);
        failingTurn("settle", false, () -> false);
        assertEquals(1, store.takeOver(InDoubt.RESEND, true));
        assertEquals(Result.EMPTY, turn(() -> false), "claimed before the sweep");
        assertEquals(1, session.recipients.size());
        sweep();
        assertEquals(1, count(SpoolState.SENT));
    }

    @Test
    void anOutcomeThatCanNeverBeWrittenHoldsUpNoOther() throws Exception {
        spool(3);
        failingTurn("settle", false, () -> false);
        assertEquals(3, session.recipients.size());
        // The lowest of them is the first to be written again, and fails.
        var first = store.list(SpoolState.SENDING, 0, 1).get(0).id().number();
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute("alter table mailroom_mail add constraint poison check (id <> " + first
                    + " or state <> 'SENT')");
        }
        sweep();
        assertEquals(0, count(SpoolState.SENT));
        sweep();
        assertEquals(2, count(SpoolState.SENT));
        assertEquals(1, count(SpoolState.SENDING), "and it is not sent again");
    }

    @Test
    void whatATurnLeavesBehindIsHeldNoLonger() throws Exception {
        spool(2);
        var turn = new Object();
        SpooledMail left = held.claim(ANN.key(), 1, turn).get(0);
        SpooledMail kept = held.claim(ANN.key(), 1, new Object()).get(0);
        held.release(turn);
        assertFalse(held.holds(left));
        assertTrue(held.holds(kept));
    }

    @Test
    void aMailThatAnotherServerHasTakenOverIsNotSentAfterAPause() throws Exception {
        spool(1);
        SpooledMail mail = held.claim(ANN.key(), 1, this).get(0);
        assertEquals(1, store.takeOver(InDoubt.RESEND, true));
        sweep();
        assertFalse(held.holds(mail));
    }
}
