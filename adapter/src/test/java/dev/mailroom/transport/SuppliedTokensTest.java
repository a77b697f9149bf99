package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.oauth.OauthSettings;
import dev.mailroom.oauth.OauthTokens;
import dev.mailroom.secret.AccessToken;
import dev.mailroom.secret.TokenException;
import dev.mailroom.secret.TokenSupplier;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.AuthAttempt;
import dev.mailroom.testing.HandClock;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.TokenServer;
import dev.mailroom.testing.When;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens on the wire: asked for at each new connection, and what happens when one is refused. */
@Timeout(180)
class SuppliedTokensTest {
    private final SocketTransportFactory factory = Sessions.factory();
    private final TokenServer tokens = new TokenServer();
    private final ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().token("bob", "access-1").mechanisms("XOAUTH2").start();
    private final HandClock clock = new HandClock();
    private final SmtpSettings settings = Sessions.to(server).withSecret(OauthTokens.secret(new OauthSettings(
            tokens.url(), "id", Secret.password("s3cret"), Secret.none(), "", Duration.ofSeconds(60)), clock));

    @AfterEach
    void end() {
        factory.close();
        tokens.close();
        server.close();
    }

    private void open(SmtpSettings settings) throws SmtpException {
        SmtpTransport link = factory.open(settings, Deadline.NEVER);
        assertTrue(link.authenticated());
        link.close();
    }

    private static AuthAttempt attempt(String token, boolean accepted) {
        return new AuthAttempt("XOAUTH2", "bob", token, accepted);
    }

    @Test
    void aTokenIsFetchedOnceAndShownByEachConnectionUntilItEnds() throws Exception {
        open(settings);
        open(settings);
        assertEquals(1, tokens.requests().size());
        clock.advance(Duration.ofHours(1));
        server.token("bob", "access-2");
        open(settings);
        assertEquals(List.of(attempt("access-1", true), attempt("access-1", true), attempt("access-2", true)),
                server.authAttempts());
    }

    @Test
    void aRefusedTokenThatWasKeptIsRenewedOnce() throws Exception {
        open(settings);
        server.token("bob", "access-2");
        open(settings);
        assertEquals(List.of(attempt("access-1", true), attempt("access-1", false), attempt("access-2", true)),
                server.authAttempts());
        server.token("bob", "another");
        Failure failure = Sessions.refusal(factory, settings);
        assertEquals(535, failure.reply().code());
        assertEquals(Phase.AUTH, failure.phase());
        assertEquals(List.of(attempt("access-2", false), attempt("access-3", false)),
                server.authAttempts().subList(3, 5));
        assertEquals(3, tokens.requests().size());
    }

    @Test
    void aRefusedTokenThatWasNewIsNotTriedAgain() {
        server.token("bob", "another");
        assertEquals(535, Sessions.refusal(factory, settings).reply().code());
        assertEquals(1, server.authAttempts().size());
        assertEquals(1, tokens.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"454 4.7.0 later", "530 5.7.0 TLS first", "501 5.5.2 what"})
    void onlyAJudgementOnTheTokenRenewsIt(String reply) throws Exception {
        open(settings);
        server.on(When.at(Step.AUTH), Action.reply(reply));
        Sessions.refusal(factory, settings);
        assertEquals(1, tokens.requests().size());
        assertEquals(2, server.connectionsOpened());
    }

    @Test
    void withoutATokenNothingIsOpenedAndThePhaseSaysWhy() {
        tokens.always(503, "");
        Failure later = Sessions.refusal(factory, settings);
        assertEquals(Phase.TOKEN, later.phase());
        assertEquals(FailureScope.SESSION, later.scope());
        assertTrue(later.isTransient());
        assertTrue(later.message().contains("no access token for \"bob\" at localhost: the token server 127.0.0.1:"),
                later.message());
        tokens.always(400, "{\"error\":\"invalid_grant\"}");
        assertFalse(Sessions.refusal(factory, settings).isTransient());
        assertEquals(0, server.connectionsOpened());
    }

    @Test
    void whoIsInAHurryWaitsNoLongerThanItsDeadline() {
        tokens.silent();
        Failure failure = Sessions.refusal(factory, settings, Deadline.after(Duration.ofMillis(200)));
        assertEquals(Phase.TOKEN, failure.phase());
        assertTrue(failure.message().contains("has not answered within"), failure.message());
    }

    @Test
    void theReasonOfARefusalIsShownWithoutTheToken() {
        server.token("bob", "another");
        Failure plain = Sessions.refusal(factory, settings);
        assertTrue(plain.message().contains("(it said: status=401, schemes=bearer); check the user name and the access "
                + "token"), plain.message());
        server.on(When.at(Step.AUTH), Action.reply("334 "
                + Base64.getEncoder().encodeToString(("{\"status\":\"400\",\"scope\":\"you sent "
                + "access-1\\r\\n250 ok\"}").getBytes(StandardCharsets.UTF_8))));
        Failure repeating = Sessions.refusal(factory, settings);
        assertTrue(repeating.message().contains("scope=you sent *** 250 ok"), repeating.message());
        assertFalse(repeating.message().contains("access-1"), repeating.message());
    }

    @Test
    void anApplicationsSupplierIsAskedWithPatienceAndToldOfRefusals() throws Exception {
        List<String> heard = new ArrayList<>();
        SmtpSettings supplied = settings.withSecret(Secret.supplied(new TokenSupplier() {
            @Override
            public AccessToken token(Duration patience) {
                heard.add("asked " + (!patience.isZero() && !patience.isNegative()));
                return AccessToken.of("stale");
            }

            @Override
            public boolean refused(AccessToken token) {
                heard.add("refused " + token.value());
                return true;
            }
        }));
        assertEquals(535, Sessions.refusal(factory, supplied).reply().code());
        assertEquals(List.of("asked true"), heard);
        assertEquals(535, Sessions.refusal(factory, supplied).reply().code());
        assertEquals(List.of("asked true", "asked true", "refused stale", "asked true"), heard);
        assertEquals(2, server.authAttempts().size(), "the same token once more would be of no use");
    }

    @Test
    void aSupplierThatFailsIsAnErrorOfItsPhaseWhateverItThrows() {
        for (TokenSupplier bad : List.<TokenSupplier>of(patience -> null, patience -> {
            throw new IllegalStateException("hush hush");
        }, patience -> {
            throw TokenException.passing("the vault is sealed", null);
        }, patience -> AccessToken.of("a\nb"))) {
            Failure failure = Sessions.refusal(factory, settings.withSecret(Secret.supplied(bad)));
            assertEquals(Phase.TOKEN, failure.phase());
            assertFalse(failure.message().contains("hush"), failure.message());
        }
    }
}
