package dev.mailroom.oauth;

import dev.mailroom.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;

/**
 * Where access tokens come from, and what is shown there for them.
 *
 * @param tokenUrl the token endpoint (RFC 6749, section 3.2): https, or http on the loopback interface
 * @param clientId who asks
 * @param clientSecret what proves it; {@link Secret#none()} = a client without a secret
 * @param refreshToken what a person has consented to (grant {@code refresh_token}); {@link Secret#none()} = the client
 *     asks for itself (grant {@code client_credentials})
 * @param scope what the token is to be good for; empty = what the server decides
 * @param timeout longest time of one request, from the connection to the last octet of the answer
 */
public record OauthSettings(
        URI tokenUrl, String clientId, Secret clientSecret, Secret refreshToken, String scope, Duration timeout) {
    /** Longest time of one request where nothing else is said. */
    public static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** Checks every value. */
    public OauthSettings {
        tokenUrl(tokenUrl.toString());
        Objects.requireNonNull(clientSecret, "clientSecret");
        Objects.requireNonNull(refreshToken, "refreshToken");
        Objects.requireNonNull(scope, "scope");
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("the client id must not be blank");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("the timeout must be greater than zero, was " + timeout);
        }
    }

    /**
     * A token endpoint.
     *
     * @throws IllegalArgumentException if secrets should not be sent there
     */
    public static URI tokenUrl(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected a URL such as https://login.example.org/token", e);
        }
        boolean safe = "https".equalsIgnoreCase(url.getScheme())
                || "http".equalsIgnoreCase(url.getScheme()) && loopback(url.getHost());
        if (!safe || url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("expected a URL that begins with https:// (http:// only for localhost),"
                    + " without user and fragment: secrets are sent there");
        }
        return url;
    }

    /** Nothing is resolved: a name that happens to lead here today may lead elsewhere tomorrow. */
    private static boolean loopback(String host) {
        if (host == null || host.equalsIgnoreCase("localhost")) {
            return host != null;
        }
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
        try {
            return literal && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
