package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.ConnectionLimits;
import dev.mailroom.Secret;
import dev.mailroom.TlsMode;
import dev.mailroom.session.NamedSession;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedSessionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"billing", "my-shop", "Billing_2", "a.b", "billing@example.org", "a.timeout", "server",
        "x.password", "with space", "say \"hi\""})
    void anyNameCanBeASessionsNameBetweenQuotes(String name) {
        NamedSession session = Reading.session(MapConfig.of("mailroom.session.\"" + name + "\".server", "mail"));
        assertEquals(name, session.name());
        assertEquals("mail", session.settings().host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing", "my-shop", "Billing_2", "a.b", "billing@example.org"})
    void namesWithDotsAndAtSignsNeedNoQuotes(String name) {
        NamedSession session = Reading.session(MapConfig.of("mailroom.session." + name + ".server", "mail",
                "mailroom.session." + name + ".timeout.connect", "1s"));
        assertEquals(name, session.name());
        assertEquals(Duration.ofSeconds(1), session.settings().timeouts().connect());
    }

    @Test
    void aNameEndsInOnePlaceOnlyAlsoWhereOneKeyEndsLikeAnother() {
        for (String suffix : SessionKeys.ALL.stream().map(SessionKeys::suffix).toList()) {
            NamedKeys.Property expected = new NamedKeys.Property("billing", suffix);
            assertEquals(Optional.of(expected), NamedKeys.SESSIONS.parse("mailroom.session.billing." + suffix));
            assertEquals(Optional.of(expected), NamedKeys.SESSIONS.parseEnvironment(
                    "MAILROOM_SESSION_BILLING_" + suffix.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT)));
        }
    }

    @Test
    void quotedAndPlainSpellingsAreTheSameSession() {
        NamedSession session = Reading.session(MapConfig.of(
                "mailroom.session.billing@example.org.server", "mail",
                "mailroom.session.\"billing@example.org\".port", "26"));
        assertEquals("mail:26", session.settings().host() + ":" + session.settings().port());
    }

    @Test
    void theSameKeyInBothSpellingsIsAProblem() {
        String problem = Reading.problem("mailroom.session.billing.server", "one",
                "mailroom.session.\"billing\".server", "two");
        assertEquals("mailroom.session.billing.server and mailroom.session.\"billing\".server are the same key: "
                + "set one of them", problem);
    }

    @Test
    void theLoginIsTheSessionsNameUnlessSaid() {
        assertEquals("billing@example.org", Reading.session(
                MapConfig.of("mailroom.session.billing@example.org.server", "mail")).settings().user());
    }

    @Test
    void aSessionWithoutAServerIsAProblem() {
        assertEquals("mailroom.session.billing.server is missing: expected the SMTP server of session billing",
                Reading.problem("mailroom.session.billing.port", "25"));
    }

    @ParameterizedTest
    @CsvSource({"none,25", "starttls,587", "implicit,465"})
    void theDefaultPortFollowsTheTlsMode(String tls, int port) {
        assertEquals(port, Reading.session(MapConfig.of("mailroom.session.a.server", "mail",
                "mailroom.session.a.tls", tls)).settings().port());
    }

    @Test
    void whatASessionLeavesOutComesFromTheWholeApplication() {
        var settings = Reading.session(MapConfig.of("mailroom.session.a.server", "mail",
                "mailroom.pool.max-connections", "6", "mailroom.pool.max-uses", "11", "mailroom.timeout.send", "8s",
                "mailroom.dialogue.chunking", "off", "mailroom.security.unauthenticated-fallback", "refuse",
                "mailroom.session.a.max-uses", "12")).settings();
        assertEquals(6, settings.limits().maxConnections());
        assertEquals(12, settings.limits().maxUses());
        assertEquals(Duration.ofSeconds(8), settings.timeouts().send());
        assertEquals("truefalsefalse", "" + settings.dialogue().pipelining() + settings.dialogue().chunking()
                + settings.dialogue().unauthenticatedFallback());
    }

    @Test
    void twoSecretsAreAProblemThatShowsNeither() {
        String problem = Reading.problem("mailroom.session.a.server", "mail", "mailroom.session.a.password", "hunter2",
                "mailroom.session.a.access-token", "ya29");
        assertEquals("mailroom.session.a.password and mailroom.session.a.access-token are both set: "
                + "expected one of them", problem);
    }

    @Test
    void aTrustModeWithoutTlsIsAProblem() {
        String problem = Reading.problem("mailroom.session.a.server", "mail", "mailroom.session.a.trust", "own");
        assertTrue(problem.startsWith("mailroom.session.a.trust is set although mailroom.session.a.tls is none"),
                problem);
    }

    @Test
    void moreConnectionsKeptWarmThanAllowedAreAProblem() {
        String problem = Reading.problem("mailroom.session.a.server", "mail", "mailroom.session.a.min-idle", "5");
        assertEquals("mailroom.session.a.min-idle = 5 exceeds mailroom.session.a.max-connections = 4: "
                + "expected at most as many", problem);
    }

    @Test
    void moreConnectionsThanTheWholePoolHasAreAProblem() {
        String problem = Reading.problem("mailroom.session.a.server", "mail",
                "mailroom.session.a.max-connections", "101");
        assertEquals("mailroom.session.a.max-connections = 101 exceeds mailroom.pool.max-total = 100: "
                + "expected at most as many", problem);
    }

    @Test
    void aPasswordOverPlainTcpAgainstTheRuleForApplicationsIsWarnedOf() {
        List<String> warnings = Reading.read(MapConfig.of("mailroom.session.a.server", "mail",
                "mailroom.session.a.password", "hunter2",
                "mailroom.security.plain-credentials", "refuse")).warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).startsWith("MR0401 session a sends its credentials over a connection without TLS"));
    }

    @Test
    void sessionsComeInTheOrderOfTheirNames() {
        assertEquals(List.of("a", "b", "c"), Reading.settings("mailroom.session.c.server", "m",
                "mailroom.session.a.server", "m", "mailroom.session.b.server", "m").namedSessions().stream()
                .map(NamedSession::name).toList());
    }

    @Test
    void exchangeOnlineAllowsThreeConnectionsAMailbox() {
        var settings = Reading.session(MapConfig.of("mailroom.session.a.preset", "exchange-online")).settings();
        assertEquals("smtp.office365.com:587 STARTTLS 3", settings.host() + ":" + settings.port() + " "
                + settings.tls() + " " + settings.limits().maxConnections());
    }

    @Test
    void amazonSesHasNoServerOfItsOwnAndClosesIdleConnections() {
        assertTrue(Reading.problem("mailroom.session.a.preset", "amazon-ses")
                .startsWith("mailroom.session.a.server is missing"));
        var settings = Reading.session(MapConfig.of("mailroom.session.a.preset", "amazon-ses",
                "mailroom.session.a.server", "email-smtp.eu-central-1.amazonaws.com")).settings();
        assertEquals(TlsMode.STARTTLS, settings.tls());
        assertTrue(settings.limits().idleTimeout().compareTo(Duration.ofSeconds(10)) < 0);
    }

    @Test
    void sendgridTakesFiveThousandMessagesAConnectionAndOneLogin() {
        var settings = Reading.session(MapConfig.of("mailroom.session.a.preset", "sendgrid",
                "mailroom.session.a.password", "SG.key")).settings();
        assertEquals("apikey@smtp.sendgrid.net:587", settings.user() + "@" + settings.host() + ":" + settings.port());
        assertEquals(Secret.password("SG.key"), settings.secret());
        assertEquals(5000, settings.limits().maxUses());
    }

    @Test
    void gmailConnectionsEndBeforeAnAccessTokenDoes() {
        var settings = Reading.session(MapConfig.of("mailroom.session.a.preset", "gmail",
                "mailroom.pool.max-lifetime", "3h")).settings();
        assertEquals("smtp.gmail.com:587", settings.host() + ":" + settings.port());
        assertTrue(settings.limits().maxLifetime().compareTo(Duration.ofHours(1)) < 0);
    }

    @Test
    void explicitKeysWinOverThePreset() {
        var settings = Reading.session(MapConfig.of("mailroom.session.a.preset", "exchange-online",
                "mailroom.session.a.tls", "implicit", "mailroom.session.a.max-connections", "1",
                "mailroom.session.a.server", "proxy", "mailroom.pool.max-connections", "9")).settings();
        assertEquals("proxy:465 1", settings.host() + ":" + settings.port() + " "
                + settings.limits().maxConnections());
        assertEquals(ConnectionLimits.DEFAULTS.idleTimeout(), settings.limits().idleTimeout());
    }

    @ParameterizedTest
    @CsvSource({"from,Billing", "from,a@b@c", "from,<a@b", "from,a b@c.org", "reply-to,x", "envelope-sender,A <a@b.c>",
        "envelope-sender,bounces", "envelope-sender,a@b@c"})
    void whatIsNoMailboxIsNoDefault(String key, String value) {
        String problem = Reading.problem("mailroom.session.a.server", "mail", "mailroom.session.a." + key, value);
        assertTrue(problem.contains(": expected a"), problem);
    }

    @Test
    void aProvidersPresetKnowsWhereItsTokensComeFrom() {
        String a = "mailroom.session.a.";
        String gmail = Reading.session(MapConfig.of(a + "preset", "gmail", a + "oauth.client-id", "id",
                a + "oauth.refresh-token", "r")).settings().secret().origin().orElseThrow().name();
        assertTrue(gmail.startsWith("supplier of https://oauth2.googleapis.com/token id "), gmail);
        String exchange = Reading.session(MapConfig.of(a + "preset", "exchange-online", a + "oauth.client-id", "id",
                a + "oauth.client-secret", "s", a + "oauth.token-url", "https://login.microsoftonline.com/t/oauth2"))
                .settings().secret().origin().orElseThrow().name();
        assertTrue(exchange.contains(" id https://outlook.office365.com/.default "), exchange);
        assertEquals(Secret.Kind.PASSWORD, Reading.session(MapConfig.of(a + "preset", "gmail", a + "password", "app"))
                .settings().secret().kind(), "an app password needs no tokens");
    }

    @Test
    void whatTokensAreFetchedWithMustFitTogether() {
        String a = "mailroom.session.a.";
        String url = "https://login.example.org/token";
        assertEquals(a + "oauth.client-id is set without " + a + "oauth.token-url: expected where the tokens come from",
                Reading.problem(a + "server", "mail", a + "oauth.client-id", "x"));
        assertEquals(a + "oauth.client-id is missing: expected the id that the token server has given this application",
                Reading.problem(a + "server", "mail", a + "oauth.token-url", url, a + "oauth.refresh-token", "x"));
        assertEquals(a + "oauth.client-secret and " + a + "oauth.refresh-token are missing, and so are their files: "
                + "expected one of the two to show to the token server",
                Reading.problem(a + "server", "mail", a + "oauth.token-url", url, a + "oauth.client-id", "x"));
        assertEquals(a + "oauth.token-url and " + a + "password are both set: expected one of them",
                Reading.problem(a + "server", "mail", a + "oauth.token-url", url, a + "oauth.client-id", "x",
                        a + "oauth.client-secret", "y", a + "password", "z"));
        String unsafe = Reading.problem(a + "server", "mail", a + "oauth.token-url", "http://login.example.org/token",
                a + "oauth.client-id", "x", a + "oauth.client-secret", "y");
        assertTrue(unsafe.startsWith(a + "oauth.token-url = \"http://login.example.org/token\""), unsafe);
        assertTrue(unsafe.contains(": expected a URL that begins with https:// (http:// only for localhost)"), unsafe);
    }
}
