package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RotationTest {
    @Test
    void queuesTakeTurns() {
        var rotation = new Rotation(1, 1);
        assertTrue(rotation.offer("a", true));
        assertFalse(rotation.offer("b", true), "the one worker is there already");
        assertEquals(Optional.of("a"), rotation.take());
        rotation.done("a", true, true);
        assertEquals(Optional.of("b"), rotation.take());
        rotation.done("b", true, true);
        assertEquals(Optional.of("a"), rotation.take());
    }

    @Test
    void noMoreWorkersThanAllowedAndNoMoreTurnsOfOneQueue() {
        var rotation = new Rotation(3, 2);
        assertTrue(rotation.offer("a", true));
        assertEquals(Optional.of("a"), rotation.take());
        rotation.quick("a");
        assertTrue(rotation.offer("a", true));
        assertEquals(Optional.of("a"), rotation.take());
        assertFalse(rotation.offer("a", true), "two turns are its share");
        assertTrue(rotation.offer("b", true));
        assertFalse(rotation.offer("c", true));
        assertEquals(Optional.of("b"), rotation.take());
        assertTrue(rotation.crowded(), "c waits for a place");
    }

    @Test
    void aMailThatArrivesDuringTheLastTurnIsNotForgotten() {
        var rotation = new Rotation(2, 1);
        rotation.offer("a", true);
        rotation.take();
        assertFalse(rotation.offer("a", true));
        rotation.done("a", false, true);
        assertEquals(Optional.of("a"), rotation.take());
    }

    @Test
    void aSecondConnectionHelpsWithABacklogOnly() {
        var rotation = new Rotation(3, 2);
        rotation.offer("a", false);
        rotation.take();
        rotation.quick("a");
        assertFalse(rotation.offer("a", false), "the turn that runs will find the mail");
        assertTrue(rotation.offer("a", true));
    }

    @Test
    void onlyAServerThatHasProvedQuickGetsASecondConnection() {
        var rotation = new Rotation(4, 2);
        rotation.offer("a", true);
        rotation.take();
        assertFalse(rotation.offer("a", true), "it may be dead");
        rotation.quick("a");
        assertTrue(rotation.offer("a", true));
        assertEquals(Optional.of("a"), rotation.take());
        rotation.slow("a");
        rotation.done("a", true, true);
        assertEquals(Optional.empty(), rotation.take(), "one place is what a slow server may hold");
    }

    @Test
    void deadServersNeverTakeMoreThanHalfOfThePlaces() {
        var rotation = new Rotation(4, 2);
        for (String dead : new String[] {"d1", "d2", "d3", "d4"}) {
            rotation.offer(dead, true);
            rotation.take();
            rotation.done(dead, false, false);
            assertEquals(Optional.empty(), rotation.take());
        }
        for (String dead : new String[] {"d1", "d2", "d3", "d4"}) {
            rotation.offer(dead, true);
        }
        assertTrue(rotation.take().isPresent());
        assertTrue(rotation.take().isPresent());
        assertEquals(Optional.empty(), rotation.take());
        rotation.offer("good", true);
        assertEquals(Optional.of("good"), rotation.take());
        rotation.done("d1", false, true);
        assertEquals(Optional.of("d3"), rotation.take(), "a place for suspects has become free");
    }

    @Test
    void afterStoppingNobodyGetsATurnAndTheEndIsAwaited() throws Exception {
        var rotation = new Rotation(2, 1);
        rotation.offer("a", true);
        rotation.offer("b", true);
        rotation.take();
        rotation.stop();
        assertFalse(rotation.awaitEnd(1), "a is still being served");
        rotation.done("a", true, true);
        assertEquals(Optional.empty(), rotation.take());
        assertEquals(Optional.empty(), rotation.take());
        assertTrue(rotation.awaitEnd(1));
        assertFalse(rotation.offer("c", true));
    }
}
