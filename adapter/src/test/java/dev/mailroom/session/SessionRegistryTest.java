package dev.mailroom.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Caller;
import dev.mailroom.ConnectionLimits;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SessionKey;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SessionRefusedException.Reason;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionRegistryTest {
    private static final Caller ANN = new Caller("ann");
    private static final Caller BEN = new Caller("ben");
    private static final SmtpSettings INFO =
            SmtpSettings.of("info", "mx.example.org", 587).withSecret(Secret.password("one"));
    private static final SmtpSettings CHANGED = INFO.withSecret(Secret.password("two"));

    private final FakeConnections connections = new FakeConnections();
    private final List<SessionKey> drained = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();
    private final SmtpListener told = event -> {
        if (event instanceof SmtpEvent.SessionOpened started) {
            opened.add(started.session() + " by " + started.caller());
        }
    };
    private long now;

    @Test
    void whoOpenedASessionIsToldOnceNotForEachHolder() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS);
        registry.start(ANN, INFO, false);
        registry.start(ANN, INFO, false);
        registry.start(BEN, INFO, false);
        assertEquals(List.of("info at mx.example.org:587 by ann", "info at mx.example.org:587 by ben"), opened);
        registry.close(BEN, "info");
        registry.start(BEN, INFO, false);
        assertEquals(3, opened.size());
    }

    @Test
    void startingTalksToTheServerAndAFailureRemembersNothing() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS);
        connections.refuse(new SmtpException(Failure.before(Phase.CONNECT, "nobody listens", INFO)));
        assertThrows(SmtpException.class, () -> registry.start(ANN, INFO, false));
        assertRefused(Reason.NO_SUCH_SESSION, "info", () -> registry.find(ANN, "info", role -> true));
        registry.start(ANN, INFO, false);
        assertEquals(List.of(INFO), connections.lent);
        assertEquals(0, connections.inUse);
    }

    @Test
    void aSessionBelongsToItsCaller() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS);
        registry.start(ANN, INFO, false);
        assertEquals("info", registry.find(ANN, " info ", role -> true).name());
        assertRefused(Reason.NO_SUCH_SESSION, "info", () -> registry.find(BEN, "info", role -> true));
        assertRefused(Reason.NO_SUCH_SESSION, "info", () -> registry.close(BEN, "info"));
    }

    @Test
    void theWholeApplicationSharesSessionsWhereTheAdministratorSaysSo() throws Exception {
        SessionRegistry registry = registry(
                new SessionsSettings(SessionsSettings.Scope.APPLICATION, Duration.ZERO, 10, 10),
                SecuritySettings.DEFAULTS);
        SmtpSession started = registry.start(ANN, INFO, false);
        assertSame(started, registry.find(BEN, "info", role -> true));
    }

    @Test
    void theSessionEndsWithItsLastHolder() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS);
        SmtpSession first = registry.start(ANN, INFO, false);
        assertSame(first, registry.start(ANN, INFO, false));
        registry.close(ANN, "info");
        assertSame(first, registry.find(ANN, "info", role -> true));
        registry.close(ANN, "info");
        assertRefused(Reason.NO_SUCH_SESSION, "info", () -> registry.find(ANN, "info", role -> true));
        assertRefused(Reason.NO_SUCH_SESSION, "info", () -> registry.close(ANN, "info"));
    }

    @Test
    void otherSettingsAreAnotherSessionAndThoseWhoHoldTheEarlierOneKeepIt() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS);
        SmtpSession first = registry.start(ANN, INFO, false);
        SmtpSession second = registry.start(ANN, CHANGED, false);
        SmtpSession asynchronous = registry.start(ANN, CHANGED, true);
        assertEquals(3, Set.of(first.id(), second.id(), asynchronous.id()).size());
        assertEquals(INFO, registry.open(ANN, first.id()).orElseThrow().settings());
        assertEquals(CHANGED, registry.open(ANN, second.id()).orElseThrow().settings());
        first.send(null);
        assertEquals(INFO, connections.lent.get(connections.lent.size() - 1));
        assertSame(asynchronous, registry.find(ANN, "info", role -> true), "what was started last");
        registry.start(ANN, INFO, false);
        assertSame(first, registry.find(ANN, "info", role -> true), "what was started last");
    }

    @Test
    void aClosedNameIsWhatWasStartedBefore() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS);
        SmtpSession first = registry.start(ANN, INFO, false);
        SmtpSession second = registry.start(ANN, CHANGED, false);
        registry.close(ANN, second);
        assertSame(first, registry.find(ANN, "info", role -> true));
        assertRefused(Reason.NO_SUCH_SESSION, "info", () -> registry.close(ANN, second));
        assertEquals(Optional.empty(), registry.open(ANN, second.id()));
        registry.close(ANN, "info");
        assertRefused(Reason.NO_SUCH_SESSION, "info", () -> registry.find(ANN, "info", role -> true));
    }

    @Test
    void aSessionOfAnotherCallerIsNotFoundByItsIdEither() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS);
        SmtpSession session = registry.start(ANN, INFO, false);
        assertEquals(Optional.empty(), registry.open(BEN, session.id()));
        assertRefused(Reason.NO_SUCH_SESSION, "info", () -> registry.close(BEN, session));
        assertEquals(List.of(), registry.open(BEN));
        assertEquals(List.of(session), registry.open(ANN));
    }

    @Test
    void aMisspeltNameIsAnsweredWithTheNearestOfTheCallersOwn() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS);
        registry.start(ANN, INFO, false);
        for (String name : List.of("ifno", "INFO", "infos")) {
            assertTrue(assertRefused(Reason.NO_SUCH_SESSION, name, () -> registry.find(ANN, name, role -> true))
                    .endsWith("; did you mean \"info\"?"));
            assertTrue(assertRefused(Reason.NO_SUCH_SESSION, name, () -> registry.close(ANN, name))
                    .endsWith("; did you mean \"info\"?"));
        }
        assertTrue(assertRefused(Reason.NO_SUCH_SESSION, "else", () -> registry.find(ANN, "else", role -> true))
                .endsWith("expired"), "nothing is near");
        assertTrue(assertRefused(Reason.NO_SUCH_SESSION, "ifno", () -> registry.find(BEN, "ifno", role -> true))
                .endsWith("expired"), "the names of others are not given away");
    }

    @Test
    void theNearestNamedSessionIsNamedToThoseWhoMayUseIt() {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS,
                new NamedSession("office", INFO, false, Set.of("clerk")));
        assertTrue(assertRefused(Reason.NO_SUCH_SESSION, "offcie", () -> registry.find(ANN, "offcie", role -> true))
                .endsWith("; did you mean \"office\"?"));
        assertTrue(assertRefused(Reason.NO_SUCH_SESSION, "offcie", () -> registry.find(ANN, "offcie", role -> false))
                .endsWith("expired"));
    }

    @Test
    void theConnectionsOfSettingsThatWereReplacedAreDrainedWhenTheirLastHolderGoes() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS);
        SmtpSession first = registry.start(ANN, INFO, false);
        registry.start(ANN, CHANGED, false);
        assertEquals(List.of(), drained);
        registry.close(ANN, first);
        assertEquals(List.of(INFO.session()), drained);
        registry.close(ANN, "info");
        assertEquals(List.of(INFO.session()), drained, "those of settings in force wait for the next session");
    }

    @Test
    void whatAnotherCallerStillUsesIsNotDrained() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS);
        SmtpSession first = registry.start(ANN, INFO, false);
        registry.start(BEN, INFO, false);
        registry.start(ANN, CHANGED, false);
        registry.close(ANN, first);
        assertEquals(List.of(), drained);
    }

    @Test
    void changedSettingsThatTheServerRefusesLeaveTheSessionAsItWas() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS);
        SmtpSession session = registry.start(ANN, INFO, false);
        connections.refuse(new SmtpException(Failure.before(Phase.AUTH, "refused", INFO)));
        assertThrows(SmtpException.class,
                () -> registry.start(ANN, INFO.withSecret(Secret.password("wrong")), false));
        assertEquals(INFO, session.settings());
    }

    @Test
    void anIdleSessionEndsByItselfAndAUsedOneDoesNot() throws Exception {
        SessionRegistry registry = registry(
                new SessionsSettings(SessionsSettings.Scope.CALLER, Duration.ofMinutes(10), 10, 10),
                SecuritySettings.DEFAULTS);
        SmtpSession session = registry.start(ANN, INFO, false);
        pass(Duration.ofMinutes(9));
        assertSame(session, registry.find(ANN, "info", role -> true));
        pass(Duration.ofMinutes(9));
        assertSame(session, registry.find(ANN, "info", role -> true));
        pass(Duration.ofMinutes(11));
        assertRefused(Reason.NO_SUCH_SESSION, "info", () -> registry.find(ANN, "info", role -> true));
        assertNotSame(session, registry.start(ANN, INFO, false));
    }

    @Test
    void expiredSessionsMakeRoomAndTheMaximumHolds() throws Exception {
        SessionRegistry registry = registry(
                new SessionsSettings(SessionsSettings.Scope.CALLER, Duration.ofMinutes(10), 1, 1),
                SecuritySettings.DEFAULTS);
        registry.start(ANN, INFO, false);
        assertRefused(Reason.FORBIDDEN, "1 of 1", () -> registry.start(BEN, INFO, false));
        registry.start(ANN, INFO, false);
        pass(Duration.ofMinutes(11));
        registry.start(BEN, INFO, false);
    }

    @Test
    void oneCallerCannotTakeTheSessionsOfAllOthers() throws Exception {
        for (SessionsSettings.Scope scope : SessionsSettings.Scope.values()) {
            SessionRegistry registry = registry(
                    new SessionsSettings(scope, Duration.ofMinutes(10), 10, 2), SecuritySettings.DEFAULTS);
            registry.start(ANN, SmtpSettings.of("1", "mx.example.org", 25), false);
            registry.start(ANN, SmtpSettings.of("2", "mx.example.org", 25), false);
            assertRefused(Reason.FORBIDDEN, "2 of 2 sessions of this caller",
                    () -> registry.start(ANN, SmtpSettings.of("3", "mx.example.org", 25), false));
            registry.start(ANN, SmtpSettings.of("2", "mx.example.org", 25), false);
            registry.start(BEN, SmtpSettings.of("3", "mx.example.org", 25), false);
            registry.close(ANN, "1");
            registry.start(ANN, SmtpSettings.of("4", "mx.example.org", 25), false);
            pass(Duration.ofMinutes(11));
            registry.start(ANN, SmtpSettings.of("5", "mx.example.org", 25), false);
        }
    }

    @Test
    void aRestoredSessionIsJudgedByTheRulesOfToday() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS,
                new SecuritySettings(List.of("mx.example.org"), false));
        SmtpSession restored = registry.restored(INFO.withTls(TlsMode.STARTTLS));
        assertTrue(restored.asynchronous());
        assertRefused(Reason.NO_SUCH_SESSION, "info", () -> registry.find(ANN, "info", role -> true));
        assertRefused(Reason.FORBIDDEN, "plain-credentials", () -> registry.restored(INFO));
        assertRefused(Reason.FORBIDDEN, "allowed-hosts",
                () -> registry.restored(SmtpSettings.of("info", "10.0.0.1", 25)));
    }

    @Test
    void aStarForTheHostIsAnyHost() throws Exception {
        for (String any : List.of("*:587", "*", "*:*", "*:58*")) {
            SessionRegistry registry = registry(SessionsSettings.DEFAULTS, new SecuritySettings(List.of(any), true));
            for (String host : List.of("mx.example.org", "10.0.0.1", "fe80::1", "localhost")) {
                registry.start(ANN, SmtpSettings.of("x", host, 587), false);
            }
        }
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, new SecuritySettings(List.of("*:587"), true));
        for (String host : List.of("mx.example.org", "10.0.0.1", "fe80::1", "fe80::587")) {
            assertRefused(Reason.FORBIDDEN, host, () -> registry.start(ANN, SmtpSettings.of("x", host, 25), false));
        }
    }

    @Test
    void aHostThatIsNotAllowedIsNeverContacted() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS,
                new SecuritySettings(List.of("*.example.org:587", "10.0.0.1"), true));
        registry.start(ANN, INFO, false);
        registry.start(ANN, SmtpSettings.of("relay", "10.0.0.1", 2525), false);
        connections.lent.clear();
        for (SmtpSettings bad : List.of(SmtpSettings.of("x", "mx.example.org", 25),
                SmtpSettings.of("x", "mx.example.org.evil.net", 587), SmtpSettings.of("x", "10.0.0.12", 25),
                SmtpSettings.of("x", "::1", 587))) {
            assertRefused(Reason.FORBIDDEN, String.valueOf(bad.port()), () -> registry.start(ANN, bad, false));
        }
        assertEquals(List.of(), connections.lent);
    }

    @Test
    void aPatternOfAddressesMatchesNoName() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS,
                new SecuritySettings(List.of("10.0.*"), true));
        registry.start(ANN, SmtpSettings.of("x", "10.0.7.1", 25), false);
        assertRefused(Reason.FORBIDDEN, "10.0.evil.org",
                () -> registry.start(ANN, SmtpSettings.of("x", "10.0.evil.org", 25), false));
    }

    @Test
    void anIpv6LiteralIsAllowedInBracketsWithItsPort() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS,
                new SecuritySettings(List.of("[::1]:2525"), true));
        registry.start(ANN, SmtpSettings.of("x", "::1", 2525), false);
        assertRefused(Reason.FORBIDDEN, "[::1]:25",
                () -> registry.start(ANN, SmtpSettings.of("x", "::1", 25), false));
    }

    @Test
    void aSecretNeverTravelsUnprotectedWhereThatIsForbidden() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, new SecuritySettings(List.of(), false));
        String message = assertRefused(Reason.FORBIDDEN, "plain-credentials", () -> registry.start(ANN, INFO, false));
        assertFalse(message.contains("one"), message);
        registry.start(ANN, INFO.withTls(TlsMode.STARTTLS), false);
        registry.start(ANN, SmtpSettings.of("nobody", "mx.example.org", 25), false);
    }

    @Test
    void aNamedSessionNeedsNoStartAndOnlyItsRolesUseIt() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS,
                new NamedSession("billing", INFO, false, Set.of("accountant")),
                new NamedSession("news", INFO, true, Set.of()));
        assertEquals(INFO, registry.find(ANN, "billing", "accountant"::equals).settings());
        assertRefused(Reason.FORBIDDEN, "accountant", () -> registry.find(ANN, "billing", role -> false));
        assertTrue(registry.find(BEN, "news", role -> false).asynchronous());
        registry.close(BEN, "news");
        assertEquals("news", registry.find(BEN, "news", role -> false).name());
    }

    @Test
    void aStartedSessionHasTheNamesOfTheNamedOnesThatAreTheSame() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS,
                new NamedSession("news", INFO, true, Set.of()), new NamedSession("billing", INFO, false, Set.of()));
        assertEquals(List.of("billing", "news"), registry.names(registry.start(ANN, INFO, false)));
        assertEquals(List.of(), registry.names(registry.start(ANN, SmtpSettings.of("x", "mx.example.org", 25), false)));
    }

    @Test
    void aCallersOwnSessionComesBeforeTheAdministratorsOfThatName() throws Exception {
        SmtpSettings own = SmtpSettings.of("billing", "own.example.org", 25);
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS,
                new NamedSession("billing", INFO, false, Set.of("accountant")));
        registry.start(ANN, own, false);
        assertEquals(own, registry.find(ANN, "billing", role -> false).settings());
    }

    @Test
    void anApplicationStartsFromTheAdministratorsDefaults() {
        ConnectionLimits narrow = new ConnectionLimits(
                1, 0, Duration.ZERO, Duration.ZERO, 3, Duration.ZERO);
        SmtpSettings template = SmtpSettings.of("-", "-", 1).withLimits(narrow);
        SessionRegistry registry = new SessionRegistry(connections, SessionsSettings.DEFAULTS,
                SecuritySettings.DEFAULTS, List.of(), template, Duration.ofMinutes(5), drained::add, told, () -> now);
        SmtpSettings settings = registry.defaults("info", "mx.example.org", 587);
        assertEquals(narrow, settings.limits());
        assertEquals("info", settings.user());
        assertEquals(Duration.ofMinutes(5), registry.replyTimeoutCeiling());
    }

    private SessionRegistry registry(SessionsSettings sessions, SecuritySettings security, NamedSession... named) {
        return new SessionRegistry(connections, sessions, security, List.of(named),
                SmtpSettings.of("-", "-", 1), Duration.ofHours(1), drained::add, told, () -> now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private interface Call {
        void run() throws Exception;
    }

    private static String assertRefused(Reason reason, String word, Call call) {
        SessionRefusedException e = assertThrows(SessionRefusedException.class, call::run);
        assertEquals(reason, e.reason());
        assertTrue(e.getMessage().contains(word), e.getMessage());
        return e.getMessage();
    }
}
