package dev.mailroom;

import java.util.Objects;

/**
 * Everything needed to open and use connections of one session: whose, where, and how. Those of a session that receives
 * are the same but for the protocol of their identity. Immutable.
 *
 * @param session whose connections these are, with the {@link Identity} that decides which may be used
 * @param secret proves the identity; {@link Secret#none()} = no authentication
 * @param clientKey the certificate it shows to servers that ask for one
 * @param proxy what its connections go through
 * @param timeouts how long the wire may take
 * @param limits what the session may hold
 */
public record SmtpSettings(
        SessionKey session, Secret secret, ClientKey clientKey, ProxySettings proxy, TimeoutSettings timeouts,
        ConnectionLimits limits) {
    /** Checks every value. */
    public SmtpSettings {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(limits, "limits");
        if (!session.identity().fingerprint().equals(secret.fingerprint())) {
            throw new IllegalArgumentException("the secret is not the one of the identity");
        }
        if (!session.identity().clientKey().equals(clientKey.part())
                || !session.identity().proxy().equals(proxy.part())) {
            throw new IllegalArgumentException("the client key or the proxy is not the one of the identity");
        }
    }

    /**
     * Plain, unauthenticated settings with every default.
     *
     * @param user the session's user name; the login where there is a secret
     * @param host DNS name or IP address literal
     * @param port 1 to 65535
     */
    public static SmtpSettings of(String user, String host, int port) {
        return new SmtpSettings(SessionKey.of(Identity.of(user, host, port)), Secret.none(), ClientKey.NONE,
                ProxySettings.NONE, TimeoutSettings.DEFAULTS, ConnectionLimits.DEFAULTS);
    }

    /** What decides which connections may be used. */
    public Identity identity() {
        return session.identity();
    }

    /** The session's user name; the login where there is a secret. */
    public String user() {
        return identity().user();
    }

    /** DNS name, in lower case, or IP address literal. */
    public String host() {
        return identity().host();
    }

    /** 1 to 65535. */
    public int port() {
        return identity().port();
    }

    /** How connections are protected. */
    public TlsMode tls() {
        return identity().tls();
    }

    /** Whose trust anchors judge the certificate. */
    public TrustMode trust() {
        return identity().trust();
    }

    /** What the dialogue may use. */
    public DialogueSettings dialogue() {
        return identity().dialogue();
    }

    /**
     * These settings for another identity.
     *
     * @param proof the secret whose fingerprint the identity has
     */
    public SmtpSettings withIdentity(Identity other, Secret proof) {
        return new SmtpSettings(SessionKey.of(other), proof, clientKey, proxy, timeouts, limits);
    }

    /** These settings for another protocol. */
    public SmtpSettings withProtocol(Identity.MailProtocol other) {
        return withIdentity(identity().withProtocol(other), secret);
    }

    /** These settings with another secret. */
    public SmtpSettings withSecret(Secret other) {
        return withIdentity(identity().withSecret(other), other);
    }

    /** These settings with another TLS mode. */
    public SmtpSettings withTls(TlsMode other) {
        return withIdentity(identity().withTls(other), secret);
    }

    /** These settings with another trust mode. */
    public SmtpSettings withTrust(TrustMode other) {
        return withIdentity(identity().withTrust(other), secret);
    }

    /** These settings with other dialogue settings. */
    public SmtpSettings withDialogue(DialogueSettings other) {
        return withIdentity(identity().withDialogue(other), secret);
    }

    /** These settings with another client key. */
    public SmtpSettings withClientKey(ClientKey other) {
        return new SmtpSettings(SessionKey.of(identity().withClientKey(other)), secret, other, proxy, timeouts, limits);
    }

    /** These settings with another proxy. */
    public SmtpSettings withProxy(ProxySettings other) {
        return new SmtpSettings(SessionKey.of(identity().withProxy(other)), secret, clientKey, other, timeouts, limits);
    }

    /** These settings with other timeouts. */
    public SmtpSettings withTimeouts(TimeoutSettings other) {
        return new SmtpSettings(session, secret, clientKey, proxy, other, limits);
    }

    /** These settings with other limits. */
    public SmtpSettings withLimits(ConnectionLimits other) {
        return new SmtpSettings(session, secret, clientKey, proxy, timeouts, other);
    }
}
