package dev.mailroom.spool.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpReply;
import dev.mailroom.spool.AcceptedMail;
import dev.mailroom.spool.LendingDataSource;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.QueueStatus;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every database must do for the spool: several servers and threads at once, transactions, upgrades. */
abstract class SpoolSharingContract extends SpoolBouncesContract {
    private static final SpoolQueue BOB = SpoolQueue.named("bob");

    private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        var executor = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : executor.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Claims until that many are claimed by all who count in {@code left}. */
    private Callable<List<Long>> claimer(String owner, AtomicInteger left) throws SQLException {
        SpoolStore claiming = store(Spooling.SETTINGS, owner);
        return () -> {
            List<Long> mine = new ArrayList<>();
            Spooling.eventually(() -> {
                List<SpooledMail> claimed = claiming.claims().claim(ANN, 7);
                claimed.forEach(mail -> mine.add(mail.id()));
                return left.addAndGet(-claimed.size()) <= 0;
            });
            return mine;
        };
    }

    /** What another server accepted just now may be due some milliseconds later by this one's clock. */
    private static List<SpooledMail> claim(SpoolStore other, int count) throws Exception {
        List<SpooledMail> claimed = new ArrayList<>();
        Spooling.eventually(() -> {
            claimed.addAll(other.claims().claim(ANN, count - claimed.size()));
            return claimed.size() == count;
        });
        return claimed;
    }

    @Test
    void aMailThatIsClaimedWhenItIsAcceptedIsForThatServerAloneUntilItsLeaseEnds() throws Exception {
        SpoolStore one = store(Spooling.leasing(Duration.ofSeconds(1)), "one");
        SpooledMail mine = one.intake().acceptClaimed(Spooling.mail(ANN, "a@x.org")).claim().orElseThrow();
        assertEquals(List.of("a@x.org"), mine.envelope().forwardPaths());
        assertEquals(1, mine.attempts());
        assertEquals(new String(bytes(Spooling.CONTENT)), new String(bytes(mine.data())));
        SpoolStore other = store(Spooling.SETTINGS, "other");
        assertTrue(other.claims().claim(ANN, 9).isEmpty());
        assertEquals(List.of(), one.claims().extendLeases(List.of(mine)));
        one.claims().settle(List.of(Settlement.untouched(mine)));
        SpooledMail theirs = other.claims().claim(ANN, 9).get(0);
        assertEquals(1, theirs.attempts(), "the first one was none");
        assertEquals(new String(bytes(Spooling.CONTENT)), new String(bytes(theirs.data())));
        assertEquals(List.of(), one.claims().settle(List.of(sent(mine))));
        assertEquals(1, other.claims().settle(List.of(sent(theirs))).size());
        long left = one.intake().acceptClaimed(Spooling.mail(ANN, "b@x.org")).claim().orElseThrow().id();
        Spooling.eventually(() -> other.claims().takeOver(InDoubt.RESEND, false) == 1);
        assertEquals(left, other.claims().claim(ANN, 9).get(0).id());
    }

    @Test
    void aDuplicateIsNotClaimed() throws Exception {
        var mail = new NewMail(ANN, "app", "id@x.org", Spooling.envelope("a@x.org"), Spooling.CONTENT, "key");
        assertTrue(store.intake().acceptClaimed(mail).claim().isPresent());
        assertTrue(store.intake().acceptClaimed(mail).claim().isEmpty());
        assertTrue(store.intake().acceptClaimed(mail).accepted().duplicate());
    }

    @Test
    void noMailIsClaimedTwice() throws Exception {
        Set<Long> all = new HashSet<>();
        for (int mail = 0; mail < 400; mail++) {
            all.add(store.intake().accept(Spooling.mail(ANN, "a@x.org")).id().number());
        }
        var left = new AtomicInteger(all.size());
        List<List<Long>> claims = together(List.of(
                claimer("one", left), claimer("two", left), claimer("three", left), claimer("four", left)));
        List<Long> claimed = claims.stream().flatMap(List::stream).toList();
        assertEquals(all.size(), claimed.size());
        assertEquals(all, new HashSet<>(claimed));
    }

    @Test
    void anExpiredLeaseIsTakenOverExactlyOnce() throws Exception {
        SpoolStore dying = store(Spooling.leasing(Duration.ofSeconds(1)), "dying");
        for (int mail = 0; mail < 50; mail++) {
            store.intake().accept(Spooling.mail(ANN, "a@x.org"));
        }
        claim(dying, 50);
        assertEquals(0, store.claims().takeOver(InDoubt.RESEND, false), "a living lease is respected");
        List<Integer> taken = new ArrayList<>();
        Spooling.eventually(() -> {
            Callable<Integer> taker = () -> store.claims().takeOver(InDoubt.RESEND, false);
            taken.addAll(together(List.of(taker, taker, taker)));
            return taken.stream().mapToInt(Integer::intValue).sum() > 0;
        });
        assertEquals(50, taken.stream().mapToInt(Integer::intValue).sum());
        assertEquals(50, store.claims().claim(ANN, 100).size());
    }

    @Test
    void anExtendedLeaseIsNotTakenOver() throws Exception {
        long id = insert("a@x.org");
        SpoolStore shortLease = store(Spooling.leasing(Duration.ofSeconds(1)), "slow");
        List<SpooledMail> claimed = claim(shortLease, 1);
        SpoolStore longLease = store(Spooling.leasing(Duration.ofHours(1)), "slow");
        assertEquals(List.of(), longLease.claims().extendLeases(claimed));
        assertTrue(store.claims().claim(ANN, 1).isEmpty());
        MailStatus status = store.archive().status(id).orElseThrow();
        assertTrue(status.next().orElseThrow().isAfter(status.accepted().plusSeconds(60)));
    }

    @Test
    void onlyTheLeasesThatAreAskedForAreExtendedAndLostOnesAreNamed() throws Exception {
        insert("a@x.org");
        long other = insert("b@x.org");
        List<SpooledMail> claimed = store.claims().claim(ANN, 2);
        SpoolStore longLease = store(Spooling.leasing(Duration.ofHours(1)), "one");
        assertEquals(List.of(), longLease.claims().extendLeases(claimed.subList(0, 1)));
        MailStatus status = store.archive().status(other).orElseThrow();
        assertTrue(status.next().orElseThrow().isBefore(status.accepted().plusSeconds(600)));
        store.claims().takeOver(InDoubt.RESEND, true);
        assertEquals(claimed, longLease.claims().extendLeases(claimed));
    }

    @Test
    void anOutcomeThatComesLateCountsUntilSomebodyClaimsTheMailAnew() throws Exception {
        for (int mail = 0; mail < 2; mail++) {
            insert("a@x.org");
        }
        List<SpooledMail> claimed = store.claims().claim(ANN, 2);
        store.claims().takeOver(InDoubt.RESEND, true);
        assertEquals(1, store.claims().settle(List.of(sent(claimed.get(0)))).size());
        assertEquals(SpoolState.SENT, state(claimed.get(0).id()));
        SpooledMail again = store.claims().claim(ANN, 1).get(0);
        assertEquals(0, store.claims().settle(List.of(sent(claimed.get(1)))).size(),
                "the same server, but an earlier claim");
        assertEquals(SpoolState.SENDING, state(again.id()));
        assertEquals(1, store.claims().settle(List.of(Settlement.untouched(again))).size());
        assertEquals(0, store.claims().settle(List.of(Settlement.untouched(again))).size(), "nothing is written twice");
        assertEquals(1, store.archive().status(again.id()).orElseThrow().attempts());
    }

    @Test
    void aServerThatLostItsLeaseCannotSettle() throws Exception {
        long id = store.intake().accept(Spooling.mail(ANN, "a@x.org")).id().number();
        SpooledMail mail = store.claims().claim(ANN, 1).get(0);
        SpoolStore other = store(Spooling.SETTINGS, "two");
        assertEquals(1, other.claims().takeOver(InDoubt.RESEND, true));
        assertEquals(1, other.claims().claim(ANN, 1).size());
        assertEquals(0, store.claims().settle(List.of(new Settlement(
                mail, SpoolState.FAILED, Duration.ZERO, true, SmtpReply.NONE, "late", List.of()))).size());
        assertEquals(SpoolState.SENDING, store.archive().status(id).orElseThrow().state());
    }

    @Test
    void theSameKeyFromManyThreadsIsAcceptedOnce() throws Exception {
        var mail = new NewMail(ANN, "app", "", Spooling.envelope("a@x.org"), Spooling.CONTENT, "same");
        Callable<AcceptedMail> sender = () -> store.intake().accept(mail);
        List<AcceptedMail> all = together(List.of(sender, sender, sender, sender, sender, sender));
        assertEquals(1, all.stream().map(AcceptedMail::id).distinct().count());
        assertEquals(1, all.stream().filter(accepted -> !accepted.duplicate()).count());
        assertEquals(1, store.archive().fill().messages());
    }

    @Test
    void aRolledBackMailNeverExistedAndACommittedOneAppearsWithTheBusinessRow() throws Exception {
        try (Connection connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute("drop table if exists business");
            statement.execute("create table business (id integer primary key)");
            connection.setAutoCommit(false);
            SpoolStore enlisted = JdbcSpool.store(new SpoolDatabase(
                    LendingDataSource.of(connection), Dialect.of(source), () -> true), Spooling.SETTINGS, "one");
            statement.execute("insert into business values (1)");
            enlisted.intake().accept(Spooling.mail(ANN, "a@x.org"));
            assertTrue(store.claims().claim(ANN, 1).isEmpty(), "nobody sees it before the commit");
            connection.rollback();
            assertEquals(0, store.archive().fill().messages());
            statement.execute("insert into business values (2)");
            enlisted.intake().accept(Spooling.mail(ANN, "a@x.org"));
            connection.commit();
            assertEquals(1, store.archive().fill().messages());
            try (var rows = statement.executeQuery("select id from business")) {
                assertTrue(rows.next());
                assertEquals(2, rows.getInt(1));
                assertFalse(rows.next());
            }
            connection.commit();
        }
    }

    @Test
    void anOpenTransactionOfOneCallerHoldsUpNobodyElse() throws Exception {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            SpoolStore enlisted = JdbcSpool.store(new SpoolDatabase(
                    LendingDataSource.of(connection), Dialect.of(source), () -> true), Spooling.SETTINGS, "one");
            enlisted.intake().accept(Spooling.mail(ANN, "slow@x.org"));
            long other = store.intake().accept(Spooling.mail(ANN, "fast@x.org")).id().number();
            assertEquals(List.of(other), store.claims().claim(ANN, 5).stream().map(SpooledMail::id).toList());
            connection.rollback();
        }
    }

    @Test
    void queuesWithNothingDueParkedOrDelayedAreLeftAlone() throws Exception {
        store.queues().open(BOB, new byte[] {1, 2});
        store.intake().accept(Spooling.mail(BOB, "a@x.org"));
        QueueStatus due = store.queues().due().get(0);
        assertEquals(BOB, due.queue());
        assertEquals(1, store.queues().due().size());
        assertEquals(2, due.sealed().length);
        store.queues().delay(BOB, Duration.ofHours(1), "connection refused");
        assertTrue(store.queues().due().isEmpty());
        assertEquals(1, store.queues().find(BOB).orElseThrow().failures());
        store.queues().works(BOB);
        assertEquals(1, store.queues().due().size());
        store.queues().park(BOB, "535 no");
        assertTrue(store.queues().due().isEmpty());
        assertTrue(store.queues().find(BOB).orElseThrow().parked());
        store.queues().open(BOB, new byte[0]);
        assertEquals(1, store.queues().due().size());
    }

    @Test
    void aStartMakesNamedQueuesReadyAndNoOther() throws Exception {
        store.queues().open(BOB, new byte[0]);
        for (SpoolQueue queue : List.of(ANN, BOB)) {
            store.intake().accept(Spooling.mail(queue, "a@x.org"));
            store.queues().delay(queue, Duration.ofHours(1), "connection refused");
            store.queues().park(queue, "535 no");
        }
        store.queues().openNamed();
        assertEquals(List.of(BOB), store.queues().due().stream().map(QueueStatus::queue).toList());
        assertEquals("", store.queues().find(BOB).orElseThrow().error());
        assertTrue(store.queues().find(ANN).orElseThrow().parked());
    }

    @Test
    void manyServersMayCreateTheTablesTogether() throws Exception {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            for (String table : List.of("schema", "queue", "mail", "content", "recipient", "outcome", "clock",
                    "mailbox", "delivery")) {
                statement.execute("drop table mailroom_" + table);
            }
        }
        Callable<Boolean> creator = () -> {
            new SpoolSchema(SpoolDatabase.local(source)).bringUpToDate();
            return true;
        };
        together(List.of(creator, creator, creator, creator));
        store.intake().accept(Spooling.mail(ANN, "a@x.org"));
    }

    @Test
    void tablesAreUpgradedInPlaceAndNewerOnesAreRefused() throws Exception {
        long id = store.intake().accept(Spooling.mail(ANN, "a@x.org")).id().number();
        List<String> next = new ArrayList<>(SchemaSteps.of(Dialect.of(source)));
        next.add("alter table mailroom_mail add column if not exists colour varchar(10) default 'red' not null");
        var newer = new SpoolSchema(SpoolDatabase.local(source), next);
        newer.bringUpToDate();
        newer.bringUpToDate();
        try (var connection = source.getConnection(); var statement = connection.createStatement();
                var rows = statement.executeQuery("select colour from mailroom_mail where id = " + id)) {
            assertTrue(rows.next());
            assertEquals("red", rows.getString(1));
        }
        var refused = assertThrows(SQLException.class, new SpoolSchema(SpoolDatabase.local(source))::bringUpToDate);
        assertTrue(refused.getMessage().contains("version " + next.size()), refused.getMessage());
    }

    /** Drops the tables and makes those of an earlier version. */
    void becomeVersion(int version) throws SQLException {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            for (String table : List.of("schema", "queue", "mail", "content", "recipient", "outcome", "clock",
                    "mailbox", "delivery")) {
                statement.execute("drop table if exists mailroom_" + table);
            }
        }
        var steps = SchemaSteps.of(Dialect.of(source)).subList(0, version);
        new SpoolSchema(SpoolDatabase.local(source), steps).bringUpToDate();
    }

    /** What a server of the first version left behind: a mail in each state, in the words of that version. */
    void fillFirstVersion() throws SQLException {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute("insert into mailroom_queue values ('" + ANN.key()
                    + "', 'app', 'ann', false, false, 0, 0,"
                    + " '', '')");
            for (SpoolState state : SpoolState.values()) {
                statement.execute("insert into mailroom_mail (queue_key, owner, idempotency_key, message_id, state,"
                        + " due_at, keep_until, accepted_at, attempts, lease_owner, envelope, size, eight_bit, reply,"
                        + " error) values ('" + ANN.key() + "', 'app', 'key-" + state + "', 'id@x.org', '" + state
                        + "', 4000, 9000000000000, 1000, 1, '" + (state == SpoolState.SENDING ? "dead-1" : "")
                        + "', '" + EnvelopeText.write(Spooling.envelope("a@x.org")) + "', 3, false, '', '')");
            }
            statement.execute("insert into mailroom_content select id, 0, cast('abc' as "
                    + (Dialect.of(source) == Dialect.H2 ? "varbinary" : "bytea") + ") from mailroom_mail");
        }
    }

    void assertUpgraded() throws Exception {
        SpoolStore upgraded = store(Spooling.SETTINGS, "one");
        assertEquals(2, count("give_up_at = 9000000000000 and keep_until is null"), "those that wait");
        assertEquals(3, count("keep_until = 9000000000000 and give_up_at is null"), "those that are remembered");
        for (SpoolState state : SpoolState.values()) {
            MailStatus status = upgraded.archive().list(state, 0, 9).get(0);
            assertEquals("app", status.caller());
            assertEquals(state.open(), status.next().isPresent(), "next of " + state);
            assertEquals(!state.open(), status.settled().isPresent(), "settled of " + state);
            assertEquals(4000, status.next().or(status::settled).orElseThrow().toEpochMilli());
            if (state != SpoolState.FAILED) {
                var again = new NewMail(ANN, "app", "", Spooling.envelope("a@x.org"), Spooling.CONTENT, "key-" + state);
                assertEquals(Optional.of(state), upgraded.intake().accept(again).duplicateOf(), "its key is known");
            }
        }
        assertEquals(2, upgraded.archive().fill().messages());
        assertEquals(1, upgraded.claims().takeOver(InDoubt.RESEND, false), "whose lease has ended");
        List<SpooledMail> claimed = upgraded.claims().claim(ANN, 9);
        assertEquals(List.of(2, 2), claimed.stream().map(SpooledMail::attempts).toList());
        assertEquals("abc", new String(bytes(claimed.get(0).data())));
        assertEquals(2, upgraded.claims().settle(claimed.stream().map(SpoolStoreContract::sent).toList()).size());
    }

    private int count(String condition) throws SQLException {
        try (var connection = source.getConnection(); var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from mailroom_mail where " + condition)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void aTimeToGiveUpAndATimeToForgetAreNeverTheSameColumn() throws Exception {
        insert("a@x.org");
        insert("b@x.org");
        assertEquals(2, count("give_up_at is not null and keep_until is null"));
        store.claims().settle(List.of(sent(store.claims().claim(ANN, 1).get(0))));
        assertEquals(1, count("give_up_at is null and keep_until is not null"));
        store.claims().claim(ANN, 1);
        store.claims().takeOver(InDoubt.HOLD, true);
        assertEquals(2, count("give_up_at is null and keep_until is not null"));
        store.archive().resend(store.archive().list(SpoolState.IN_DOUBT, 0, 1).get(0).id().number());
        assertEquals(1, count("give_up_at is not null and keep_until is null and incident is null"));
    }

    @Test
    void whatAServerOfTheFirstVersionLeftBehindIsCarriedOnByThisOne() throws Exception {
        becomeVersion(1);
        fillFirstVersion();
        assertUpgraded();
    }
}
