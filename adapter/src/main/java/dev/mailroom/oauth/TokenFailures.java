package dev.mailroom.oauth;

import dev.mailroom.VisibleText;
import dev.mailroom.secret.AccessToken;
import dev.mailroom.secret.TokenException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Understands answers of a token server, and says what went wrong so that a person can act on it. */
final class TokenFailures {
    private static final int SHOWN = 300;
    /** Nothing lives longer, and nothing overflows. */
    private static final long LONGEST_SECONDS = Duration.ofDays(3650).toSeconds();

    /** Of a token that is said to have ended already: some servers mean that it has no end, others that it is short. */
    private static final long SHORT_SECONDS = 60;

    private final OauthSettings settings;
    private final String refreshToken;
    private final SecretForms secrets;

    TokenFailures(OauthSettings settings, String clientSecret, String refreshToken) {
        this.settings = settings;
        this.refreshToken = refreshToken;
        this.secrets = SecretForms.of(settings.clientId(), clientSecret, refreshToken);
    }

    private String server() {
        String port = settings.tokenUrl().getPort() < 0 ? "" : ":" + settings.tokenUrl().getPort();
        return "the token server " + settings.tokenUrl().getHost() + port;
    }

    TokenException silent(Duration longest) {
        return TokenException.passing(server() + " has not answered within " + longest.toMillis() + " ms", null);
    }

    TokenException lost(IOException cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : visible(cause.getMessage());
        return TokenException.passing(server() + " did not answer: " + why, secrets.masked(cause));
    }

    TokenException interrupted() {
        return TokenException.passing("interrupted while waiting for " + server(), null);
    }

    /** RFC 6749, section 5.2. */
    TokenException refused(int status, Map<String, String> fields) {
        String error = visible(fields.getOrDefault("error", ""));
        String description = visible(fields.getOrDefault("error_description", ""));
        String said = server() + " refused with " + status + (error.isEmpty() ? "" : " " + error)
                + (description.isEmpty() ? "" : " (" + description + ")");
        return switch (error) {
            case "invalid_grant" -> TokenException.lasting(said + (refreshToken.isEmpty() ? ""
                    : "; the refresh token has expired or was taken back: get a new one by consenting again"), null);
            case "invalid_client", "unauthorized_client" -> TokenException.lasting(said
                    + "; check oauth.client-id and the client secret, which may have expired", null);
            case "invalid_scope" -> TokenException.lasting(said + "; check oauth.scope", null);
            case "invalid_request", "unsupported_grant_type" -> TokenException.lasting(said
                    + "; check oauth.token-url", null);
            default -> status == 404 || status / 100 == 3
                    ? TokenException.lasting(said + "; check oauth.token-url", null)
                    : TokenException.passing(said, null);
        };
    }

    /**
     * RFC 6749, section 5.1.
     *
     * @param texts those of the fields that are JSON strings: nothing else is a token
     */
    TokenAnswer answer(Map<String, String> texts, Map<String, String> fields, Instant begun) throws TokenException {
        String type = fields.getOrDefault("token_type", "Bearer");
        if (!texts.containsKey("access_token") || !type.equalsIgnoreCase("Bearer")) {
            throw TokenException.passing(server() + " answered without a bearer token (RFC 6749, section 5.1); check "
                    + "oauth.token-url", null);
        }
        try {
            return new TokenAnswer(new AccessToken(texts.get("access_token"), end(fields, begun)),
                    texts.getOrDefault("refresh_token", ""));
        } catch (IllegalArgumentException e) {
            throw TokenException.passing(server() + " answered with what cannot be a token: " + e.getMessage(), null);
        }
    }

    private static Instant end(Map<String, String> fields, Instant begun) {
        try {
            double seconds = Double.parseDouble(fields.getOrDefault("expires_in", ""));
            if (Double.isNaN(seconds)) {
                return Instant.MAX;
            }
            long life = (long) seconds <= 0 ? SHORT_SECONDS : (long) seconds;
            return begun.plusSeconds(Math.min(life, LONGEST_SECONDS));
        } catch (NumberFormatException e) {
            return Instant.MAX;
        }
    }

    /** What a stranger says, which may repeat what was sent to it. */
    private String visible(String text) {
        String masked = VisibleText.of(secrets.masked(text).replaceAll("\\s+", " ")).strip();
        return masked.length() <= SHOWN ? masked : masked.substring(0, SHOWN) + " …";
    }
}
