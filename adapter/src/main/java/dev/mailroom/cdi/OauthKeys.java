package dev.mailroom.cdi;

import static dev.mailroom.configuration.ConfigurationKey.Tier.OFTEN;
import static dev.mailroom.configuration.ConfigurationKey.Tier.RARELY;
import static dev.mailroom.configuration.ConfigurationKey.of;
import static dev.mailroom.configuration.ConfigurationKey.optional;

import dev.mailroom.Secret;
import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationType;
import dev.mailroom.oauth.OauthSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The keys that say where access tokens come from, of whatever logs in with them. */
record OauthKeys(
        ConfigurationKey<URI> tokenUrl,
        ConfigurationKey<String> clientId,
        ConfigurationKey<Secret> clientSecret,
        ConfigurationKey<Secret> clientSecretFile,
        ConfigurationKey<Secret> refreshToken,
        ConfigurationKey<Secret> refreshTokenFile,
        ConfigurationKey<String> scope,
        ConfigurationKey<Duration> timeout) {
    private static final ConfigurationType<URI> TOKEN_URL =
            ConfigurationType.of("URL", OauthSettings::tokenUrl, URI::toString);
    private static final ConfigurationType<Duration> TIMEOUT =
            ConfigurationType.duration(Duration.ofMillis(1), Duration.ofMinutes(10));

    /** @param prefix what all of them begin with, ending with a dot */
    static OauthKeys under(String prefix) {
        String oauth = prefix + "oauth.";
        return new OauthKeys(
                optional(oauth + "token-url", TOKEN_URL, "none", OFTEN, "Where access tokens are fetched (RFC 6749) and"
                        + " renewed a minute before they end: `https`, or `http` on this machine."),
                optional(oauth + "client-id", ConfigurationType.text(), "none", OFTEN, "Who asks for them."),
                optional(oauth + "client-secret", ConfigurationType.secret(Secret::password), "none", OFTEN,
                        "What proves it; required without a refresh token."),
                optional(oauth + "client-secret-file", ConfigurationType.secretFile(Secret::password), "none", OFTEN,
                        "File with it."),
                optional(oauth + "refresh-token", ConfigurationType.secret(Secret::password), "none", OFTEN,
                        "What a person has consented to (grant `refresh_token`); without it the client asks for itself"
                                + " (grant `client_credentials`)."),
                optional(oauth + "refresh-token-file", ConfigurationType.secretFile(Secret::password), "none", OFTEN,
                        "File with it; the next one is written into it where the token server replaces it."),
                optional(oauth + "scope", ConfigurationType.text(), "what the server decides", OFTEN,
                        "What the tokens are to be good for; several are separated by blanks."),
                of(oauth + "timeout", TIMEOUT, OauthSettings.TIMEOUT, RARELY,
                        "Longest time of one request to the token server."));
    }

    /** All of them. */
    List<ConfigurationKey<?>> all() {
        return List.of(tokenUrl, clientId, clientSecret, clientSecretFile, refreshToken, refreshTokenFile, scope,
                timeout);
    }
}
