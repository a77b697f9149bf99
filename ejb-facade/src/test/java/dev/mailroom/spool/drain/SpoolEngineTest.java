package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpSessions;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailLabels;
import dev.mailroom.spool.MailSchedule;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolCipher;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.TemporarySpool;
import dev.mailroom.spool.embedded.EmbeddedDataSource;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.spool.jdbc.JdbcSpool;
import dev.mailroom.spool.jdbc.SpoolDatabase;
import dev.mailroom.testing.LogCapture;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start and a sweep do, with a named session and workers on the test's own thread. */
class SpoolEngineTest {
    private static final SpoolQueue OFFICE = SpoolQueue.named("office");

    @TempDir
    private Path directory;
    private EmbeddedDataSource source;
    private SpoolStore store;
    private final FakeSession session = FakeSession.accepting();
    private final List<Settlement> heard = new ArrayList<>();
    private final List<MailIdentifier> deleted = new ArrayList<>();
    private final SpoolListener listener = new SpoolListener() {
        @Override
        public void settled(Settlement settlement) {
            heard.add(settlement);
        }

        @Override
        public void deleted(MailIdentifier id) {
            deleted.add(id);
        }
    };

    @BeforeEach
    void openStore() throws Exception {
        source = EmbeddedDatabase.open(directory.resolve("spool"));
        store = JdbcSpool.open(SpoolDatabase.local(source), Spooling.SETTINGS, "one");
        store.queues().open(OFFICE, new byte[0]);
    }

    @AfterEach
    void closeStore() throws Exception {
        TemporarySpool.discard(source);
    }

    private SpoolEngine engine() {
        return engine(store);
    }

    private SpoolEngine engine(SpoolStore of) {
        var sessions = Spooling.faked(SmtpSessions.class, (proxy, method, arguments) -> Optional.of(session));
        var connections = Spooling.faked(SmtpConnectionFactory.class, (proxy, method, arguments) -> {
            throw new AssertionError("the session is there");
        });
        var known = new KnownSessions(sessions, SpoolCipher.none());
        return new SpoolEngine(Spooling.SETTINGS, of, known, listener, Runnable::run);
    }

    @Test
    void aNamedSessionWhoseLoginWasRefusedIsTriedAgainAtTheNextStart() throws Exception {
        store.intake().accept(Spooling.mail(OFFICE, "a@x.org"));
        store.queues().park(OFFICE, "535 5.7.8 wrong");
        SpoolEngine engine = engine();
        engine.sweep();
        assertTrue(session.recipients.isEmpty(), "parked");
        engine.start(true);
        engine.sweep();
        assertEquals(List.of("a@x.org"), List.copyOf(session.recipients));
        assertFalse(store.queues().find(OFFICE).orElseThrow().parked());
    }

    @Test
    void anOutcomeThatCouldNotBeWrittenIsWrittenAtTheEnd() throws Exception {
        store.intake().accept(Spooling.mail(OFFICE, "a@x.org"));
        var failures = new AtomicLong(1);
        SpoolEngine engine = engine(Spooling.store((proxy, method, arguments) -> {
            boolean settles = method.getName().startsWith("settle") && !((List<?>) arguments[0]).isEmpty();
            if (settles && failures.getAndDecrement() > 0) {
                throw new SQLException("the connection is lost");
            }
            return Spooling.call(store, method, arguments);
        }));
        engine.ready(OFFICE);
        assertEquals(1, session.recipients.size());
        assertTrue(store.archive().list(SpoolState.SENT, 0, 9).isEmpty());
        assertTrue(engine.stop());
        assertEquals(1, store.archive().list(SpoolState.SENT, 0, 9).size());
    }

    private void accept(SpoolEngine engine, NewMail mail) throws Exception {
        Acceptance acceptance = engine.acceptance(mail, session);
        acceptance.store();
        acceptance.committed();
    }

    @Test
    void aMailThatIsToBeSentLaterIsNotSentWithThoseThatAreAcceptedBeforeAndBehindIt() throws Exception {
        SpoolEngine engine = engine();
        engine.use(OFFICE, session);
        var tomorrow = new MailSchedule(Optional.of(Instant.now().plus(Duration.ofDays(1))), Optional.empty());
        accept(engine, Spooling.mail(OFFICE, "a@x.org"));
        accept(engine, new NewMail(OFFICE, "app", MailLabels.of("id@x.org"), Spooling.envelope("later@x.org"),
                Spooling.CONTENT, tomorrow));
        accept(engine, Spooling.mail(OFFICE, "b@x.org"));
        engine.sweep();
        assertEquals(List.of("a@x.org", "b@x.org"), List.copyOf(session.recipients));
        assertEquals(1, store.archive().list(SpoolState.PENDING, 0, 9).size());
    }

    @Test
    void whoWaitsForAMailThatIsDeletedIsTold() throws Exception {
        var id = store.intake().accept(Spooling.mail(OFFICE, "a@x.org")).id();
        SpoolEngine engine = engine();
        assertTrue(engine.delete(id));
        assertFalse(engine.delete(id));
        assertEquals(List.of(id), deleted);
    }

    @Test
    void whatADeadServerHadUnderWayIsSentAgainOrDeletedInOneGo() throws Exception {
        for (int mail = 0; mail < 3; mail++) {
            store.intake().accept(Spooling.mail(OFFICE, mail + "@x.org"));
        }
        var dying = JdbcSpool.open(SpoolDatabase.local(source), Spooling.SETTINGS, UUID.randomUUID().toString());
        dying.claims().claim(OFFICE, 2);
        dying.claims().claim(OFFICE, 1);
        store.claims().takeOver(InDoubt.HOLD, true);
        SpoolEngine engine = engine();
        String incident = engine.list(SpoolState.IN_DOUBT, 0, 1).get(0).incident();
        assertEquals(0, engine.resendIncident("another"));
        assertEquals(3, engine.resendIncident(incident));
        assertEquals(0, engine.resendIncident(incident), "none is in doubt any more");
        assertEquals("", engine.list(SpoolState.PENDING, 0, 1).get(0).incident());
        store.claims().claim(OFFICE, 3);
        store.claims().takeOver(InDoubt.HOLD, true);
        assertEquals(3, engine.deleteIncident(engine.list(SpoolState.IN_DOUBT, 0, 1).get(0).incident()));
        assertEquals(3, deleted.size());
    }

    @Test
    void aMailThatIsGivenUpByItsAgeIsTold() throws Exception {
        var settings = Spooling.patience(Duration.ofMillis(1));
        var nanos = new AtomicLong();
        var impatient = JdbcSpool.open(SpoolDatabase.local(source), settings, "one");
        var id = impatient.intake().accept(Spooling.mail(OFFICE, "a@x.org")).id();
        var sweep = new SpoolSweep(impatient, new LeasedMails(impatient,
                new LeaseClock(settings.drain().lease(), nanos::get), listener), listener, settings, nanos::get);
        Spooling.eventually(() -> {
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            sweep.sweep();
            return !heard.isEmpty();
        });
        assertEquals(List.of(id.number()), heard.stream().map(one -> one.mail().id()).toList());
        assertEquals(SpoolState.FAILED, heard.get(0).state());
    }

    @Test
    void aSessionWhoseMailsAreGoneIsForgottenAndOneThatHasAnyIsNot() throws Exception {
        SpoolQueue idle = SpoolQueue.of("app", "idle", "0a-01");
        SpoolQueue busy = SpoolQueue.of("app", "busy", "0a-02");
        var nanos = new AtomicLong();
        var known = new KnownSessions(nobody(), SpoolCipher.none());
        var engine = new SpoolEngine(Spooling.SETTINGS, store, known, listener, task -> { }, nanos::get);
        for (SpoolQueue queue : List.of(idle, busy)) {
            engine.open(queue, session);
        }
        store.intake().accept(Spooling.mail(busy, "a@x.org"));
        engine.sweep();
        assertEquals(Set.of(idle, busy), known.remembered(), "not yet");
        nanos.addAndGet(SpoolEngine.IDLE.toNanos() + 1);
        engine.sweep();
        assertEquals(Set.of(busy), known.remembered());
        assertTrue(engine.server(idle).isEmpty());
        assertTrue(engine.use(idle, session), "has to be opened again");
    }

    @Test
    void aSessionThatCannotBeOpenedIsToldOnceUntilItsMailsAreGone() throws Exception {
        SpoolQueue sealed = SpoolQueue.of("app", "ann", "0a-01");
        store.queues().open(sealed, new byte[40]);
        var nanos = new AtomicLong();
        var known = new KnownSessions(nobody(), SpoolCipher.ofKey("/".repeat(43) + "="));
        var engine = new SpoolEngine(Spooling.SETTINGS, store, known, listener, Runnable::run, nanos::get);
        try (LogCapture log = LogCapture.of("dev.mailroom.spool")) {
            for (int round = 1; round <= 2; round++) {
                MailIdentifier mail = store.intake().accept(Spooling.mail(sealed, "a@x.org")).id();
                engine.sweep();
                engine.sweep();
                assertEquals(round, log.lines().stream().filter(line -> line.contains("MR0501 ")).count());
                assertEquals(Set.of(sealed), known.remembered());
                assertTrue(engine.delete(mail));
                nanos.addAndGet(SpoolEngine.IDLE.toNanos() + 1);
                engine.sweep();
                assertEquals(Set.of(), known.remembered());
            }
        }
    }

    private static SmtpSessions nobody() {
        return Spooling.faked(SmtpSessions.class, (proxy, method, arguments) ->
                method.getReturnType() == Optional.class ? Optional.empty() : null);
    }
}
