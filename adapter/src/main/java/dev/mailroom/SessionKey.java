package dev.mailroom;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Names one session's connections wherever people look: in events, tables, MBeans and URLs. Two identities that differ
 * in anything, be it only the password, have different ids; an id reveals nothing about a secret.
 *
 * @param id twelve hexadecimal digits, the same as long as the process lives
 * @param identity what it stands for
 * @param names what the administrator calls it: the named sessions of this identity, in their order; empty = none is
 */
public record SessionKey(String id, Identity identity, List<String> names) {
    private static final int SHORT = 6;

    /** Copies the names. */
    public SessionKey {
        names = List.copyOf(names);
    }

    /** The key of an identity. */
    public static SessionKey of(Identity identity) {
        // Each part has its length in front of it, so that no user's name can be mistaken for another part.
        String parts = identity.parts().entrySet().stream()
                .map(part -> part.getKey() + "=" + part.getValue().length() + ":" + part.getValue())
                .collect(Collectors.joining("\n"));
        // The fingerprint is a keyed hash already; MD5 only shortens.
        String id = UUID.nameUUIDFromBytes(parts.getBytes(UTF_8)).toString().replace("-", "").substring(0, 12);
        return new SessionKey(id, identity, List.of());
    }

    /** The user name. */
    public String user() {
        return identity.user();
    }

    /** The server, in lower case. */
    public String host() {
        return identity.host();
    }

    /** Its port. */
    public int port() {
        return identity.port();
    }

    /** How its connections are protected. */
    public TlsMode tls() {
        return identity.tls();
    }

    /** Whose trust anchors judge the server's certificate. */
    public TrustMode trust() {
        return identity.trust();
    }

    /** The beginning of the secret's keyed hash: enough to tell two passwords of one user apart; empty = no secret. */
    public String fingerprint() {
        return identity.secret() == Secret.Kind.NONE ? "" : identity.fingerprint().substring(0, SHORT);
    }

    /** Names are only labels, and two short ids may be equal by chance; the identity decides. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof SessionKey key && id.equals(key.id) && identity.equals(key.identity);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** User, host and port, after what the administrator calls it. */
    @Override
    public String toString() {
        return names.isEmpty() ? identity.toString() : String.join(", ", names) + " (" + identity + ")";
    }
}
