package dev.mailroom.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must not lie on the disk in the clear: AES-256-GCM, a fresh random nonce each time, bound to the row it
 * belongs to, so that a sealed value copied into another row does not open. Thread-safe.
 */
public final class SpoolCipher {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final byte VERSION = 1;
    /** By how many octets a sealed value is longer. */
    public static final int OVERHEAD = 1 + NONCE + TAG_BITS / 8;

    private static final SpoolCipher NONE = new SpoolCipher(null);

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    private SpoolCipher(SecretKeySpec key) {
        this.key = key;
    }

    /** No key: nothing secret is stored at all. */
    public static SpoolCipher none() {
        return NONE;
    }

    /**
     * The cipher of a key of 32 random bytes in Base64, for example from {@code openssl rand -base64 32}.
     *
     * @throws IllegalArgumentException if it is anything else; the message does not show it
     */
    public static SpoolCipher ofKey(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the spool's key is not Base64; make one with: openssl rand -base64 32");
        }
        if (bytes.length != 32) {
            throw new IllegalArgumentException("the spool's key must have 32 bytes, had " + bytes.length
                    + "; make one with: openssl rand -base64 32");
        }
        return new SpoolCipher(new SecretKeySpec(bytes, "AES"));
    }

    /** Whether there is a key. */
    public boolean present() {
        return key != null;
    }

    public byte[] seal(byte[] plain, String row) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, row).doFinal(plain);
            return ByteBuffer.allocate(1 + NONCE + sealed.length).put(VERSION).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM, which every JDK has, does not work here", e);
        }
    }

    /**
     * Opens what {@link #seal} made for the same row.
     *
     * @throws GeneralSecurityException with another key or row, or when the value was changed
     */
    public byte[] open(byte[] sealed, String row) throws GeneralSecurityException {
        if (sealed.length < 1 + NONCE || sealed[0] != VERSION) {
            throw new GeneralSecurityException("not a sealed value of this version");
        }
        var buffer = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
        byte[] nonce = new byte[NONCE];
        buffer.get(nonce);
        return cipher(Cipher.DECRYPT_MODE, nonce, row).doFinal(sealed, buffer.position(), buffer.remaining());
    }

    private Cipher cipher(int mode, byte[] nonce, String row) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce), random);
        cipher.updateAAD(row.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return present() ? "SpoolCipher[***]" : "SpoolCipher[none]";
    }
}
