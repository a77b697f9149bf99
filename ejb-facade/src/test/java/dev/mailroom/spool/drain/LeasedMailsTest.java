package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpReply;
import dev.mailroom.spool.MailLabels;
import dev.mailroom.spool.MailSchedule;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.QueueStatus;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.TemporarySpool;
import dev.mailroom.spool.drain.Drain.Result;
import dev.mailroom.spool.embedded.EmbeddedDataSource;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.spool.jdbc.JdbcSpool;
import dev.mailroom.spool.jdbc.SpoolDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that fails, before a commit or with the answer to it, loses no outcome and keeps no mail. */
class LeasedMailsTest {
    private static final SpoolQueue ANN = SpoolQueue.of("app", "ann");
    private static final SpoolSettings SETTINGS = Spooling.leasing(Duration.ofSeconds(1));

    @TempDir
    private Path directory;
    private EmbeddedDataSource source;
    private SpoolStore store;
    private LeasedMails leased;
    private Drain drain;
    private SpoolSweep sweep;
    private String fails = "";
    private boolean committed;
    private boolean unreachable;
    private FakeSession session = FakeSession.accepting();
    private final AtomicLong nanos = new AtomicLong();
    private final List<Settlement> heard = new ArrayList<>();

    @BeforeEach
    void openStore() throws Exception {
        source = EmbeddedDatabase.open(directory.resolve("spool"));
        store = JdbcSpool.open(SpoolDatabase.local(source), SETTINGS, "one");
        store.queues().open(ANN, new byte[0]);
        var listener = new SpoolListener() {
            @Override
            public void settled(Settlement settlement) {
                heard.add(settlement);
            }
        };
        SpoolStore failing = Spooling.store((proxy, method, arguments) -> call(store, method, arguments));
        var clock = new LeaseClock(SETTINGS.drain().lease(), nanos::get);
        leased = new LeasedMails(failing, clock, listener);
        drain = new Drain(failing, SETTINGS, new RetrySchedule(SETTINGS.retry(), () -> 1), leased, clock, listener,
                Runnable::run);
        sweep = new SpoolSweep(failing, leased, listener, SETTINGS, nanos::get);
    }

    private Object call(SpoolStore called, Method method, Object... arguments) throws Throwable {
        boolean failing = unreachable || !fails.isEmpty() && does(method, arguments).contains(fails);
        if (failing && !committed) {
            throw new SQLException("the connection is lost");
        }
        Object result = Spooling.call(called, method, arguments);
        if (failing) {
            throw new SQLException("the connection was lost before the answer came");
        }
        return result;
    }

    /** One transaction may do both. */
    private static String does(Method method, Object... arguments) {
        boolean both = method.getName().equals("settleAndClaim");
        return both && ((List<?>) arguments[0]).isEmpty() ? "claim" : method.getName();
    }

    @AfterEach
    void closeStore() throws Exception {
        TemporarySpool.discard(source);
    }

    private void spool(int mails) throws Exception {
        for (int mail = 0; mail < mails; mail++) {
            store.intake().accept(Spooling.mail(ANN, mail + "@x.org"));
        }
    }

    private Result turn(Drain.Pace place) throws Exception {
        return drain.turn(ANN, queue -> Optional.of(session), place);
    }

    private void failingTurn(String method, boolean afterCommit, Drain.Pace place) {
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
        return store.archive().list(state, 0, 100).size();
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
        assertEquals(List.of(0, 0), store.archive().list(SpoolState.PENDING, 0, 9).stream().map(MailStatus::attempts)
                .toList());
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
        assertEquals(1, store.claims().takeOver(InDoubt.RESEND, true));
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
        var first = store.archive().list(SpoolState.SENDING, 0, 1).get(0).id().number();
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
    void afterAnOutageOfALeaseTheOthersWaitUntilAServerHasWrittenWhatItSent() throws Exception {
        SpoolStore two = JdbcSpool.open(SpoolDatabase.local(source), SETTINGS, "two");
        SpoolStore failing = Spooling.store((proxy, method, arguments) -> call(two, method, arguments));
        var other = new SpoolSweep(failing, new LeasedMails(failing,
                new LeaseClock(SETTINGS.drain().lease(), nanos::get), SpoolListener.NONE), SpoolListener.NONE, SETTINGS,
                nanos::get);
        other.sweep();
        spool(5);
        failingTurn("settle", false, () -> false);
        unreachable = true;
        assertThrows(SQLException.class, other::sweep);
        nanos.addAndGet(SETTINGS.drain().lease().multipliedBy(5).toNanos());
        Instant ended = store.archive().list(SpoolState.SENDING, 0, 1).get(0).next().orElseThrow();
        Spooling.eventually(() -> Instant.now().isAfter(ended.plusMillis(100)));
        unreachable = false;
        assertEquals(List.of(), other.sweep());
        assertEquals(5, count(SpoolState.SENDING), "nothing is taken over yet");
        sweep();
        assertEquals(5, count(SpoolState.SENT));
        assertEquals(5, session.recipients.size());
        SpooledMail dead = claimedByADeadServer();
        Spooling.eventually(() -> {
            sweep();
            return !other.sweep().isEmpty();
        });
        assertEquals(SpoolState.PENDING, store.archive().status(dead.id()).orElseThrow().state());
    }

    private SpooledMail claimedByADeadServer() throws Exception {
        spool(1);
        return store.claims().claim(ANN, 1).get(0);
    }

    @Test
    void aMailWhoseLeaseEndsBeforeItsContentIsAskedForIsLeftToOthers() throws Exception {
        spool(2);
        session = new FakeSession(1, mail -> {
            nanos.addAndGet(SETTINGS.drain().lease().toNanos() / 100 * 95);
            try {
                mail.data().writeTo(OutputStream.nullOutputStream());
                return FakeSession.OK;
            } catch (IOException e) {
                return new Failure(Phase.CHECK, e.getMessage(), Delivery.NOT_SENT, true, SmtpReply.NONE, List.of(),
                        "mx.example.org", 25);
            }
        });
        assertEquals(Result.BLOCKED, turn(() -> false));
        assertEquals(List.of(), List.copyOf(session.recipients));
        assertEquals(List.of(0, 0), store.archive().list(SpoolState.PENDING, 0, 9).stream().map(MailStatus::attempts)
                .toList(), "nothing was tried");
    }

    @Test
    void aMailThatExpiresWhileOthersAreSentIsNotBegunAndIsGivenUp() throws Exception {
        Instant expires = Instant.now().plus(Duration.ofHours(1));
        for (int mail = 0; mail < 4; mail++) {
            store.intake().accept(new NewMail(ANN, "app", MailLabels.of("id@x.org"), Spooling.envelope(mail + "@x.org"),
                    Spooling.CONTENT, new MailSchedule(Optional.empty(), Optional.of(expires))));
        }
        session = new FakeSession(1, mail -> {
            pass(Duration.ofMinutes(40));
            return FakeSession.OK;
        });
        assertEquals(Result.EMPTY, turn(() -> false));
        assertEquals(List.of("0@x.org", "1@x.org"), List.copyOf(session.recipients));
        assertEquals(2, store.archive().giveUpExpired().size());
        assertEquals(List.of(0, 0), store.archive().list(SpoolState.FAILED, 0, 9).stream().map(MailStatus::attempts)
                .toList());
    }

    /** On all clocks; leases are extended meanwhile. */
    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        try {
            execute("update mailroom_mail set expires_at = expires_at - " + time.toMillis() + ", give_up_at = "
                    + "give_up_at - " + time.toMillis());
            leased.extendLeases();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Sent from memory, while its row is not to be seen. */
    private Settlement sentUnseen() throws Exception {
        long begunAt = leased.now();
        SpooledMail mail = store.intake().acceptClaimed(Spooling.mail(ANN, "a@x.org")).claim().orElseThrow();
        execute("create table unseen as select * from mailroom_mail");
        execute("delete from mailroom_mail");
        leased.hold(mail, this, begunAt);
        Settlement sent = new Settlement(mail, SpoolState.SENT, Duration.ZERO, true, SmtpReply.of(250, "ok"), "",
                List.of());
        leased.settle(List.of(sent));
        leased.release(this);
        sweep();
        assertEquals(List.of(), heard);
        return sent;
    }

    private void appear() throws SQLException {
        execute("insert into mailroom_mail overriding system value select * from unseen");
    }

    @Test
    void aMailFromMemoryWhoseCommitIsSeenLateIsNotSentAgain() throws Exception {
        Settlement sent = sentUnseen();
        appear();
        sweep();
        assertEquals(List.of(sent), heard);
        assertEquals(1, count(SpoolState.SENT));
    }

    @Test
    void oneThatIsTakenOverAsSoonAsItIsSeenIsNotSentAgainByThisServer() throws Exception {
        sentUnseen();
        appear();
        assertEquals(1, store.claims().takeOver(InDoubt.RESEND, true));
        assertEquals(Result.EMPTY, turn(() -> false));
        assertEquals(List.of(), List.copyOf(session.recipients));
        sweep();
        assertEquals(1, count(SpoolState.SENT));
    }

    @Test
    void oneWhoseCommitIsNeverSeenIsForgottenAfterSomeLeases() throws Exception {
        sentUnseen();
        nanos.addAndGet(SETTINGS.drain().lease().multipliedBy(20).toNanos());
        sweep();
        appear();
        sweep();
        assertEquals(List.of(), heard);
    }

    @Test
    void whatATurnLeavesBehindIsHeldNoLonger() throws Exception {
        spool(2);
        var turn = new Object();
        SpooledMail left = leased.settleAndClaim(List.of(), ANN, 1, turn).toSend().get(0);
        SpooledMail kept = leased.settleAndClaim(List.of(), ANN, 1, new Object()).toSend().get(0);
        leased.release(turn);
        assertFalse(leased.maySend(left));
        assertTrue(leased.maySend(kept));
    }

    @Test
    void aMailThatAnotherServerHasTakenOverIsNotSentAfterAPause() throws Exception {
        spool(1);
        SpooledMail mail = leased.settleAndClaim(List.of(), ANN, 1, this).toSend().get(0);
        assertEquals(1, store.claims().takeOver(InDoubt.RESEND, true));
        sweep();
        assertFalse(leased.maySend(mail));
    }
}
