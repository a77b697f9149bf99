package dev.mailroom.arrival;

import dev.mailroom.receiving.ListenedMailbox.ReadingState;
import java.util.concurrent.atomic.AtomicLong;

/** What administrators see of a reader. One thread changes it, any reads it. */
final class ArrivalCounts {
    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();
    private volatile ReadingState state = ReadingState.WAITING;
    private volatile String trouble = "";

    void state(ReadingState now) {
        state = now;
    }

    ReadingState state() {
        return state;
    }

    void troubled(String why) {
        trouble = why;
        state = ReadingState.TROUBLED;
    }

    void works() {
        trouble = "";
    }

    String trouble() {
        return trouble;
    }

    void oneHandled() {
        handled.incrementAndGet();
    }

    void oneFailed() {
        failures.incrementAndGet();
    }

    void oneDead() {
        deadLetters.incrementAndGet();
    }

    long handled() {
        return handled.get();
    }

    long failures() {
        return failures.get();
    }

    long deadLetters() {
        return deadLetters.get();
    }
}
