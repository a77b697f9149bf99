package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpSessions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        store = new JdbcSpoolStore(SpoolDatabase.local(source), Spooling.SETTINGS, "one");
        store.createSchema();
        store.openQueue(OFFICE, new byte[0]);
    }

    @AfterEach
    void closeStore() throws Exception {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }

    private SpoolEngine engine() {
        return engine(store);
    }

    private SpoolEngine engine(SpoolStore of) {
        var sessions = Spooling.faked(SmtpSessions.class, (proxy, method, arguments) -> Optional.of(session));
        var connections = Spooling.faked(SmtpConnectionFactory.class, (proxy, method, arguments) -> {
            throw new AssertionError("the session is there");
        });
        var known = new KnownSessions(sessions, connections, SpoolCipher.none());
        return new SpoolEngine(Spooling.SETTINGS, of, known, listener, Runnable::run);
    }

    @Test
    void aNamedSessionWhoseLoginWasRefusedIsTriedAgainAtTheNextStart() throws Exception {
        store.insert(Spooling.mail(OFFICE, "a@x.org"));
        store.parkQueue(OFFICE.key(), "535 5.7.8 wrong");
        SpoolEngine engine = engine();
        engine.sweep();
        assertTrue(session.recipients.isEmpty(), "parked");
        engine.start(true);
        engine.sweep();
        assertEquals(List.of("a@x.org"), List.copyOf(session.recipients));
        assertFalse(store.queue(OFFICE.key()).orElseThrow().parked());
    }

    @Test
    void anOutcomeThatCouldNotBeWrittenIsWrittenAtTheEnd() throws Exception {
        store.insert(Spooling.mail(OFFICE, "a@x.org"));
        var failures = new AtomicLong(1);
        SpoolEngine engine = engine(Spooling.faked(SpoolStore.class, (proxy, method, arguments) -> {
            if (method.getName().equals("settle") && failures.getAndDecrement() > 0) {
                throw new SQLException("the connection is lost");
            }
            return method.invoke(store, arguments);
        }));
        engine.ready(OFFICE.key());
        assertEquals(1, session.recipients.size());
        assertTrue(store.list(SpoolState.SENT, 0, 9).isEmpty());
        assertTrue(engine.stop());
        assertEquals(1, store.list(SpoolState.SENT, 0, 9).size());
    }

    @Test
    void whoWaitsForAMailThatIsDeletedIsTold() throws Exception {
        var id = store.insert(Spooling.mail(OFFICE, "a@x.org")).id();
        SpoolEngine engine = engine();
        assertTrue(engine.delete(id));
        assertFalse(engine.delete(id));
        assertEquals(List.of(id), deleted);
    }

    @Test
    void aMailThatIsGivenUpByItsAgeIsTold() throws Exception {
        var settings = Spooling.patience(Duration.ofMillis(1));
        var nanos = new AtomicLong();
        var impatient = new JdbcSpoolStore(SpoolDatabase.local(source), settings, "one");
        var id = impatient.insert(Spooling.mail(OFFICE, "a@x.org")).id();
        var sweep = new SpoolSweep(impatient, new HeldMails(impatient, listener),
                new LeaseWatch(settings.drain().lease(), nanos::get), listener, settings);
        Spooling.eventually(() -> {
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            sweep.sweep();
            return !heard.isEmpty();
        });
        assertEquals(List.of(id.number()), heard.stream().map(one -> one.mail().id()).toList());
        assertEquals(SpoolState.FAILED, heard.get(0).state());
    }
}
