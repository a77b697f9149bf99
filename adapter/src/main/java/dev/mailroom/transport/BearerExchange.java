package dev.mailroom.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailroom.oauth.JsonFields;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * OAuth 2 access tokens: XOAUTH2 and OAUTHBEARER (RFC 7628) differ in how the token is wrapped. A challenge holds the
 * reason of a refusal, whose reply comes after one more response.
 */
final class BearerExchange implements SaslExchange {
    private final String token;
    private final String acknowledgement;
    private String reason = "";

    private BearerExchange(String token, String acknowledgement) {
        this.token = token;
        this.acknowledgement = acknowledgement;
    }

    static BearerExchange xoauth2(String user, String token) {
        return new BearerExchange("user=" + user + "\1auth=Bearer " + token + "\1\1", "");
    }

    static BearerExchange oauthbearer(String user, String token, String host, int port) {
        return new BearerExchange("n,a=" + ScramExchange.saslName(user) + ",\1host=" + host + "\1port=" + port
                + "\1auth=Bearer " + token + "\1\1", "\1");
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.of(token.getBytes(UTF_8));
    }

    /** RFC 7628, section 3.2.2; Google and Microsoft say it in the same way with XOAUTH2. */
    @Override
    public byte[] respond(byte[] challenge) {
        reason = JsonFields.of(new String(challenge, UTF_8)).entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue()).collect(Collectors.joining(", "));
        return acknowledgement.getBytes(UTF_8);
    }

    @Override
    public String reason() {
        return reason;
    }
}
