package dev.mailroom.spool.embedded;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskReserveTest {
    private final AtomicLong usable = new AtomicLong(150);
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aMailThatWouldEatIntoTheReserveIsRefusedUntilThereIsRoomAgain() {
        var reserve = new DiskReserve(100, usable::get, nanos::get);
        assertTrue(reserve.hasRoomFor(50));
        assertFalse(reserve.hasRoomFor(51));
        usable.set(99);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertFalse(reserve.hasRoomFor(0));
        usable.set(1000);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertTrue(reserve.hasRoomFor(900), "by itself, without a restart");
    }

    @Test
    void withoutAReserveTheDiskIsNotAskedAndOneThatDoesNotTellHasRoom() {
        assertTrue(new DiskReserve(0, () -> {
            throw new AssertionError("asked");
        }, nanos::get).hasRoomFor(1));
        assertTrue(new DiskReserve(100, () -> {
            throw new IOException("unknown");
        }, nanos::get).hasRoomFor(1));
    }
}
