package dev.mailroom.spool.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpReply;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every database must do for the spool: a clock that is set to another time. */
abstract class SpoolClockContract extends SpoolEncryptionContract {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final long START = 1_800_000_000_000L;

    /** A server with a monotonic clock that only the test moves. */
    private final class Server {
        private final SpoolClock clock;
        private final SpoolStore spool;
        private long nanos = 77;

        Server(String name) throws SQLException {
            clock = new SpoolClock(SpoolDatabase.local(source), "(select now from mailroom_test_clock)", name,
                    Spooling.SETTINGS.drain().lease(), () -> nanos);
            spool = JdbcSpool.store(SpoolDatabase.local(source), Spooling.SETTINGS, name, false, clock);
        }

        void sweep() throws SQLException {
            clock.follow();
        }
    }

    private void set(long databaseMillis) throws SQLException {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute("create table if not exists mailroom_test_clock (now bigint)");
            statement.execute("delete from mailroom_test_clock");
            statement.execute("insert into mailroom_test_clock values (" + databaseMillis + ")");
        }
    }

    private void jump(Duration by) throws SQLException {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute("update mailroom_test_clock set now = now + " + by.toMillis());
        }
    }

    /** Time passes, in the steps of the sweep. */
    private void pass(Duration time, Server... running) throws SQLException {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(SWEEP)) {
            jump(SWEEP);
            for (Server server : running) {
                server.nanos += SWEEP.toNanos();
                server.sweep();
            }
        }
    }

    private static Settlement postponed(SpooledMail mail, Duration delay) {
        return new Settlement(mail, SpoolState.PENDING, delay, true, SmtpReply.NONE, "later", List.of());
    }

    @Test
    void aClockThatIsSetBackADayStopsNeitherRetriesNorTheTakeOverOfLeases() throws Exception {
        set(START);
        var server = new Server("one");
        insert(server);
        insert(server);
        List<SpooledMail> claimed = server.spool.claims().claim(ANN, 2);
        server.spool.claims().settle(List.of(postponed(claimed.get(0), MINUTE)));
        jump(DAY.negated());
        pass(MINUTE.plus(SWEEP), server);
        assertEquals(1, server.spool.queues().due().size());
        assertEquals(List.of(claimed.get(0).id()),
                server.spool.claims().claim(ANN, 9).stream().map(SpooledMail::id).toList());
        assertEquals(1, server.spool.claims().takeOver(InDoubt.RESEND, false));
    }

    @Test
    void aClockThatIsSetForwardThreeDaysGivesUpNoMailAndEndsNoLease() throws Exception {
        set(START);
        var server = new Server("one");
        for (int mail = 0; mail < 9; mail++) {
            insert(server);
        }
        SpooledMail claimed = server.spool.claims().claim(ANN, 1).get(0);
        jump(DAY.multipliedBy(3));
        pass(SWEEP, server);
        assertEquals(List.of(), server.spool.archive().giveUpExpired());
        assertEquals(0, server.spool.claims().takeOver(InDoubt.RESEND, false));
        server.spool.claims().settle(List.of(postponed(claimed, MINUTE)));
        pass(MINUTE, server);
        List<SpooledMail> again = server.spool.claims().claim(ANN, 9);
        assertEquals(9, again.size());
        assertTrue(again.get(0).age().compareTo(MINUTE.multipliedBy(2)) < 0, "an age of " + again.get(0).age());
    }

    /** Between the jump and the next look at the database's clock. */
    @Test
    void whatIsWrittenBeforeTheJumpIsNoticedIsWrittenInTheSpoolsTime() throws Exception {
        set(START);
        var server = new Server("one");
        insert(server);
        SpooledMail mail = server.spool.claims().claim(ANN, 1).get(0);
        jump(DAY.multipliedBy(3));
        server.spool.claims().settle(List.of(postponed(mail, MINUTE)));
        pass(MINUTE, server);
        assertEquals(1, server.spool.claims().claim(ANN, 1).size());
    }

    @Test
    void allServersGoOnByTheSameTimeWhoeverNoticesTheJump() throws Exception {
        for (Duration by : List.of(DAY, DAY.negated(), Duration.ofSeconds(10), Duration.ofSeconds(-10))) {
            set(START);
            emptyStore();
            var one = new Server("one");
            var two = new Server("two");
            pass(MINUTE, one, two);
            long before = one.clock.now();
            jump(by);
            pass(MINUTE, two, one);
            assertEquals(before + MINUTE.toMillis(), one.clock.now(), 1000, "after " + by);
            assertEquals(one.clock.now(), two.clock.now(), 1000, "after " + by);
            var started = new Server("three");
            assertEquals(one.clock.now(), started.clock.now(), 1000, "started after " + by);
        }
    }

    @Test
    void aServerThatWasPausedFollowsTheOthersInsteadOfHoldingThemBack() throws Exception {
        set(START);
        var paused = new Server("one");
        var other = new Server("two");
        pass(MINUTE, paused, other);
        pass(MINUTE.multipliedBy(5), other);
        pass(MINUTE, paused, other);
        assertEquals(START + Duration.ofMinutes(7).toMillis(), other.clock.now(), 1000);
        assertEquals(other.clock.now(), paused.clock.now(), 1000);
    }

    @Test
    void aStartAfterTheClockWasSetBackGoesOnWhereTheLastServerStopped() throws Exception {
        set(START);
        var last = new Server("one");
        insert(last);
        insert(last);
        pass(MINUTE, last);
        last.spool.claims().claim(ANN, 1);
        jump(DAY.negated());
        var next = new Server("two");
        assertEquals(1, next.spool.claims().claim(ANN, 9).size(), "one is due, the other's server may live");
        pass(MINUTE.multipliedBy(2), next);
        assertEquals(2, next.spool.claims().takeOver(InDoubt.RESEND, false), "nobody extends these leases");
        jump(DAY);
        pass(MINUTE, next);
        assertEquals(START + Duration.ofMinutes(4).toMillis(), next.clock.now(), MINUTE.toMillis());
    }

    @Test
    void theSpoolsTimeFollowsTheDatabasesClockThroughSmallDifferencesAndNeverRunsBack() throws Exception {
        set(START);
        var server = new Server("one");
        long last = server.clock.now();
        for (int sweep = 0; sweep < 100; sweep++) {
            // Our own clock is too fast, by 20 seconds in all.
            server.nanos += SWEEP.toNanos() + Duration.ofMillis(200).toNanos();
            jump(SWEEP);
            server.sweep();
            assertTrue(server.clock.now() >= last);
            last = server.clock.now();
        }
        assertEquals(START + SWEEP.toMillis() * 100, last, 1000);
    }

    @Test
    void timesAreShownAsTheClockShowsThemToday() throws Exception {
        set(START);
        var server = new Server("one");
        long id = insert(server);
        jump(DAY.multipliedBy(400));
        pass(SWEEP, server);
        MailStatus status = server.spool.archive().status(id).orElseThrow();
        assertEquals(START + DAY.multipliedBy(400).toMillis(), status.accepted().toEpochMilli(), 6000);
    }

    private static long insert(Server server) throws Exception {
        return server.spool.intake().accept(Spooling.mail(ANN, "a@x.org")).id().number();
    }
}
