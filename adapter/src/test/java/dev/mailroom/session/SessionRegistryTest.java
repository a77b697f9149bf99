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
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionRegistryTest {
    private static final Caller ANN = new Caller("ann");
    private static final Caller BEN = new Caller("ben");
    private static final SmtpSettings INFO =
            SmtpSettings.of("info", "mx.example.org", 587).withSecret(Secret.password("one"));

    private final FakeConnections connections = new FakeConnections();
    private final List<SmtpSettings> drained = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();
    private final SmtpListener told = new SmtpListener() {
        @Override
        public void onSessionOpened(SessionKey session, Caller caller) {
            opened.add(session + " by " + caller);
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
                new SessionsSettings(SessionsSettings.Scope.APPLICATION, Duration.ZERO, 10), SecuritySettings.DEFAULTS);
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
    void otherSettingsServeFromThenOnAndTheOldConnectionsAreDrained() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS);
        SmtpSession session = registry.start(ANN, INFO, false);
        SmtpSettings changed = INFO.withSecret(Secret.password("two"));
        registry.start(ANN, changed, false);
        assertEquals(changed, session.settings());
        assertEquals(List.of(INFO), drained);
    }

    @Test
    void whatAnotherCallerStillUsesIsNotDrained() throws Exception {
        SessionRegistry registry = registry(SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS);
        registry.start(ANN, INFO, false);
        registry.start(BEN, INFO, false);
        registry.start(ANN, INFO.withSecret(Secret.password("two")), false);
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
                new SessionsSettings(SessionsSettings.Scope.CALLER, Duration.ofMinutes(10), 10),
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
                new SessionsSettings(SessionsSettings.Scope.CALLER, Duration.ofMinutes(10), 1),
                SecuritySettings.DEFAULTS);
        registry.start(ANN, INFO, false);
        assertRefused(Reason.FORBIDDEN, "1 of 1", () -> registry.start(BEN, INFO, false));
        registry.start(ANN, INFO, false);
        pass(Duration.ofMinutes(11));
        registry.start(BEN, INFO, false);
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
