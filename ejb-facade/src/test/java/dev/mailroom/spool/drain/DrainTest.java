package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpReply;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.QueueStatus;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolFill;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.TemporarySpool;
import dev.mailroom.spool.drain.Drain.Result;
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
    private TemporarySpool database;
    private SpoolStore store;
    private final AtomicLong nanos = new AtomicLong();
    private final List<Settlement> heard = new ArrayList<>();

    @BeforeEach
    void openStore() throws Exception {
        database = TemporarySpool.open(directory, ANN);
        store = database.store();
    }

    @AfterEach
    void closeStore() throws Exception {
        database.close();
    }

    private Drain drain() {
        var settings = Spooling.SETTINGS;
        var listener = new SpoolListener() {
            @Override
            public void settled(Settlement settlement) {
                heard.add(settlement);
            }
        };
        var clock = new LeaseClock(settings.drain().lease(), nanos::get);
        return new Drain(store, settings, new RetrySchedule(settings.retry(), () -> 1),
                new LeasedMails(store, clock, listener), clock, listener, Runnable::run);
    }

    private List<String> spool(int mails) throws Exception {
        List<String> addresses = IntStream.range(0, mails).mapToObj(n -> n + "@x.org").toList();
        for (String address : addresses) {
            store.intake().accept(Spooling.mail(ANN, address));
        }
        return addresses;
    }

    private Result turn(FakeSession session) throws Exception {
        return drain().turn(ANN, queue -> Optional.of(session), () -> false);
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
        assertEquals(100, store.archive().list(SpoolState.SENT, 0, 200).size());
        assertEquals(100, heard.size());
        assertEquals(new SpoolFill(0, 0), store.archive().fill());
    }

    @Test
    void aServerThatCannotBeReachedDelaysItsQueueAndUsesUpNoAttemptOfItsMails() throws Exception {
        spool(2);
        var session = FakeSession.accepting();
        session.refuse(failure(Phase.CONNECT, Delivery.NOT_SENT, SmtpReply.NONE));
        assertEquals(Result.BLOCKED, turn(session));
        QueueStatus queue = store.queues().find(ANN).orElseThrow();
        assertEquals(1, queue.failures());
        assertTrue(queue.delay().compareTo(Duration.ofSeconds(20)) > 0, "was " + queue.delay());
        assertEquals(2, store.archive().list(SpoolState.PENDING, 0, 9).stream().filter(mail -> mail.attempts() == 0)
                .count());
        session.recover();
        assertEquals(Result.BLOCKED, turn(session), "not before its time");
    }

    @Test
    void aRefusedLoginParksTheQueueUntilTheSessionIsStartedAgain() throws Exception {
        spool(1);
        var session = FakeSession.accepting();
        session.refuse(failure(Phase.AUTH, Delivery.NOT_SENT, SmtpReply.of(535, "5.7.8 wrong")));
        assertEquals(Result.BLOCKED, turn(session));
        assertTrue(store.queues().find(ANN).orElseThrow().parked());
        session.recover();
        assertEquals(Result.BLOCKED, turn(session));
        assertTrue(session.recipients.isEmpty());
        store.queues().open(ANN, new byte[0]);
        assertEquals(Result.EMPTY, turn(session));
        assertEquals(1, session.recipients.size());
    }

    @Test
    void aRefusedLoginOfANamedSessionIsTriedAgainAfterTheLongestWaitAndAfterARestart() throws Exception {
        var named = SpoolQueue.named("office");
        store.queues().open(named, new byte[0]);
        store.intake().accept(Spooling.mail(named, "a@x.org"));
        var session = FakeSession.accepting();
        session.refuse(failure(Phase.AUTH, Delivery.NOT_SENT, SmtpReply.of(535, "5.7.8 wrong")));
        assertEquals(Result.BLOCKED, drain().turn(named, queue -> Optional.of(session), () -> false));
        QueueStatus queue = store.queues().find(named).orElseThrow();
        assertFalse(queue.parked(), "nobody would ever start it");
        Duration longest = Spooling.SETTINGS.retry().max();
        assertTrue(queue.delay().compareTo(longest.minusMinutes(1)) > 0, "was " + queue.delay());
        assertTrue(queue.delay().compareTo(longest) <= 0, "was " + queue.delay());
        session.recover();
        store.queues().openNamed();
        assertEquals(Result.EMPTY, drain().turn(named, again -> Optional.of(session), () -> false));
        assertEquals(1, session.recipients.size());
    }

    @Test
    void aMailRefusedForGoodDoesNotHoldUpTheNext() throws Exception {
        spool(3);
        var session = new FakeSession(1, mail -> mail.envelope().forwardPaths().contains("1@x.org")
                ? failure(Phase.DATA, Delivery.REJECTED, SmtpReply.of(554, "5.7.1 spam")) : FakeSession.OK);
        assertEquals(Result.EMPTY, turn(session));
        assertEquals(List.of("0@x.org", "2@x.org"), List.copyOf(session.recipients));
        MailStatus failed = store.archive().list(SpoolState.FAILED, 0, 9).get(0);
        assertEquals(554, failed.reply().code());
        assertEquals("it failed", failed.error());
    }

    @Test
    void withoutASessionNothingIsClaimed() throws Exception {
        spool(1);
        assertEquals(Result.BLOCKED, drain().turn(ANN, queue -> Optional.empty(), () -> false));
        assertEquals(0, store.archive().list(SpoolState.PENDING, 0, 9).get(0).attempts());
    }

    @Test
    void whatWasClaimedAndNotTakenGoesBackUntouched() throws Exception {
        spool(5);
        AtomicLong asked = new AtomicLong();
        var session = FakeSession.accepting();
        assertEquals(Result.MORE, drain().turn(
                ANN, queue -> Optional.of(session), () -> asked.incrementAndGet() > 2));
        assertEquals(2, session.recipients.size());
        assertEquals(List.of(0, 0, 0),
                store.archive().list(SpoolState.PENDING, 0, 9).stream().map(MailStatus::attempts).toList());
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
        assertTrue(store.archive().list(SpoolState.SENDING, 0, 9).isEmpty());
        assertEquals(SpoolState.PENDING, heard.get(0).state());
        assertEquals("the connection ended without an outcome", heard.get(0).error());
    }

    @Test
    void aStuckServerHoldsUpNobodyElse() throws Exception {
        var stuck = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        var dead = SpoolQueue.named("dead");
        store.queues().open(dead, new byte[0]);
        store.intake().accept(Spooling.mail(dead, "never@x.org"));
        spool(50);
        var good = FakeSession.accepting();
        var slow = new FakeSession(1, mail -> {
            begun.countDown();
            awaitQuietly(stuck);
            return FakeSession.OK;
        });
        var scheduler = new QueueScheduler(2, 1);
        var worker = new DrainWorker(scheduler, drain(),
                queue -> Optional.of(queue.queue().equals(dead) ? slow : good), SpoolListener.NONE, System::nanoTime);
        var executor = Executors.newFixedThreadPool(2);
        assertTrue(scheduler.offer(dead, true));
        executor.execute(worker::work);
        assertTrue(scheduler.offer(ANN, true));
        executor.execute(worker::work);
        Spooling.eventually(() -> good.recipients.size() == 50);
        begun.await();
        assertTrue(slow.recipients.isEmpty());
        scheduler.stop();
        assertFalse(scheduler.awaitEnd(1), "a mail is in flight");
        stuck.countDown();
        assertTrue(scheduler.awaitEnd(20_000));
        executor.shutdown();
        assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
        assertEquals(51, store.archive().list(SpoolState.SENT, 0, 100).size());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
