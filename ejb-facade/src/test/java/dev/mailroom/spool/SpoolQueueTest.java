package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolQueueTest {
    @Test
    void aQueueIsReadBackFromItsKey() {
        for (SpoolQueue queue : List.of(SpoolQueue.of("", "demo"), SpoolQueue.of("a", "b:c"), SpoolQueue.of("a:b", "c"),
                SpoolQueue.of("7:x", "\n:"), SpoolQueue.of("a", "7:b", "0f-"), SpoolQueue.of("a-b:1", "c", "12-ab"),
                SpoolQueue.of("", "d"), SpoolQueue.named("billing"), SpoolQueue.named("c:1:a"))) {
            assertEquals(queue, SpoolQueue.ofKey(queue.key()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "c:", "c:5:abc", "c:x:a:b", "c:3:abcd"})
    void whatIsNoKeyIsNotGuessedAt(String key) {
        assertThrows(IllegalArgumentException.class, () -> SpoolQueue.ofKey(key));
    }
}
