package dev.mailroom.transport;

import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.smtp.Capabilities;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * The SASL mechanisms that can be used with a secret. One is tried on a connection: after a judgement on the secret no
 * other is tried, since repeated failures lock accounts.
 */
enum Mechanism {
    /** RFC 7677, bound to the TLS connection. */
    SCRAM_SHA_256_PLUS("SCRAM-SHA-256-PLUS"),
    /** RFC 7677. */
    SCRAM_SHA_256("SCRAM-SHA-256"),
    /** RFC 5802. */
    SCRAM_SHA_1("SCRAM-SHA-1"),
    /** RFC 2195: keeps the password off the wire, and makes servers keep it in clear. */
    CRAM_MD5("CRAM-MD5"),
    /** RFC 4616. */
    PLAIN("PLAIN"),
    /** Obsolete, and all that some servers offer. */
    LOGIN("LOGIN"),
    /** OAuth 2 access tokens, RFC 7628. */
    OAUTHBEARER("OAUTHBEARER"),
    /** OAuth 2 access tokens as it was before. */
    XOAUTH2("XOAUTH2");

    private static final SecureRandom RANDOM = new SecureRandom();
    // With TLS the password is protected on the wire, and CRAM-MD5 weakens how it is kept.
    private static final List<Mechanism> WITH_TLS =
            List.of(SCRAM_SHA_256_PLUS, SCRAM_SHA_256, SCRAM_SHA_1, PLAIN, LOGIN, CRAM_MD5);
    private static final List<Mechanism> WITHOUT_TLS = List.of(SCRAM_SHA_256, SCRAM_SHA_1, CRAM_MD5, PLAIN, LOGIN);

    private final String saslName;

    Mechanism(String saslName) {
        this.saslName = saslName;
    }

    /** Those offered that can be used, the strongest first. */
    static List<Mechanism> choices(Secret.Kind kind, Capabilities offered, boolean secured) {
        Stream<Mechanism> all = switch (kind) {
            case PASSWORD -> (secured ? WITH_TLS : WITHOUT_TLS).stream();
            case ACCESS_TOKEN -> Stream.of(OAUTHBEARER, XOAUTH2);
            default -> Stream.empty();
        };
        return all.filter(mechanism -> offered.offersMechanism(mechanism.saslName)).toList();
    }

    SaslExchange begin(SmtpSettings settings, ChannelBinding channel) {
        String user = settings.user();
        String secret = settings.secret().value();
        return switch (this) {
            case SCRAM_SHA_256_PLUS, SCRAM_SHA_256 -> new ScramExchange("SHA256", user, secret, channel, nonce());
            case SCRAM_SHA_1 -> new ScramExchange("SHA1", user, secret, channel, nonce());
            case CRAM_MD5 -> PasswordExchange.cramMd5(user, secret);
            case PLAIN -> PasswordExchange.plain(user, secret);
            case LOGIN -> PasswordExchange.login(user, secret);
            case OAUTHBEARER -> BearerExchange.oauthbearer(user, secret, settings.host(), settings.port());
            case XOAUTH2 -> BearerExchange.xoauth2(user, secret);
        };
    }

    private static String nonce() {
        byte[] random = new byte[18];
        RANDOM.nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    /** The name on the wire. */
    @Override
    public String toString() {
        return saslName;
    }
}
