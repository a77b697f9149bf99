package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.spool.SpoolQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class QueueSchedulerTest {
    private static final SpoolQueue A = SpoolQueue.named("a");
    private static final SpoolQueue B = SpoolQueue.named("b");
    private static final SpoolQueue C = SpoolQueue.named("c");
    private static final SpoolQueue D1 = SpoolQueue.named("d1");
    private static final SpoolQueue D2 = SpoolQueue.named("d2");
    private static final SpoolQueue D3 = SpoolQueue.named("d3");
    private static final SpoolQueue D4 = SpoolQueue.named("d4");
    private static final SpoolQueue GOOD = SpoolQueue.named("good");

    @Test
    void queuesTakeTurns() {
        var scheduler = new QueueScheduler(1, 1);
        assertTrue(scheduler.offer(A, true));
        assertFalse(scheduler.offer(B, true), "the one worker is there already");
        assertEquals(Optional.of(A), scheduler.take());
        scheduler.done(A, true, true);
        assertEquals(Optional.of(B), scheduler.take());
        scheduler.done(B, true, true);
        assertEquals(Optional.of(A), scheduler.take());
    }

    @Test
    void noMoreWorkersThanAllowedAndNoMoreTurnsOfOneQueue() {
        var scheduler = new QueueScheduler(3, 2);
        assertTrue(scheduler.offer(A, true));
        assertEquals(Optional.of(A), scheduler.take());
        scheduler.quick(A);
        assertTrue(scheduler.offer(A, true));
        assertEquals(Optional.of(A), scheduler.take());
        assertFalse(scheduler.offer(A, true), "two turns are its share");
        assertTrue(scheduler.offer(B, true));
        assertFalse(scheduler.offer(C, true));
        assertEquals(Optional.of(B), scheduler.take());
        assertTrue(scheduler.crowded(), "c waits for a place");
    }

    @Test
    void aMailThatArrivesDuringTheLastTurnIsNotForgotten() {
        var scheduler = new QueueScheduler(2, 1);
        scheduler.offer(A, true);
        scheduler.take();
        assertFalse(scheduler.offer(A, true));
        scheduler.done(A, false, true);
        assertEquals(Optional.of(A), scheduler.take());
    }

    @Test
    void aSecondConnectionHelpsWithABacklogOnly() {
        var scheduler = new QueueScheduler(3, 2);
        scheduler.offer(A, false);
        scheduler.take();
        scheduler.quick(A);
        assertFalse(scheduler.offer(A, false), "the turn that runs will find the mail");
        assertTrue(scheduler.offer(A, true));
    }

    @Test
    void onlyAServerThatHasProvedQuickGetsASecondConnection() {
        var scheduler = new QueueScheduler(4, 2);
        scheduler.offer(A, true);
        scheduler.take();
        assertFalse(scheduler.offer(A, true), "it may be dead");
        scheduler.quick(A);
        assertTrue(scheduler.offer(A, true));
        assertEquals(Optional.of(A), scheduler.take());
        scheduler.slow(A);
        scheduler.done(A, true, true);
        assertEquals(Optional.empty(), scheduler.take(), "one place is what a slow server may hold");
    }

    @Test
    void deadServersNeverTakeMoreThanHalfOfThePlaces() {
        var scheduler = new QueueScheduler(4, 2);
        for (SpoolQueue dead : new SpoolQueue[] {D1, D2, D3, D4}) {
            scheduler.offer(dead, true);
            scheduler.take();
            scheduler.done(dead, false, false);
            assertEquals(Optional.empty(), scheduler.take());
        }
        for (SpoolQueue dead : new SpoolQueue[] {D1, D2, D3, D4}) {
            scheduler.offer(dead, true);
        }
        assertTrue(scheduler.take().isPresent());
        assertTrue(scheduler.take().isPresent());
        assertEquals(Optional.empty(), scheduler.take());
        scheduler.offer(GOOD, true);
        assertEquals(Optional.of(GOOD), scheduler.take());
        scheduler.done(D1, false, true);
        assertEquals(Optional.of(D3), scheduler.take(), "a place for suspects has become free");
    }

    @Test
    void afterStoppingNobodyGetsATurnAndTheEndIsAwaited() throws Exception {
        var scheduler = new QueueScheduler(2, 1);
        scheduler.offer(A, true);
        scheduler.offer(B, true);
        scheduler.take();
        scheduler.stop();
        assertFalse(scheduler.awaitEnd(1), "a is still being served");
        scheduler.done(A, true, true);
        assertEquals(Optional.empty(), scheduler.take());
        assertEquals(Optional.empty(), scheduler.take());
        assertTrue(scheduler.awaitEnd(1));
        assertFalse(scheduler.offer(C, true));
    }

    private static List<SpoolQueue> taken(QueueScheduler scheduler) {
        List<SpoolQueue> taken = new ArrayList<>();
        Optional<SpoolQueue> next = scheduler.take();
        while (next.isPresent()) {
            taken.add(next.get());
            next = scheduler.take();
        }
        return taken;
    }

    @Test
    void manySessionsOfAServerThatSaysNothingLeaveMostPlacesFree() {
        var scheduler = new QueueScheduler(12, 2, queue -> queue.equals(GOOD) ? "good:25" : "silent:25");
        for (int session = 0; session < 20; session++) {
            scheduler.offer(SpoolQueue.named("s" + session), true);
        }
        scheduler.offer(GOOD, true);
        List<SpoolQueue> taken = taken(scheduler);
        assertEquals(4, taken.size());
        assertTrue(taken.contains(GOOD), "nothing is known of its server either");
    }

    @Test
    void theLastPlacesAreForQueuesThatHaveProvedQuick() {
        var scheduler = new QueueScheduler(12, 1);
        scheduler.offer(GOOD, true);
        scheduler.take();
        scheduler.quick(GOOD);
        scheduler.done(GOOD, false, true);
        for (int session = 0; session < 20; session++) {
            scheduler.offer(SpoolQueue.named("s" + session), true);
        }
        scheduler.offer(GOOD, true);
        List<SpoolQueue> taken = taken(scheduler);
        assertEquals(10, taken.size());
        assertTrue(taken.contains(GOOD));
    }

    @Test
    void aProvenServerLeavesPlacesForOthersToo() {
        var scheduler = new QueueScheduler(12, 1, queue -> queue.equals(GOOD) ? "good:25" : "busy:25");
        for (int session = 0; session < 20; session++) {
            SpoolQueue queue = SpoolQueue.named("s" + session);
            scheduler.offer(queue, true);
            scheduler.take();
            scheduler.quick(queue);
            scheduler.done(queue, false, true);
        }
        for (int session = 0; session < 20; session++) {
            scheduler.offer(SpoolQueue.named("s" + session), true);
        }
        scheduler.offer(GOOD, true);
        assertEquals(10, taken(scheduler).size());
    }

    private static void prove(QueueScheduler scheduler, SpoolQueue queue) {
        scheduler.offer(queue, true);
        scheduler.take();
        scheduler.quick(queue);
        scheduler.done(queue, false, true);
    }

    private static int takenOf20(QueueScheduler scheduler) {
        for (int session = 0; session < 20; session++) {
            scheduler.offer(SpoolQueue.named("s" + session), true);
        }
        return taken(scheduler).size();
    }

    @Test
    void aServerIsForgottenWithTheLastOfItsSessions() {
        var scheduler = new QueueScheduler(12, 1, queue -> "busy:25");
        prove(scheduler, A);
        prove(scheduler, B);
        scheduler.forget(A);
        assertEquals(9, takenOf20(scheduler), "b has proved it");
        var forgetful = new QueueScheduler(12, 1, queue -> "busy:25");
        prove(forgetful, A);
        forgetful.forget(A);
        assertEquals(3, takenOf20(forgetful), "nothing is known of it");
    }

    @Test
    void aServerThatASessionHasLeftIsForgotten() {
        var server = new AtomicReference<>("old:25");
        var scheduler = new QueueScheduler(12, 1, queue -> server.get());
        prove(scheduler, A);
        server.set("new:25");
        prove(scheduler, A);
        server.set("old:25");
        assertEquals(3, takenOf20(scheduler));
    }
}
