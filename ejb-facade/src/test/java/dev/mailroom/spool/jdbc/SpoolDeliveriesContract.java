package dev.mailroom.spool.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.arrival.DeliveryStore;
import dev.mailroom.receiving.SetAsideMail;
import dev.mailroom.spool.DrainSettings;
import dev.mailroom.spool.Spooling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every database must do for the spool: who reads a mailbox, and mails on their way to listeners. */
abstract class SpoolDeliveriesContract extends SpoolStoreContract {
    private static final String BOX = "bob at imap.example.org:143 IMAP INBOX";
    private static final long LONG = Duration.ofSeconds(60).toNanos();

    private DeliveryStore server(String name, Duration lease) throws Exception {
        DrainSettings drain = DrainSettings.DEFAULTS;
        return store(Spooling.settings(10, 1000, Spooling.SETTINGS.retry(), Spooling.SETTINGS.retention(),
                new DrainSettings(drain.maxParallel(), drain.maxPerQueue(), drain.batch(), lease, drain.sweep(),
                        drain.grace())), name).deliveries();
    }

    @Test
    void aMailboxHasOneReaderUntilThatGivesItBackOrDies() throws Exception {
        DeliveryStore one = server("one", Duration.ofSeconds(2));
        DeliveryStore two = server("two", Duration.ofMinutes(5));
        assertTrue(one.take(BOX));
        assertTrue(one.take(BOX), "it is extended");
        assertFalse(two.take(BOX));
        assertTrue(two.take("another"));
        one.giveBack(BOX);
        assertTrue(two.take(BOX));
        assertFalse(one.take(BOX));
        one.giveBack(BOX);
        assertFalse(one.take(BOX), "only its reader gives it back");
        two.giveBack(BOX);
        assertTrue(one.take(BOX));
        long end = System.nanoTime() + LONG;
        while (!two.take(BOX)) {
            assertTrue(System.nanoTime() < end, "it is not taken over");
            Thread.onSpinWait();
        }
        assertFalse(one.take(BOX));
    }

    @Test
    void ofManyThatTryAtOnceOneGetsIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 5; round++) {
                String box = BOX + round;
                List<Callable<Boolean>> attempts = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    DeliveryStore server = server("server" + i, Duration.ofMinutes(5));
                    attempts.add(() -> server.take(box));
                }
                int taken = 0;
                for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                    taken += attempt.get() ? 1 : 0;
                }
                assertEquals(1, taken);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theOnlyServerTakesWhatItHeldBeforeItDied() throws Exception {
        assertTrue(server("before", Duration.ofMinutes(5)).take(BOX));
        DeliveryStore after = server("after", Duration.ofMinutes(5));
        assertFalse(after.take(BOX));
        after.giveAllBack();
        assertTrue(after.take(BOX));
    }

    @Test
    void deliveriesAreCountedUntilTheMailIsForgotten() throws Exception {
        DeliveryStore one = server("one", Duration.ofMinutes(5));
        assertEquals(1, one.begin(BOX, "77:1"));
        assertEquals(1, one.begin(BOX, "77:2"));
        one.failed(BOX, "77:1", "it \u0000 failed");
        assertEquals(2, server("two", Duration.ofMinutes(5)).begin(BOX, "77:1"));
        assertEquals(List.of(), one.setAside(BOX));
        assertTrue(one.forget(BOX, "77:1"));
        assertFalse(one.forget(BOX, "77:1"));
        assertEquals(1, one.begin(BOX, "77:1"));
        assertEquals(2, one.begin(BOX, "77:2"));
    }

    @Test
    void whatIsSetAsideIsListedUntilItHasGone() throws Exception {
        DeliveryStore one = server("one", Duration.ofMinutes(5));
        SetAsideMail large = new SetAsideMail("uidl-1", 0, "it is too large");
        SetAsideMail failed = new SetAsideMail("uidl-2", 3, "it failed");
        one.begin(BOX, "uidl-2");
        one.setAside(BOX, large);
        one.setAside(BOX, failed);
        one.begin(BOX, "uidl-3");
        assertEquals(List.of(large, failed), one.setAside(BOX));
        assertEquals(List.of(), one.setAside("another"));
        one.keepOnly(BOX, Set.of("uidl-2", "uidl-3"));
        assertEquals(List.of(failed), one.setAside(BOX));
        assertEquals(2, one.begin(BOX, "uidl-3"));
        assertTrue(one.forget(BOX, "uidl-2"));
        assertEquals(List.of(), one.setAside(BOX));
    }
}
