package dev.mailroom.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReadiness.State;
import dev.mailroom.SmtpReadiness.Verdict;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamedReadinessTest {
    private static final SmtpSettings BILLING = SmtpSettings.of("billing", "mx.example.org", 587);
    private static final SessionKey KEY = BILLING.session();
    private static final List<NamedSession> NAMED = List.of(new NamedSession("bills", BILLING, false, Set.of()));
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final FakeConnections connections = new FakeConnections();
    private final SessionNews news = new SessionNews(NAMED, clock);
    private final NamedReadiness readiness =
            new NamedReadiness(NAMED, news, new HealthSettings(INTERVAL, true), connections, clock);

    @Test
    void aThousandProbesOpenOneConnectionAnInterval() {
        for (int i = 0; i < 1000; i++) {
            readiness.dueChecks().forEach(Runnable::run);
        }
        assertEquals(1, connections.lent.size());
        assertEquals(State.REACHABLE, verdict().state());
        now = now.plus(INTERVAL);
        readiness.dueChecks().forEach(Runnable::run);
        assertEquals(2, connections.lent.size());
        assertEquals(0, connections.inUse);
    }

    @Test
    void aSessionThatSendsAnywayIsNeverChecked() {
        for (int i = 0; i < 10; i++) {
            news.on(new SmtpEvent.MailSent(KEY, new Receipt(SmtpReply.of(250, "ok"), List.of()), Duration.ZERO));
            assertEquals(List.of(), readiness.dueChecks());
            now = now.plus(INTERVAL.minusSeconds(1));
        }
    }

    @Test
    void aCheckThatHangsIsNotHandedOutTwice() {
        assertEquals(1, readiness.dueChecks().size());
        assertEquals(List.of(), readiness.dueChecks());
        assertEquals(State.UNKNOWN, verdict().state());
    }

    @Test
    void aCheckIsShortWhateverTheSessionsOwnTimeouts() {
        readiness.dueChecks().forEach(Runnable::run);
        assertTrue(connections.lent.get(0).timeouts().send().compareTo(Duration.ofSeconds(10)) <= 0);
        assertTrue(connections.lent.get(0).timeouts().reply().compareTo(Duration.ofSeconds(10)) <= 0);
        assertEquals(BILLING.identity(), connections.lent.get(0).identity());
    }

    @Test
    void aServerThatCannotBeReachedOrRefusesTheLoginIsToldByItsPhase() {
        fail(Phase.AUTH, SmtpReply.of(535, "5.7.8 no"));
        assertEquals(new Verdict("bills", State.UNREACHABLE, Optional.of(Phase.AUTH), now), verdict());
        fail(Phase.CONNECT, SmtpReply.NONE);
        assertEquals(Optional.of(Phase.CONNECT), verdict().failedIn());
        news.on(new SmtpEvent.ConnectionOpened(KEY, Duration.ZERO));
        assertEquals(State.REACHABLE, verdict().state());
    }

    @Test
    void aRefusedMailShowsThatTheServerIsThereAndABusyPoolShowsNothing() {
        fail(Phase.LEASE, SmtpReply.NONE);
        assertEquals(State.UNKNOWN, verdict().state());
        fail(Phase.RCPT, SmtpReply.of(550, "5.1.1 who"));
        assertEquals(State.REACHABLE, verdict().state());
        fail(Phase.LEASE, SmtpReply.NONE);
        assertEquals(State.REACHABLE, verdict().state());
    }

    @Test
    void aCheckThatFailsLeavesWhatTheListenersWereTold() {
        Failure failure = Failure.before(Phase.CONNECT, "nobody listens", BILLING);
        connections.refuse(new SmtpException(failure));
        List<Runnable> due = readiness.dueChecks();
        news.on(new SmtpEvent.RequestFailed(KEY, failure, Duration.ZERO));
        due.forEach(Runnable::run);
        assertEquals(State.UNREACHABLE, verdict().state());
    }

    @Test
    void otherSessionsAreNotWatched() {
        news.on(new SmtpEvent.ConnectionOpened(
                SmtpSettings.of("other", "mx.example.org", 587).session(), Duration.ZERO));
        assertEquals(State.UNKNOWN, verdict().state());
        assertEquals(1, readiness.verdicts().size());
    }

    private Verdict verdict() {
        return readiness.verdicts().get(0);
    }

    private void fail(Phase phase, SmtpReply reply) {
        Failure plain = Failure.before(phase, "it failed", BILLING);
        var failure = new Failure(phase, plain.message(), plain.delivery(), false, reply, List.of(), plain.host(),
                plain.port());
        news.on(new SmtpEvent.RequestFailed(KEY, failure, Duration.ZERO));
    }
}
