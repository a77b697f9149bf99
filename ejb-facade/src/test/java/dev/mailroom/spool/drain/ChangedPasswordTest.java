package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSessions;
import dev.mailroom.spool.SpoolCipher;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.TemporarySpool;
import dev.mailroom.spool.embedded.EmbeddedDataSource;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.spool.jdbc.JdbcSpool;
import dev.mailroom.spool.jdbc.SpoolDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose mails go on over the session of another password, and whose do not. */
class ChangedPasswordTest {
    private static final SpoolQueue OLD = SpoolQueue.of("app", "ann", "0a-01");
    private static final SpoolQueue NEW = SpoolQueue.of("app", "ann", "0a-02");
    private static final SpoolQueue THIRD = SpoolQueue.of("app", "ann", "0a-03");
    private static final SpoolQueue FIRST_RELEASE = SpoolQueue.of("app", "ann");
    private static final Failure REFUSED = new Failure(Phase.AUTH, "535 no", Delivery.NOT_SENT, false,
            SmtpReply.of(535, "5.7.8 no"), List.of(), "mx.example.org", 25);

    @TempDir
    private Path directory;
    private EmbeddedDataSource source;
    private SpoolStore store;
    private SpoolEngine engine;
    private KnownSessions known;
    private QueueMoves moves;
    private final FakeSession before = FakeSession.accepting();
    private final FakeSession after = FakeSession.accepting();
    private final AtomicLong nanos = new AtomicLong();

    @BeforeEach
    void openStore() throws Exception {
        source = EmbeddedDatabase.open(directory.resolve("spool"));
        store = JdbcSpool.open(SpoolDatabase.local(source), Spooling.SETTINGS, "one");
        start();
    }

    /** The server starts, again. */
    private void start() throws Exception {
        var sessions = Spooling.faked(SmtpSessions.class, (proxy, method, arguments) -> Optional.empty());
        known = new KnownSessions(sessions, SpoolCipher.none());
        engine = new SpoolEngine(Spooling.SETTINGS, store, known, SpoolListener.NONE, Runnable::run);
        moves = new QueueMoves(store.queues(), known, Duration.ofMinutes(1), nanos::get);
        engine.start(true);
    }

    @AfterEach
    void closeStore() throws Exception {
        TemporarySpool.discard(source);
    }

    private void spool(SpoolQueue queue, String... recipients) throws Exception {
        for (String to : recipients) {
            store.intake().accept(Spooling.mail(queue, to));
        }
    }

    private void open(SpoolQueue queue, FakeSession session) throws Exception {
        engine.open(queue, session);
        engine.ready(queue);
    }

    private int pending() throws Exception {
        return store.archive().list(SpoolState.PENDING, 0, 99).size();
    }

    private void refuseBefore(String... mails) throws Exception {
        open(OLD, before);
        before.refuse(REFUSED);
        spool(OLD, mails);
        engine.ready(OLD);
        assertTrue(store.queues().find(OLD).orElseThrow().parked());
    }

    @Test
    void aStartWithTheNewPasswordSendsTheMailsOfTheRefusedOneInTheirOrder() throws Exception {
        refuseBefore("1@x.org", "2@x.org", "3@x.org");
        engine.sweep();
        assertEquals(3, pending());
        open(NEW, after);
        assertEquals(List.of("1@x.org", "2@x.org", "3@x.org"), List.copyOf(after.recipients));
    }

    @Test
    void anotherAccountUnderTheNameThatIsOpenAlreadyTakesNothingUntilItIsStarted() throws Exception {
        open(NEW, after);
        refuseBefore("1@x.org");
        engine.sweep();
        assertTrue(after.recipients.isEmpty());
        assertEquals(1, pending());
    }

    @Test
    void aSessionWhosePasswordWorksIsNotRobbed() throws Exception {
        open(OLD, before);
        spool(OLD, "1@x.org", "2@x.org");
        open(NEW, after);
        engine.sweep();
        assertTrue(after.recipients.isEmpty());
        assertEquals(List.of("1@x.org", "2@x.org"), List.copyOf(before.recipients));
    }

    @Test
    void anotherServerAnotherNameOrAnotherCallerTakesNothing() throws Exception {
        refuseBefore("1@x.org");
        for (SpoolQueue other : List.of(SpoolQueue.of("app", "ann", "0b-02"), SpoolQueue.of("app", "bob", "0a-02"),
                SpoolQueue.of("else", "ann", "0a-02"), SpoolQueue.named("ann"))) {
            open(other, after);
        }
        engine.sweep();
        assertTrue(after.recipients.isEmpty());
        assertEquals(1, pending());
    }

    @Test
    void whatComesBackToTheRefusedQueueLaterFollowsWithTheSweep() throws Exception {
        refuseBefore("1@x.org");
        open(NEW, after);
        spool(OLD, "late@x.org");
        engine.sweep();
        assertEquals(List.of("1@x.org", "late@x.org"), List.copyOf(after.recipients));
    }

    @Test
    void theOldPasswordThatIsStartedAgainAndWorksKeepsWhatComesLater() throws Exception {
        refuseBefore("1@x.org");
        open(NEW, after);
        before.recover();
        open(OLD, before);
        spool(OLD, "late@x.org");
        engine.sweep();
        assertEquals(List.of("1@x.org"), List.copyOf(after.recipients));
        assertEquals(List.of("late@x.org"), List.copyOf(before.recipients));
    }

    @Test
    void aQueueOfTheFirstReleaseIsTakenByTheFirstStartOfItsName() throws Exception {
        store.queues().open(FIRST_RELEASE, new byte[0]);
        spool(FIRST_RELEASE, "1@x.org", "2@x.org");
        open(NEW, after);
        assertEquals(List.of("1@x.org", "2@x.org"), List.copyOf(after.recipients));
    }

    @Test
    void aQueueOfTheFirstReleaseWhoseStoredServerIsAnotherIsLeftToItsOwnSession() throws Exception {
        var elsewhere = new FakeSession(1, mail -> FakeSession.OK, "mx.elsewhere.org");
        store.queues().open(FIRST_RELEASE, new byte[0]);
        known.use(FIRST_RELEASE, elsewhere);
        spool(FIRST_RELEASE, "1@x.org");
        open(NEW, after);
        engine.sweep();
        assertTrue(after.recipients.isEmpty());
        assertEquals(List.of("1@x.org"), List.copyOf(elsewhere.recipients));
    }

    private List<SpoolQueue> movesSweep() throws Exception {
        return moves.sweep(store.queues().due().stream()
                .filter(status -> known.find(status).isEmpty()).toList());
    }

    @Test
    void afterARestartTheMailsOfASessionThatNobodyStartsGoOnOverTheOneThatIs() throws Exception {
        store.queues().open(OLD, new byte[0]);
        spool(OLD, "1@x.org");
        start();
        open(NEW, after);
        assertEquals(List.of(), movesSweep(), "its own start may come");
        nanos.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
        assertEquals(List.of(), movesSweep());
        nanos.addAndGet(1);
        assertEquals(List.of(NEW), movesSweep());
        engine.ready(NEW);
        assertEquals(List.of("1@x.org"), List.copyOf(after.recipients));
    }

    @Test
    void ofTwoAccountsThatAreOpenNeitherTakesWhatNobodyStarts() throws Exception {
        store.queues().open(OLD, new byte[0]);
        spool(OLD, "1@x.org");
        open(NEW, after);
        open(THIRD, after);
        movesSweep();
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertEquals(List.of(), movesSweep());
        assertEquals(1, pending());
    }

    @Test
    void aParkedQueueThatIsFoundAfterARestartFollowsTheStartThatCameBefore() throws Exception {
        store.queues().open(OLD, new byte[0]);
        spool(OLD, "1@x.org");
        open(NEW, after);
        store.queues().park(OLD, "535 no");
        engine.sweep();
        assertEquals(List.of("1@x.org"), List.copyOf(after.recipients));
    }
}
