package dev.mailroom.facade.auth;

import dev.mailroom.Secret;
import dev.mailroom.oauth.OauthSettings;
import dev.mailroom.oauth.OauthTokens;
import dev.mailroom.secret.AccessToken;
import dev.mailroom.secret.TokenException;
import dev.mailroom.secret.TokenSupplier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * WLanguage's {@code AuthToken}: an OAuth 2 access token that is fetched when it is first needed and renews itself a
 * minute before it ends, whenever a session that has it opens a connection. One may be given to any number of sessions
 * and mailboxes, also while it is used. {@link #toString} shows no secret. Thread-safe.
 */
public final class AuthToken {
    private final TokenSupplier supplier;
    private final Optional<HeldToken> refresh;
    private final Secret secret;
    private final Clock clock;
    private volatile AccessToken last;

    AuthToken(TokenSupplier supplier, Optional<HeldToken> refresh, Clock clock) {
        this.supplier = Objects.requireNonNull(supplier, "supplier");
        this.refresh = refresh;
        this.clock = clock;
        this.secret = Secret.supplied(new TokenSupplier() {
            @Override
            public AccessToken token(Duration patience) throws TokenException {
                return ask(patience);
            }

            @Override
            public boolean refused(AccessToken token) {
                return supplier.refused(token);
            }
        });
    }

    /** Tokens from whatever source the application has. */
    public static AuthToken of(TokenSupplier supplier) {
        return new AuthToken(supplier, Optional.empty(), Clock.systemUTC());
    }

    /**
     * Tokens that somebody has consented to (RFC 6749, section 6).
     *
     * @param tokenUrl begins with {@code https://}, or {@code http://} on this machine; nobody but the application may
     *     choose it, since the secrets are sent there
     * @param clientSecret empty = the client has none
     * @param scope may be empty
     * @throws IllegalArgumentException naming what is wrong
     */
    public static AuthToken refreshing(String tokenUrl, String clientId, String clientSecret, String refreshToken,
            String scope) {
        HeldToken held = new HeldToken(Secret.password(refreshToken).value());
        Clock clock = Clock.systemUTC();
        return new AuthToken(new OauthTokens(settings(tokenUrl, clientId, clientSecret,
                Secret.of(Secret.Kind.PASSWORD, held), scope), clock), Optional.of(held), clock);
    }

    /**
     * Tokens of the application itself (RFC 6749, section 4.4).
     *
     * @param tokenUrl as in {@link #refreshing}
     * @throws IllegalArgumentException naming what is wrong
     */
    public static AuthToken ofClient(String tokenUrl, String clientId, String clientSecret, String scope) {
        Clock clock = Clock.systemUTC();
        return new AuthToken(new OauthTokens(settings(tokenUrl, clientId, Secret.password(clientSecret).value(),
                Secret.none(), scope), clock), Optional.empty(), clock);
    }

    private static OauthSettings settings(String tokenUrl, String clientId, String clientSecret, Secret refreshToken,
            String scope) {
        return new OauthSettings(OauthSettings.tokenUrl(tokenUrl), clientId,
                clientSecret.isEmpty() ? Secret.none() : Secret.password(clientSecret), refreshToken, scope,
                OauthSettings.TIMEOUT);
    }

    private AccessToken ask(Duration patience) throws TokenException {
        AccessToken token = supplier.token(patience);
        last = token;
        return token;
    }

    /** Whether a token was fetched that has not ended yet. Asks nobody. */
    public boolean isValid() {
        AccessToken token = last;
        return token != null && clock.instant().isBefore(token.expiresAt());
    }

    /** When the token ends; empty = none was fetched, or the server has not said. */
    public Optional<Instant> getExpirationDate() {
        AccessToken token = last;
        return token == null || token.expiresAt().equals(Instant.MAX) ? Optional.empty()
                : Optional.of(token.expiresAt());
    }

    /**
     * The refresh token that is to be used next: where a server replaces it with each use, an application that wants to
     * go on after its own end keeps this one. A secret; empty = there is none.
     */
    public String getRefresh() {
        return refresh.map(HeldToken::known).orElse("");
    }

    /**
     * Fetches another token now, whether or not the last one is still good.
     *
     * @param patience how long may be waited; greater than zero
     * @throws TokenException when there is none; the last one is kept where it is still good
     */
    public void renew(Duration patience) throws TokenException {
        AccessToken before = last;
        if (before != null) {
            supplier.refused(before);
        }
        ask(patience);
    }

    /** What sessions log in with. */
    public Secret secret() {
        return secret;
    }

    @Override
    public String toString() {
        AccessToken token = last;
        return "AuthToken[" + (token == null ? "not fetched" : token) + "]";
    }
}
