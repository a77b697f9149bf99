package dev.mailroom.connector;

import dev.mailroom.DialogueSettings;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import java.util.Locale;

/**
 * The whole identity of a connection: what decides whether it may be lent. A pool keyed by less lends one user's
 * authenticated connection to another (curl's CVE-2022-22576 and its like).
 *
 * @param user the user name
 * @param host in lower case
 * @param port the port
 * @param tls how it is protected
 * @param trust whose trust anchors judged the certificate
 * @param kind which kind of secret, and so which mechanisms
 * @param fingerprint keyed hash of the secret
 * @param dialogue what it may use: who insists on a login never gets a connection that was opened without one
 */
public record ConnectionIdentity(
        String user, String host, int port, TlsMode tls, TrustMode trust, Secret.Kind kind, String fingerprint,
        DialogueSettings dialogue) {

    static ConnectionIdentity of(SmtpSettings settings) {
        return new ConnectionIdentity(settings.user(), settings.host().toLowerCase(Locale.ROOT), settings.port(),
                settings.tls(), settings.trust(), settings.secret().kind(), settings.secret().fingerprint(),
                settings.dialogue());
    }

    /** What people see: user, host and port, nothing of the secret. */
    @Override
    public String toString() {
        return user + " at " + host + ":" + port;
    }
}
