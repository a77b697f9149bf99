package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpReply;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every database must do for the spool: several servers and threads at once, transactions, upgrades. */
abstract class SpoolSharingContract extends SpoolStoreContract {
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

    private Callable<List<Long>> claimer(String owner) throws SQLException {
        SpoolStore claiming = store(Spooling.SETTINGS, owner);
        return () -> {
            List<Long> mine = new ArrayList<>();
            List<SpooledMail> claimed = claiming.claim(ANN.key(), 7);
            while (!claimed.isEmpty()) {
                claimed.forEach(mail -> mine.add(mail.id()));
                claimed = claiming.claim(ANN.key(), 7);
            }
            return mine;
        };
    }

    @Test
    void noMailIsClaimedTwice() throws Exception {
        Set<Long> all = new HashSet<>();
        for (int mail = 0; mail < 400; mail++) {
            all.add(store.insert(Spooling.mail(ANN, "a@x.org")).id().number());
        }
        List<List<Long>> claims = together(List.of(claimer("one"), claimer("two"), claimer("three"), claimer("four")));
        List<Long> claimed = claims.stream().flatMap(List::stream).toList();
        assertEquals(all.size(), claimed.size());
        assertEquals(all, new HashSet<>(claimed));
    }

    @Test
    void anExpiredLeaseIsTakenOverExactlyOnce() throws Exception {
        SpoolStore dying = store(Spooling.leasing(Duration.ofSeconds(1)), "dying");
        for (int mail = 0; mail < 50; mail++) {
            store.insert(Spooling.mail(ANN, "a@x.org"));
        }
        assertEquals(50, dying.claim(ANN.key(), 50).size());
        assertEquals(0, store.takeOver(InDoubt.RESEND, false), "a living lease is respected");
        List<Integer> taken = new ArrayList<>();
        Spooling.eventually(() -> {
            Callable<Integer> taker = () -> store.takeOver(InDoubt.RESEND, false);
            taken.addAll(together(List.of(taker, taker, taker)));
            return taken.stream().mapToInt(Integer::intValue).sum() > 0;
        });
        assertEquals(50, taken.stream().mapToInt(Integer::intValue).sum());
        assertEquals(50, store.claim(ANN.key(), 100).size());
    }

    @Test
    void anExtendedLeaseIsNotTakenOver() throws Exception {
        long id = insert("a@x.org");
        SpoolStore shortLease = store(Spooling.leasing(Duration.ofSeconds(1)), "slow");
        List<SpooledMail> claimed = shortLease.claim(ANN.key(), 1);
        SpoolStore longLease = store(Spooling.leasing(Duration.ofHours(1)), "slow");
        assertEquals(List.of(), longLease.extendLeases(claimed));
        assertTrue(store.claim(ANN.key(), 1).isEmpty());
        MailStatus status = store.status(id).orElseThrow();
        assertTrue(status.next().isAfter(status.accepted().plusSeconds(60)));
    }

    @Test
    void onlyTheLeasesThatAreAskedForAreExtendedAndLostOnesAreNamed() throws Exception {
        insert("a@x.org");
        long other = insert("b@x.org");
        List<SpooledMail> claimed = store.claim(ANN.key(), 2);
        SpoolStore longLease = store(Spooling.leasing(Duration.ofHours(1)), "one");
        assertEquals(List.of(), longLease.extendLeases(claimed.subList(0, 1)));
        MailStatus status = store.status(other).orElseThrow();
        assertTrue(status.next().isBefore(status.accepted().plusSeconds(600)));
        store.takeOver(InDoubt.RESEND, true);
        assertEquals(claimed, longLease.extendLeases(claimed));
    }

    @Test
    void anOutcomeThatComesLateCountsUntilSomebodyClaimsTheMailAnew() throws Exception {
        for (int mail = 0; mail < 2; mail++) {
            insert("a@x.org");
        }
        List<SpooledMail> claimed = store.claim(ANN.key(), 2);
        store.takeOver(InDoubt.RESEND, true);
        assertEquals(1, store.settle(List.of(sent(claimed.get(0)))).size());
        assertEquals(SpoolState.SENT, state(claimed.get(0).id()));
        SpooledMail again = store.claim(ANN.key(), 1).get(0);
        assertEquals(0, store.settle(List.of(sent(claimed.get(1)))).size(), "the same server, but an earlier claim");
        assertEquals(SpoolState.SENDING, state(again.id()));
        assertEquals(1, store.settle(List.of(Settlement.untouched(again))).size());
        assertEquals(0, store.settle(List.of(Settlement.untouched(again))).size(), "nothing is written twice");
        assertEquals(1, store.status(again.id()).orElseThrow().attempts());
    }

    @Test
    void aServerThatLostItsLeaseCannotSettle() throws Exception {
        long id = store.insert(Spooling.mail(ANN, "a@x.org")).id().number();
        SpooledMail mail = store.claim(ANN.key(), 1).get(0);
        SpoolStore other = store(Spooling.SETTINGS, "two");
        assertEquals(1, other.takeOver(InDoubt.RESEND, true));
        assertEquals(1, other.claim(ANN.key(), 1).size());
        assertEquals(0, store.settle(List.of(new Settlement(
                mail, SpoolState.FAILED, Duration.ZERO, true, SmtpReply.NONE, "late", List.of()))).size());
        assertEquals(SpoolState.SENDING, store.status(id).orElseThrow().state());
    }

    @Test
    void theSameKeyFromManyThreadsIsAcceptedOnce() throws Exception {
        var mail = new NewMail(ANN.key(), "app", "", Spooling.envelope("a@x.org"), Spooling.CONTENT, "same");
        Callable<Accepted> sender = () -> store.insert(mail);
        List<Accepted> all = together(List.of(sender, sender, sender, sender, sender, sender));
        assertEquals(1, all.stream().map(Accepted::id).distinct().count());
        assertEquals(1, all.stream().filter(accepted -> !accepted.duplicate()).count());
        assertEquals(1, store.fill().messages());
    }

    @Test
    void aRolledBackMailNeverExistedAndACommittedOneAppearsWithTheBusinessRow() throws Exception {
        try (Connection connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute("drop table if exists business");
            statement.execute("create table business (id integer primary key)");
            connection.setAutoCommit(false);
            SpoolStore enlisted = new JdbcSpoolStore(new SpoolDatabase(
                    new OneConnection(connection), Dialect.of(source), () -> true), Spooling.SETTINGS, "one");
            statement.execute("insert into business values (1)");
            enlisted.insert(Spooling.mail(ANN, "a@x.org"));
            assertTrue(store.claim(ANN.key(), 1).isEmpty(), "nobody sees it before the commit");
            connection.rollback();
            assertEquals(0, store.fill().messages());
            statement.execute("insert into business values (2)");
            enlisted.insert(Spooling.mail(ANN, "a@x.org"));
            connection.commit();
            assertEquals(1, store.fill().messages());
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
            SpoolStore enlisted = new JdbcSpoolStore(new SpoolDatabase(
                    new OneConnection(connection), Dialect.of(source), () -> true), Spooling.SETTINGS, "one");
            enlisted.insert(Spooling.mail(ANN, "slow@x.org"));
            long other = store.insert(Spooling.mail(ANN, "fast@x.org")).id().number();
            assertEquals(List.of(other), store.claim(ANN.key(), 5).stream().map(SpooledMail::id).toList());
            connection.rollback();
        }
    }

    @Test
    void queuesWithNothingDueParkedOrDelayedAreLeftAlone() throws Exception {
        store.openQueue(BOB, new byte[] {1, 2});
        store.insert(Spooling.mail(BOB, "a@x.org"));
        QueueStatus due = store.dueQueues().get(0);
        assertEquals(BOB, due.queue());
        assertEquals(1, store.dueQueues().size());
        assertEquals(2, due.sealed().length);
        store.delayQueue(BOB.key(), Duration.ofHours(1), "connection refused");
        assertTrue(store.dueQueues().isEmpty());
        assertEquals(1, store.queue(BOB.key()).orElseThrow().failures());
        store.queueWorks(BOB.key());
        assertEquals(1, store.dueQueues().size());
        store.parkQueue(BOB.key(), "535 no");
        assertTrue(store.dueQueues().isEmpty());
        assertTrue(store.queue(BOB.key()).orElseThrow().parked());
        store.openQueue(BOB, new byte[0]);
        assertEquals(1, store.dueQueues().size());
    }

    @Test
    void aStartMakesNamedQueuesReadyAndNoOther() throws Exception {
        store.openQueue(BOB, new byte[0]);
        for (SpoolQueue queue : List.of(ANN, BOB)) {
            store.insert(Spooling.mail(queue, "a@x.org"));
            store.delayQueue(queue.key(), Duration.ofHours(1), "connection refused");
            store.parkQueue(queue.key(), "535 no");
        }
        store.openNamedQueues();
        assertEquals(List.of(BOB), store.dueQueues().stream().map(QueueStatus::queue).toList());
        assertEquals("", store.queue(BOB.key()).orElseThrow().error());
        assertTrue(store.queue(ANN.key()).orElseThrow().parked());
    }

    @Test
    void manyServersMayCreateTheTablesTogether() throws Exception {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            for (String table : List.of("schema", "queue", "mail", "content", "recipient")) {
                statement.execute("drop table mailroom_" + table);
            }
        }
        Callable<Boolean> creator = () -> {
            store(Spooling.SETTINGS, "one").createSchema();
            return true;
        };
        together(List.of(creator, creator, creator, creator));
        store.insert(Spooling.mail(ANN, "a@x.org"));
    }

    @Test
    void tablesAreUpgradedInPlaceAndNewerOnesAreRefused() throws Exception {
        long id = store.insert(Spooling.mail(ANN, "a@x.org")).id().number();
        List<String> next = new ArrayList<>(SpoolSchema.steps());
        next.add("alter table mailroom_mail add column if not exists colour varchar(10) default 'red' not null");
        var newer = new SpoolSchema(SpoolDatabase.local(source), next);
        newer.bringUpToDate();
        newer.bringUpToDate();
        try (var connection = source.getConnection(); var statement = connection.createStatement();
                var rows = statement.executeQuery("select colour from mailroom_mail where id = " + id)) {
            assertTrue(rows.next());
            assertEquals("red", rows.getString(1));
        }
        var refused = assertThrows(SQLException.class, store::createSchema);
        assertTrue(refused.getMessage().contains("version 2"), refused.getMessage());
    }
}
