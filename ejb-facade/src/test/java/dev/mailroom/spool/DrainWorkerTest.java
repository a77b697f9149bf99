package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a worker does when a turn fails: it must never take its place with it. */
class DrainWorkerTest {
    private final Rotation rotation = new Rotation(1, 1);
    private final List<Throwable> told = new ArrayList<>();

    private DrainWorker worker(Throwable failure, SpoolListener listener) {
        var store = Spooling.faked(SpoolStore.class, (proxy, method, arguments) -> {
            throw failure;
        });
        var settings = Spooling.SETTINGS;
        return new DrainWorker(rotation, new Drain(store, settings, new RetrySchedule(settings.retry(), () -> 1),
                new LeaseWatch(settings.drain().lease(), System::nanoTime), new HeldMails(store, listener), listener),
                queue -> Optional.empty());
    }

    private SpoolListener telling() {
        return new SpoolListener() {
            @Override
            public void troubled(Throwable error) {
                told.add(error);
            }
        };
    }

    @Test
    void aWorkerOutlivesWhateverATurnThrows() throws Exception {
        for (Throwable failure : List.of(new SQLException("down"), new IllegalStateException("bug"),
                new OutOfMemoryError("pretended"), new NoClassDefFoundError("pretended"))) {
            assertTrue(rotation.offer("a", false), "there is a place again");
            worker(failure, telling()).work();
            assertEquals(failure, told.get(told.size() - 1));
        }
        assertTrue(rotation.awaitEnd(1), "no worker is left");
    }

    @Test
    void aWorkerThatCannotEvenTellGivesItsPlaceBack() throws Exception {
        assertTrue(rotation.offer("a", false));
        var worker = worker(new OutOfMemoryError("pretended"), new SpoolListener() {
            @Override
            public void troubled(Throwable error) {
                throw new StackOverflowError("pretended");
            }
        });
        assertThrows(StackOverflowError.class, worker::work);
        assertTrue(rotation.awaitEnd(1), "no worker is left");
        assertTrue(rotation.offer("a", false), "the next one may start");
    }
}
