package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.Spooling;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a worker does when a turn fails: it must never take its place with it. */
class DrainWorkerTest {
    private static final SpoolQueue ANN = SpoolQueue.of("app", "ann");

    private final QueueScheduler scheduler = new QueueScheduler(1, 1);
    private final List<Throwable> told = new ArrayList<>();

    private DrainWorker worker(Throwable failure, SpoolListener listener) {
        var store = Spooling.store((proxy, method, arguments) -> {
            throw failure;
        });
        var settings = Spooling.SETTINGS;
        var clock = new LeaseClock(settings.drain().lease(), System::nanoTime);
        var drain = new Drain(store, settings, new RetrySchedule(settings.retry(), () -> 1),
                new LeasedMails(store, clock, listener), clock, listener, Runnable::run);
        return new DrainWorker(scheduler, drain, queue -> Optional.empty(), listener, System::nanoTime);
    }

    private SpoolListener telling() {
        return new SpoolListener() {
            @Override
            public void failed(Throwable error) {
                told.add(error);
            }
        };
    }

    @Test
    void aWorkerOutlivesWhateverATurnThrows() throws Exception {
        for (Throwable failure : List.of(new SQLException("down"), new IllegalStateException("bug"),
                new OutOfMemoryError("pretended"), new NoClassDefFoundError("pretended"))) {
            assertTrue(scheduler.offer(ANN, false), "there is a place again");
            worker(failure, telling()).work();
            assertEquals(failure, told.get(told.size() - 1));
        }
        assertTrue(scheduler.awaitEnd(1), "no worker is left");
    }

    @Test
    void aWorkerThatCannotEvenTellGivesItsPlaceBack() throws Exception {
        assertTrue(scheduler.offer(ANN, false));
        var worker = worker(new OutOfMemoryError("pretended"), new SpoolListener() {
            @Override
            public void failed(Throwable error) {
                throw new StackOverflowError("pretended");
            }
        });
        assertThrows(StackOverflowError.class, worker::work);
        assertTrue(scheduler.awaitEnd(1), "no worker is left");
        assertTrue(scheduler.offer(ANN, false), "the next one may start");
    }
}
