package dev.mailroom;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.UUID;

/**
 * Names one session's connections wherever people look: in events, tables, MBeans and URLs. Two identities that differ
 * in anything, be it only the password, have different ids; nothing of a secret can be told from one.
 *
 * @param id twelve hexadecimal digits, the same as long as the process lives
 * @param user the user name
 * @param host in lower case
 * @param port 1 to 65535
 * @param tls how its connections are protected
 */
public record SessionKey(String id, String user, String host, int port, TlsMode tls) {
    /** The key of these settings' identity. */
    public static SessionKey of(SmtpSettings settings) {
        String host = settings.host().toLowerCase(Locale.ROOT);
        Secret secret = settings.secret();
        // The fingerprint is a keyed hash already; MD5 only shortens.
        String identity = String.join("\n", settings.user(), host, String.valueOf(settings.port()),
                settings.tls().name(), settings.trust().name(), secret.kind().name(), secret.fingerprint());
        String id = UUID.nameUUIDFromBytes(identity.getBytes(UTF_8)).toString().replace("-", "").substring(0, 12);
        return new SessionKey(id, settings.user(), host, settings.port(), settings.tls());
    }

    /** User, host and port. */
    @Override
    public String toString() {
        return user + " at " + host + ":" + port;
    }
}
