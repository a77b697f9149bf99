package dev.mailroom;

import java.util.Objects;

/**
 * Everything needed to open and use connections of one session: whose, where, and how. Immutable.
 *
 * <p>User, secret, host, port, TLS, trust mode and dialogue are the identity: two settings that differ in one never
 * share a connection. Timeouts and limits are not part of it.
 *
 * @param user the session's user name; the login where there is a secret
 * @param secret proves the identity; {@link Secret#none()} = no authentication
 * @param host DNS name or IP address literal
 * @param port 1 to 65535
 */
public record SmtpSettings(
        String user,
        Secret secret,
        String host,
        int port,
        TlsMode tls,
        TrustMode trust,
        TimeoutSettings timeouts,
        ConnectionLimits limits,
        DialogueSettings dialogue) {

    /** Checks every value. */
    public SmtpSettings {
        user = named("user name", user);
        host = named("SMTP server", host);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port must be between 1 and 65535, was " + port);
        }
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(trust, "trust");
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(dialogue, "dialogue");
    }

    private static String named(String what, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the " + what + " is missing or blank");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the " + what + " must not contain control characters (CR, LF, NUL …)");
        }
        return value.strip();
    }

    /** Plain, unauthenticated settings with every default. */
    public static SmtpSettings of(String user, String host, int port) {
        return new SmtpSettings(user, Secret.none(), host, port, TlsMode.NONE, TrustMode.AUTOMATIC,
                TimeoutSettings.DEFAULTS, ConnectionLimits.DEFAULTS, DialogueSettings.DEFAULTS);
    }

    /** These settings with another secret. */
    public SmtpSettings withSecret(Secret other) {
        return new SmtpSettings(user, other, host, port, tls, trust, timeouts, limits, dialogue);
    }

    /** These settings with another TLS mode. */
    public SmtpSettings withTls(TlsMode other) {
        return new SmtpSettings(user, secret, host, port, other, trust, timeouts, limits, dialogue);
    }

    /** These settings with another trust mode. */
    public SmtpSettings withTrust(TrustMode other) {
        return new SmtpSettings(user, secret, host, port, tls, other, timeouts, limits, dialogue);
    }

    /** These settings with other timeouts. */
    public SmtpSettings withTimeouts(TimeoutSettings other) {
        return new SmtpSettings(user, secret, host, port, tls, trust, other, limits, dialogue);
    }

    /** These settings with other limits. */
    public SmtpSettings withLimits(ConnectionLimits other) {
        return new SmtpSettings(user, secret, host, port, tls, trust, timeouts, other, dialogue);
    }

    /** These settings with other dialogue settings. */
    public SmtpSettings withDialogue(DialogueSettings other) {
        return new SmtpSettings(user, secret, host, port, tls, trust, timeouts, limits, other);
    }

    /** Whether both open connections of the same identity: all but timeouts and limits. */
    public boolean sameIdentity(SmtpSettings other) {
        return user.equals(other.user) && secret.equals(other.secret) && host.equalsIgnoreCase(other.host)
                && port == other.port && tls == other.tls && trust == other.trust && dialogue.equals(other.dialogue);
    }
}
