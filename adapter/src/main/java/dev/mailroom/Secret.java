package dev.mailroom;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What proves a user's identity to the SMTP server. Immutable; {@link #toString} never shows the value.
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
    /** Computed once: it is needed at each lease. Racing threads compute the same. */
    private String fingerprint;

    private Secret(Kind kind, String value) {
        this.kind = kind;
        this.value = value;
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

    /** The secret itself, empty for {@link Kind#NONE}. Never to be logged, shown or stored unencrypted. */
    public String value() {
        return value;
    }

    /**
     * A keyed hash (HMAC-SHA-256, the key random per process): equal secrets of one kind have equal fingerprints, and
     * it reveals nothing about the secret. It stands for the secret in pool keys.
     */
    public String fingerprint() {
        if (fingerprint == null) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(FINGERPRINT_KEY, "HmacSHA256"));
                fingerprint = HexFormat.of().formatHex(mac.doFinal((kind + ":" + value).getBytes(UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HmacSHA256", e);
            }
        }
        return fingerprint;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && kind == secret.kind && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, value);
    }

    @Override
    public String toString() {
        return kind == Kind.NONE ? "Secret[none]" : "Secret[***]";
    }
}
