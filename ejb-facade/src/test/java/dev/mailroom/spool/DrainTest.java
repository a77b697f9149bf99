package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpReply;
import dev.mailroom.spool.Drain.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the store to a session and back, on the embedded database. */
class DrainTest {
    private static final SpoolQueue ANN = SpoolQueue.of("app", "ann");

    @TempDir
    private Path directory;
    private EmbeddedDataSource source;
    private SpoolStore store;
    private final AtomicLong nanos = new AtomicLong();
    private final List<Settlement> heard = new ArrayList<>();

    @BeforeEach
    void openStore() throws Exception {
        source = EmbeddedDatabase.open(directory.resolve("spool"));
        store = new JdbcSpoolStore(SpoolDatabase.local(source), Spooling.SETTINGS, "one");
        store.createSchema();
        store.openQueue(ANN, new byte[0]);
    }

    @AfterEach
    void closeStore() throws Exception {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }

    private Drain drain() {
        var settings = Spooling.SETTINGS;
        var listener = new SpoolListener() {
            @Override
            public void settled(Settlement settlement) {
                heard.add(settlement);
            }
        };
        return new Drain(store, settings, new RetrySchedule(settings.retry(), () -> 1),
                new LeaseWatch(settings.drain().lease(), nanos::get), new HeldMails(store, listener), listener);
    }

    private List<String> spool(int mails) throws Exception {
        List<String> addresses = IntStream.range(0, mails).mapToObj(n -> n + "@x.org").toList();
        for (String address : addresses) {
            store.insert(Spooling.mail(ANN, address));
        }
        return addresses;
    }

    private Result turn(FakeSession session) throws Exception {
        return drain().turn(ANN.key(), queue -> Optional.of(session), () -> false);
    }

    private static Failure failure(Phase phase, Delivery delivery, SmtpReply reply) {
        return new Failure(phase, "it failed", delivery, false, reply, List.of(), "mx.example.org", 25);
    }

    @Test
    void everyMailIsSentOnceInOrderHoweverManyAreInFlight() throws Exception {
        List<String> addresses = spool(100);
        var session = new FakeSession(16, mail -> FakeSession.OK);
        assertEquals(Result.EMPTY, turn(session));
        assertEquals(addresses, List.copyOf(session.recipients));
        assertEquals(100, store.list(SpoolState.SENT, 0, 200).size());
        assertEquals(100, heard.size());
        assertEquals(new SpoolFill(0, 0), store.fill());
    }

    @Test
    void aServerThatCannotBeReachedDelaysItsQueueAndCountsAnAttempt() throws Exception {
        spool(2);
        var session = FakeSession.accepting();
        session.refuse(failure(Phase.CONNECT, Delivery.NOT_SENT, SmtpReply.NONE));
        assertEquals(Result.BLOCKED, turn(session));
        QueueStatus queue = store.queue(ANN.key()).orElseThrow();
        assertEquals(1, queue.failures());
        assertTrue(queue.delay().compareTo(Duration.ofSeconds(20)) > 0, "was " + queue.delay());
        assertEquals(2, store.list(SpoolState.PENDING, 0, 9).stream().filter(mail -> mail.attempts() == 1).count());
        session.recover();
        assertEquals(Result.BLOCKED, turn(session), "not before its time");
    }

    @Test
    void aRefusedLoginParksTheQueueUntilTheSessionIsStartedAgain() throws Exception {
        spool(1);
        var session = FakeSession.accepting();
        session.refuse(failure(Phase.AUTH, Delivery.NOT_SENT, SmtpReply.of(535, "5.7.8 wrong")));
        assertEquals(Result.BLOCKED, turn(session));
        assertTrue(store.queue(ANN.key()).orElseThrow().parked());
        session.recover();
        assertEquals(Result.BLOCKED, turn(session));
        assertTrue(session.recipients.isEmpty());
        store.openQueue(ANN, new byte[0]);
        assertEquals(Result.EMPTY, turn(session));
        assertEquals(1, session.recipients.size());
    }

    @Test
    void aRefusedLoginOfANamedSessionIsTriedAgainAfterTheLongestWaitAndAfterARestart() throws Exception {
        var named = SpoolQueue.named("office");
        store.openQueue(named, new byte[0]);
        store.insert(Spooling.mail(named, "a@x.org"));
        var session = FakeSession.accepting();
        session.refuse(failure(Phase.AUTH, Delivery.NOT_SENT, SmtpReply.of(535, "5.7.8 wrong")));
        assertEquals(Result.BLOCKED, drain().turn(named.key(), queue -> Optional.of(session), () -> false));
        QueueStatus queue = store.queue(named.key()).orElseThrow();
        assertFalse(queue.parked(), "nobody would ever start it");
        Duration longest = Spooling.SETTINGS.retry().max();
        assertTrue(queue.delay().compareTo(longest.minusMinutes(1)) > 0, "was " + queue.delay());
        assertTrue(queue.delay().compareTo(longest) <= 0, "was " + queue.delay());
        session.recover();
        store.openNamedQueues();
        assertEquals(Result.EMPTY, drain().turn(named.key(), again -> Optional.of(session), () -> false));
        assertEquals(1, session.recipients.size());
    }

    @Test
    void aMailRefusedForGoodDoesNotHoldUpTheNext() throws Exception {
        spool(3);
        var session = new FakeSession(1, mail -> mail.envelope().forwardPaths().contains("1@x.org")
                ? failure(Phase.DATA, Delivery.REJECTED, SmtpReply.of(554, "5.7.1 spam")) : FakeSession.OK);
        assertEquals(Result.EMPTY, turn(session));
        assertEquals(List.of("0@x.org", "2@x.org"), List.copyOf(session.recipients));
        MailStatus failed = store.list(SpoolState.FAILED, 0, 9).get(0);
        assertEquals(554, failed.reply().code());
        assertEquals("it failed", failed.error());
    }

    @Test
    void withoutASessionNothingIsClaimed() throws Exception {
        spool(1);
        assertEquals(Result.BLOCKED, drain().turn(ANN.key(), queue -> Optional.empty(), () -> false));
        assertEquals(0, store.list(SpoolState.PENDING, 0, 9).get(0).attempts());
    }

    @Test
    void whatWasClaimedAndNotTakenGoesBackUntouched() throws Exception {
        spool(5);
        AtomicLong asked = new AtomicLong();
        var session = FakeSession.accepting();
        assertEquals(Result.MORE, drain().turn(
                ANN.key(), queue -> Optional.of(session), () -> asked.incrementAndGet() > 2));
        assertEquals(2, session.recipients.size());
        assertEquals(List.of(0, 0, 0),
                store.list(SpoolState.PENDING, 0, 9).stream().map(MailStatus::attempts).toList());
    }

    @Test
    void aServerThatWasPausedBeyondItsLeaseTakesNoMoreMails() throws Exception {
        spool(2);
        var session = new FakeSession(1, mail -> {
            nanos.addAndGet(Spooling.SETTINGS.drain().lease().toNanos());
            return FakeSession.OK;
        });
        assertEquals(Result.MORE, turn(session));
        assertEquals(1, session.recipients.size());
    }

    @Test
    void aMailWhoseOutcomeWasLostIsInDoubtAndNoneStaysClaimed() throws Exception {
        spool(3);
        var session = new FakeSession(1, mail -> {
            throw new IllegalStateException("the transport broke its promise");
        });
        assertThrows(IllegalStateException.class, () -> turn(session));
        assertTrue(store.list(SpoolState.SENDING, 0, 9).isEmpty());
        assertEquals(SpoolState.PENDING, heard.get(0).state());
        assertEquals("the connection ended without an outcome", heard.get(0).error());
    }

    @Test
    void aStuckServerHoldsUpNobodyElse() throws Exception {
        var stuck = new CountDownLatch(1);
        var dead = SpoolQueue.named("dead");
        store.openQueue(dead, new byte[0]);
        store.insert(Spooling.mail(dead, "never@x.org"));
        spool(50);
        var good = FakeSession.accepting();
        var slow = new FakeSession(1, mail -> {
            awaitQuietly(stuck);
            return FakeSession.OK;
        });
        var rotation = new Rotation(2, 1);
        var worker = new DrainWorker(rotation, drain(),
                queue -> Optional.of(queue.queue().equals(dead) ? slow : good));
        var executor = Executors.newFixedThreadPool(2);
        assertTrue(rotation.offer(dead.key(), true));
        executor.execute(worker::work);
        assertTrue(rotation.offer(ANN.key(), true));
        executor.execute(worker::work);
        Spooling.eventually(() -> good.recipients.size() == 50);
        assertTrue(slow.recipients.isEmpty());
        rotation.stop();
        assertFalse(rotation.awaitEnd(1), "a mail is in flight");
        stuck.countDown();
        assertTrue(rotation.awaitEnd(20_000));
        executor.shutdown();
        assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
        assertEquals(51, store.list(SpoolState.SENT, 0, 100).size());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
