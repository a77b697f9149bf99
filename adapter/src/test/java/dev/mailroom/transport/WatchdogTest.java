package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class WatchdogTest {
    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    private static boolean threadAlive() {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals("mailroom-watchdog"));
    }

    @Test
    void whatIsOverdueIsEndedAndWhatIsNotIsLeft() throws InterruptedException {
        try (Watchdog dog = new Watchdog()) {
            CountDownLatch early = new CountDownLatch(1);
            CountDownLatch late = new CountDownLatch(1);
            Watchdog.Guard patient = dog.watch(late::countDown);
            Watchdog.Guard hasty = dog.watch(early::countDown);
            patient.arm(in(Duration.ofHours(1)));
            // Due before the thread's next look: it must be woken.
            hasty.arm(in(Duration.ofMillis(20)));
            assertTrue(early.await(10, TimeUnit.SECONDS));
            assertTrue(hasty.fired());
            assertFalse(patient.fired());
        }
    }

    @Test
    void whatIsDisarmedInTimeIsLeft() throws InterruptedException {
        try (Watchdog dog = new Watchdog()) {
            CountDownLatch other = new CountDownLatch(1);
            Watchdog.Guard done = dog.watch(() -> { });
            done.arm(in(Duration.ofMillis(100)));
            done.disarm();
            dog.watch(other::countDown).arm(in(Duration.ofMillis(300)));
            assertTrue(other.await(10, TimeUnit.SECONDS));
            assertFalse(done.fired());
        }
    }

    @Test
    void closingEndsWhatIsWatchedAndTheThread() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Watchdog dog = new Watchdog();
        dog.watch(ended::countDown);
        dog.close();
        assertTrue(ended.await(10, TimeUnit.SECONDS));
        for (int i = 0; i < 1_000 && threadAlive(); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertFalse(threadAlive());
    }
}
