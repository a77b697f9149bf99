package dev.mailroom;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What tells one session's connections from another's: two settings that differ in any part never share a connection.
 * A pool keyed by less lends one user's authenticated connection to another (curl's CVE-2022-22576 and its like).
 * Timeouts and limits are not part of it, nor is the secret itself: a keyed hash stands for it. Made once a session.
 *
 * <p>This is the one place for another part: equality, the {@link SessionKey#id} and what the spool stores follow from
 * the components, those of nested records included.
 *
 * @param user the login where there is a secret
 * @param host DNS name, in lower case, or IP address literal
 * @param port 1 to 65535
 * @param tls how connections are protected
 * @param trust whose trust anchors judge the certificate
 * @param secret which kind of proof, and so which mechanisms
 * @param fingerprint {@link Secret#fingerprint}
 * @param clientKey which certificate it shows; empty = none
 * @param proxy which proxy it goes through; empty = none
 * @param dialogue what it may use: who insists on a login never gets a connection that was opened without one
 * @param protocol what is spoken
 */
public record Identity(
        String user,
        String host,
        int port,
        TlsMode tls,
        TrustMode trust,
        Secret.Kind secret,
        String fingerprint,
        String clientKey,
        String proxy,
        DialogueSettings dialogue,
        MailProtocol protocol) {

    /** What is spoken on a connection. */
    public enum MailProtocol {
        /** RFC 5321: mails are sent. */
        SMTP("an", 587, 465, "STARTTLS"),
        /** RFC 1939: mails are received from the one mailbox that a login has. */
        POP3("a", 110, 995, "STLS"),
        /** RFC 3501: mails are received from a folder of a mailbox. */
        IMAP("an", 143, 993, "STARTTLS");

        private final String article;
        private final int plainPort;
        private final int tlsPort;
        private final String upgrade;

        MailProtocol(String article, int plainPort, int tlsPort, String upgrade) {
            this.article = article;
            this.plainPort = plainPort;
            this.tlsPort = tlsPort;
            this.upgrade = upgrade;
        }

        /** Its name behind the indefinite article, for messages. */
        public String withArticle() {
            return article + " " + this;
        }

        /** The usual port of clients that begin without TLS. */
        public int plainPort() {
            return plainPort;
        }

        /** The usual port where TLS begins with the first byte (RFC 8314). */
        public int tlsPort() {
            return tlsPort;
        }

        /** The command that begins TLS on a plain connection. */
        public String upgrade() {
            return upgrade;
        }
    }

    /** Checks every part. */
    public Identity {
        user = text("user name", user);
        Objects.requireNonNull(protocol, "protocol");
        host = text(protocol + " server", host).toLowerCase(Locale.ROOT);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port must be between 1 and 65535, was " + port);
        }
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(trust, "trust");
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(clientKey, "clientKey");
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(dialogue, "dialogue");
    }

    private static String text(String what, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the " + what + " is missing or blank");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the " + what + " must not contain control characters (CR, LF, NUL …)");
        }
        return value.strip();
    }

    /** Without authentication or TLS, with every default. */
    static Identity of(String user, String host, int port) {
        return new Identity(user, host, port, TlsMode.NONE, TrustMode.AUTOMATIC, Secret.none().kind(),
                Secret.none().fingerprint(), "", "", DialogueSettings.DEFAULTS, MailProtocol.SMTP);
    }

    Identity withTls(TlsMode other) {
        return new Identity(user, host, port, other, trust, secret, fingerprint, clientKey, proxy, dialogue,
                protocol);
    }

    Identity withTrust(TrustMode other) {
        return new Identity(user, host, port, tls, other, secret, fingerprint, clientKey, proxy, dialogue,
                protocol);
    }

    Identity withSecret(Secret other) {
        return new Identity(user, host, port, tls, trust, other.kind(), other.fingerprint(), clientKey, proxy,
                dialogue, protocol);
    }

    Identity withDialogue(DialogueSettings other) {
        return new Identity(user, host, port, tls, trust, secret, fingerprint, clientKey, proxy, other,
                protocol);
    }

    Identity withClientKey(ClientKey other) {
        return new Identity(user, host, port, tls, trust, secret, fingerprint, other.part(), proxy, dialogue,
                protocol);
    }

    Identity withProxy(ProxySettings other) {
        return new Identity(user, host, port, tls, trust, secret, fingerprint, clientKey, other.part(), dialogue,
                protocol);
    }

    Identity withProtocol(MailProtocol other) {
        return new Identity(user, host, port, tls, trust, secret, fingerprint, clientKey, proxy, dialogue, other);
    }

    /** Every part as text, by name; those of a nested record have dotted names. */
    public SortedMap<String, String> parts() {
        return RecordParts.of(this);
    }

    /**
     * This identity with other parts, as {@link #parts} names and writes them.
     *
     * @throws IllegalArgumentException if there is no such part, or a value does not fit
     */
    public Identity with(Map<String, String> parts) {
        return RecordParts.with(this, parts);
    }

    /** What people see: user, host and port, nothing of the secret; the protocol where it is not SMTP. */
    @Override
    public String toString() {
        return VisibleText.of(user) + " at " + host + ":" + port
                + (protocol == MailProtocol.SMTP ? "" : " " + protocol);
    }
}
