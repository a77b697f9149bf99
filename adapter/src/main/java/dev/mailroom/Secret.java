package dev.mailroom;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailroom.secret.SecretOrigin;
import dev.mailroom.secret.SuppliedToken;
import dev.mailroom.secret.TokenException;
import dev.mailroom.secret.TokenSupplier;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What proves a user's identity to the mail server. {@link #toString} never shows the value. Immutable, but that the
 * value of one that is {@link #supplied} or {@link #of kept elsewhere} changes; it stays the same secret all the same.
 *
 * <p>Only the dialogue on the wire (and an encrypted spool) may call {@link #value}.
 */
public final class Secret {
    /** What kind of proof it is; decides the SASL mechanism. */
    public enum Kind {
        /** No authentication is attempted. */
        NONE,
        /** The strongest that the server offers of SCRAM, CRAM-MD5, PLAIN (RFC 4616) and LOGIN. */
        PASSWORD,
        /** An OAuth 2 access token, sent with OAUTHBEARER (RFC 7628) or XOAUTH2 and with nothing else. */
        ACCESS_TOKEN
    }

    private static final Secret NONE = new Secret(Kind.NONE, "");

    /** Random per process: a fingerprint tells nothing outside it. */
    private static final byte[] FINGERPRINT_KEY = randomKey();

    private final Kind kind;
    private final String value;
    private final Optional<SecretOrigin> origin;
    /** Computed once: it is needed at each lease. Racing threads compute the same. */
    private String fingerprint;

    private Secret(Kind kind, String value) {
        this(kind, value, Optional.empty());
    }

    private Secret(Kind kind, String value, Optional<SecretOrigin> origin) {
        this.kind = kind;
        this.value = value;
        this.origin = origin;
    }

    private static byte[] randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** No authentication. */
    public static Secret none() {
        return NONE;
    }

    /**
     * A password.
     *
     * @throws IllegalArgumentException if it is empty or contains CR, LF, NUL or half a surrogate pair
     */
    public static Secret password(String password) {
        return new Secret(Kind.PASSWORD, checked("password", password));
    }

    /**
     * An OAuth 2 access token.
     *
     * @throws IllegalArgumentException if it is empty or contains CR, LF, NUL or half a surrogate pair
     */
    public static Secret accessToken(String token) {
        return new Secret(Kind.ACCESS_TOKEN, checked("access token", token));
    }

    /**
     * OAuth 2 access tokens that a supplier is asked for at each new connection. Each call makes another secret, so
     * that sessions which are to share connections must share the secret.
     */
    public static Secret supplied(TokenSupplier supplier) {
        return of(Kind.ACCESS_TOKEN, SuppliedToken.of(supplier));
    }

    /** A secret that is kept elsewhere and may change. */
    public static Secret of(Kind kind, SecretOrigin origin) {
        return new Secret(kind, "", Optional.of(origin));
    }

    private static String checked(String what, String value) {
        if (Objects.requireNonNull(value, what).isEmpty()) {
            throw new IllegalArgumentException("the " + what + " must not be empty; use Secret.none() for none");
        }
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the " + what + " must not contain CR, LF or NUL");
        }
        // UTF-8 cannot encode half a pair: a question mark would be sent instead, and count as a wrong password.
        if (value.codePoints().anyMatch(one -> Character.getType(one) == Character.SURROGATE)) {
            throw new IllegalArgumentException("the " + what + " contains half a surrogate pair, which is no"
                    + " character; was it cut in the middle of one?");
        }
        return value;
    }

    /** The kind of proof. */
    public Kind kind() {
        return kind;
    }

    /**
     * The secret itself, empty for {@link Kind#NONE}; of one that changes, what it was last. Never to be logged, shown
     * or stored unencrypted.
     */
    public String value() {
        return origin.isEmpty() ? value : origin.get().known();
    }

    /** Where it comes from, if it may change. */
    public Optional<SecretOrigin> origin() {
        return origin;
    }

    /**
     * The secret for a new connection, whose value does not change any more; its {@link #fingerprint} is that of this
     * one.
     *
     * @param patience how long may be waited for a token
     * @throws TokenException when a supplier has none
     */
    public Secret current(Duration patience) throws TokenException {
        if (origin.isEmpty()) {
            return this;
        }
        Secret now = kind == Kind.PASSWORD ? password(origin.get().current(patience))
                : accessToken(origin.get().current(patience));
        now.fingerprint = fingerprint();
        return now;
    }

    /**
     * A keyed hash (HMAC-SHA-256, the key random per process): equal secrets of one kind have equal fingerprints, and
     * it reveals nothing about the secret. It stands for the secret in pool keys. That of a secret that changes is a
     * hash of where it comes from.
     */
    public String fingerprint() {
        if (fingerprint == null) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(FINGERPRINT_KEY, "HmacSHA256"));
                fingerprint = HexFormat.of().formatHex(mac.doFinal((kind + ":" + identified()).getBytes(UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HmacSHA256", e);
            }
        }
        return fingerprint;
    }

    /** No secret that is given by itself contains a NUL. */
    private String identified() {
        return origin.map(from -> "\0" + from.name()).orElse(value);
    }

    /** One that changes is equal to what comes from the same place. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && kind == secret.kind && identified().equals(secret.identified());
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, identified());
    }

    @Override
    public String toString() {
        return kind == Kind.NONE ? "Secret[none]" : "Secret[***]";
    }
}
