package dev.mailroom.secret;

import java.time.Instant;
import java.util.Objects;

/**
 * An OAuth 2 access token (RFC 6749, section 1.4). {@link #toString} never shows its value.
 *
 * @param value what is shown to the mail server; not empty, without control characters
 * @param expiresAt when it ends; {@link Instant#MAX} = not known
 */
public record AccessToken(String value, Instant expiresAt) {
    /** Checks the value. */
    public AccessToken {
        Objects.requireNonNull(expiresAt, "expiresAt");
        // RFC 6750, section 2.1, allows even less; a control character would end the token on the wire.
        if (value == null || value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("an access token must not be blank or contain control characters");
        }
    }

    /** A token of which it is not known when it ends. */
    public static AccessToken of(String value) {
        return new AccessToken(value, Instant.MAX);
    }

    @Override
    public String toString() {
        return "AccessToken[***, " + (expiresAt.equals(Instant.MAX) ? "no known end" : "until " + expiresAt) + "]";
    }
}
