package dev.mailroom.facade.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.secret.AccessToken;
import dev.mailroom.secret.TokenException;
import dev.mailroom.testing.HandClock;
import dev.mailroom.testing.TokenServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AuthTokenTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TokenServer server = new TokenServer();

    @AfterEach
    void close() {
        server.close();
    }

    private AuthToken refreshing() {
        server.refreshToken("r-first", true);
        return AuthToken.refreshing(server.url().toString(), "id", "s3cret", "r-first", "");
    }

    @Test
    void aTokenIsFetchedWhenASessionNeedsItAndSaysHowLongItIsGood() throws Exception {
        AuthToken token = refreshing();
        assertFalse(token.isValid());
        assertEquals(Optional.empty(), token.getExpirationDate());
        assertEquals(0, server.requests().size());
        assertEquals("access-1", token.secret().current(PATIENCE).value());
        assertTrue(token.isValid());
        assertTrue(token.getExpirationDate().isPresent());
    }

    @Test
    void theRefreshTokenIsTheOneToUseNext() throws Exception {
        AuthToken token = refreshing();
        assertEquals("r-first", token.getRefresh());
        token.renew(PATIENCE);
        assertEquals("refresh-1", token.getRefresh());
        token.renew(PATIENCE);
        assertEquals("refresh-2", token.getRefresh());
        assertEquals("access-2", token.secret().current(PATIENCE).value());
        assertEquals("", AuthToken.ofClient(server.url().toString(), "id", "s3cret", "").getRefresh());
    }

    @Test
    void aTokenThatEndedIsNotValid() throws Exception {
        HandClock clock = new HandClock();
        AuthToken token = new AuthToken(patience -> new AccessToken("a", clock.instant().plusSeconds(10)),
                Optional.empty(), clock);
        token.renew(PATIENCE);
        assertTrue(token.isValid());
        assertEquals(Optional.of(clock.instant().plusSeconds(10)), token.getExpirationDate());
        clock.advance(Duration.ofSeconds(10));
        assertFalse(token.isValid());
    }

    @Test
    void aRenewalThatFailsLeavesTheTokenAsItIs() throws Exception {
        AuthToken token = refreshing();
        token.renew(PATIENCE);
        server.always(503, "");
        assertThrows(TokenException.class, () -> token.renew(PATIENCE));
        assertTrue(token.isValid());
        assertEquals("refresh-1", token.getRefresh());
    }

    @Test
    void badArgumentsAreNamedAndNoSecretIsShown() throws Exception {
        assertThrows(IllegalArgumentException.class,
                () -> AuthToken.ofClient("http://login.example.org/token", "id", "s3cret", ""));
        assertThrows(IllegalArgumentException.class, () -> AuthToken.ofClient(server.url().toString(), " ", "s", ""));
        assertThrows(IllegalArgumentException.class, () -> AuthToken.ofClient(server.url().toString(), "id", "", ""));
        AuthToken token = refreshing();
        token.renew(PATIENCE);
        assertFalse(token.toString().matches(".*(access-1|s3cret|refresh-1|r-first).*"), token.toString());
    }
}
