package dev.mailroom.spool.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpReply;
import dev.mailroom.spool.QueueStatus;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every database must do when the mails of a queue move to another. */
abstract class SpoolMovesContract extends SpoolOutcomesContract {
    private static final SpoolQueue OLD = SpoolQueue.of("app", "ann", "0a-01");
    private static final SpoolQueue NEW = SpoolQueue.of("app", "ann", "0a-02");

    private long accept(SpoolQueue queue, String to) throws Exception {
        return store.intake().accept(Spooling.mail(queue, to)).id().number();
    }

    private QueueStatus status(SpoolQueue queue) throws Exception {
        return store.queues().find(queue).orElseThrow();
    }

    private void open(SpoolQueue... queues) throws Exception {
        for (SpoolQueue queue : queues) {
            store.queues().open(queue, new byte[0]);
        }
    }

    private List<Long> claimed(SpoolQueue queue) throws Exception {
        return store.claims().claim(queue, 99).stream().map(SpooledMail::id).toList();
    }

    @Test
    void theMailsOfAParkedQueueMoveInTheirOrderAndNoOthers() throws Exception {
        open(OLD, NEW);
        List<Long> ids = new ArrayList<>();
        for (int mail = 0; mail < 20; mail++) {
            ids.add(accept(mail % 5 == 4 ? NEW : OLD, mail + "@x.org"));
        }
        long others = insert("other@x.org");
        store.queues().park(OLD, "535 no");
        assertEquals(List.of(OLD), store.queues().parkedWithMails().stream().map(QueueStatus::queue).toList());
        assertEquals(16, store.queues().move(status(OLD), NEW));
        assertTrue(store.queues().parkedWithMails().isEmpty());
        assertEquals(ids, claimed(NEW));
        assertEquals(List.of(others), claimed(ANN));
    }

    @Test
    void aQueueThatWasOpenedMeanwhileKeepsItsMails() throws Exception {
        open(OLD, NEW);
        accept(OLD, "a@x.org");
        store.queues().park(OLD, "535 no");
        QueueStatus before = status(OLD);
        open(OLD);
        assertEquals(0, store.queues().move(before, NEW));
        assertEquals(1, claimed(OLD).size());
    }

    @Test
    void leasedMailsStayWithWhoeverClaimedThemAndMoveWhenTheyComeBack() throws Exception {
        open(OLD, NEW);
        long sent = accept(OLD, "a@x.org");
        long back = accept(OLD, "b@x.org");
        List<SpooledMail> leased = store.claims().claim(OLD, 2);
        accept(OLD, "c@x.org");
        assertEquals(0, store.queues().move(status(OLD), NEW), "somebody sends with its session");
        store.queues().park(OLD, "535 no");
        assertEquals(1, store.queues().move(status(OLD), NEW));
        assertEquals(2, store.claims().settle(List.of(sent(leased.get(0)), Settlement.untouched(leased.get(1))))
                .size());
        assertEquals(SpoolState.SENT, state(sent));
        assertEquals(1, store.queues().move(status(OLD), NEW));
        assertEquals(OLD, store.archive().status(sent).orElseThrow().queue());
        assertEquals(NEW, store.archive().status(back).orElseThrow().queue());
        assertEquals(2, claimed(NEW).size());
    }

    @Test
    void aMailThatWaitsForItsRetryWaitsAsLongAfterTheMove() throws Exception {
        open(OLD, NEW);
        long id = accept(OLD, "a@x.org");
        SpooledMail mail = store.claims().claim(OLD, 1).get(0);
        store.claims().settle(List.of(new Settlement(mail, SpoolState.PENDING, Duration.ofHours(1), true,
                SmtpReply.of(451, "later"), "later", List.of())));
        var next = store.archive().status(id).orElseThrow().next();
        store.queues().park(OLD, "535 no");
        assertEquals(1, store.queues().move(status(OLD), NEW));
        assertEquals(next, store.archive().status(id).orElseThrow().next());
        assertTrue(claimed(NEW).isEmpty());
    }

    @Test
    void aMailIsMovedOrClaimedAndNeverBoth() throws Exception {
        open(OLD, NEW);
        Set<Long> all = new TreeSet<>();
        for (int mail = 0; mail < 200; mail++) {
            all.add(accept(OLD, mail + "@x.org"));
        }
        store.queues().park(OLD, "535 no");
        QueueStatus parked = status(OLD);
        Callable<List<Long>> claimer = () -> {
            List<Long> mine = new ArrayList<>();
            for (int turn = 0; turn < 5; turn++) {
                mine.addAll(store.claims().claim(OLD, 7).stream().map(SpooledMail::id).toList());
            }
            return mine;
        };
        Callable<List<Long>> mover = () -> {
            store.queues().move(parked, NEW);
            return List.of();
        };
        var executor = Executors.newFixedThreadPool(4);
        List<Long> claimed = new ArrayList<>();
        try {
            for (var result : executor.invokeAll(List.of(claimer, mover, claimer, mover))) {
                claimed.addAll(result.get());
            }
        } finally {
            executor.shutdownNow();
        }
        store.queues().move(parked, NEW);
        List<SpooledMail> moved = store.claims().claim(NEW, 200);
        moved.forEach(mail -> claimed.add(mail.id()));
        assertEquals(all.size(), claimed.size());
        assertEquals(all, new TreeSet<>(claimed));
    }

    @Test
    void theQueuesOfACallersNameAreFound() throws Exception {
        open(OLD, NEW, SpoolQueue.of("app", "bob", "0a-01"), SpoolQueue.of("other", "ann", "0a-01"),
                SpoolQueue.named("ann"));
        var found = store.queues().ofSession("app", "ann").stream().map(QueueStatus::queue).toList();
        assertEquals(Set.of(ANN, OLD, NEW), Set.copyOf(found));
        assertEquals(3, found.size());
    }

    @Test
    void theQueueThatTheFirstVersionLeftBehindMovesWithoutWhatIsInFlight() throws Exception {
        becomeVersion(1);
        fillFirstVersion();
        store = store(Spooling.SETTINGS, "one");
        open(NEW);
        QueueStatus first = store.queues().ofSession("app", "ann").stream()
                .filter(status -> status.queue().login().isEmpty()).findFirst().orElseThrow();
        assertEquals(Optional.of("0a"), NEW.login());
        assertEquals(0, store.queues().move(first, NEW), "a server of that version is sending");
        store.claims().takeOver(InDoubt.RESEND, true);
        assertEquals(2, store.queues().move(first, NEW));
        assertEquals(2, claimed(NEW).size());
    }
}
