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
        assertTrue(rotation.offer("a"));
        assertFalse(rotation.offer("b"), "the one worker is there already");
        assertEquals(Optional.of("a"), rotation.take());
        rotation.done("a", true, true);
        assertEquals(Optional.of("b"), rotation.take());
        rotation.done("b", true, true);
        assertEquals(Optional.of("a"), rotation.take());
    }

    @Test
    void noMoreWorkersThanAllowedAndNoMoreTurnsOfOneQueue() {
        var rotation = new Rotation(3, 2);
        assertTrue(rotation.offer("a"));
        assertEquals(Optional.of("a"), rotation.take());
        assertTrue(rotation.offer("a"));
        assertEquals(Optional.of("a"), rotation.take());
        assertFalse(rotation.offer("a"), "two turns are its share");
        assertTrue(rotation.offer("b"));
        assertFalse(rotation.offer("c"));
        assertEquals(Optional.of("b"), rotation.take());
        assertTrue(rotation.crowded(), "c waits for a place");
    }

    @Test
    void aMailThatArrivesDuringTheLastTurnIsNotForgotten() {
        var rotation = new Rotation(2, 1);
        rotation.offer("a");
        rotation.take();
        assertFalse(rotation.offer("a"));
        rotation.done("a", false, true);
        assertEquals(Optional.of("a"), rotation.take());
    }

    @Test
    void deadServersNeverTakeMoreThanHalfOfThePlaces() {
        var rotation = new Rotation(4, 2);
        for (String dead : new String[] {"d1", "d2", "d3", "d4"}) {
            rotation.offer(dead);
            rotation.take();
            rotation.done(dead, false, false);
            assertEquals(Optional.empty(), rotation.take());
        }
        for (String dead : new String[] {"d1", "d2", "d3", "d4"}) {
            rotation.offer(dead);
        }
        assertTrue(rotation.take().isPresent());
        assertTrue(rotation.take().isPresent());
        assertEquals(Optional.empty(), rotation.take());
        rotation.offer("good");
        assertEquals(Optional.of("good"), rotation.take());
        rotation.done("d1", false, true);
        assertEquals(Optional.of("d3"), rotation.take(), "a place for suspects has become free");
    }

    @Test
    void afterStoppingNobodyGetsATurnAndTheEndIsAwaited() throws Exception {
        var rotation = new Rotation(2, 1);
        rotation.offer("a");
        rotation.offer("b");
        rotation.take();
        rotation.stop();
        assertFalse(rotation.awaitEnd(1), "a is still being served");
        rotation.done("a", true, true);
        assertEquals(Optional.empty(), rotation.take());
        assertEquals(Optional.empty(), rotation.take());
        assertTrue(rotation.awaitEnd(1));
        assertFalse(rotation.offer("c"));
    }
}
