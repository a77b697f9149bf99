package dev.mailroom.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import javax.security.sasl.SaslException;

/**
 * SCRAM (RFC 5802, RFC 7677): the password does not travel, and the server proves that it knows it. With channel
 * binding both sides also mean the same TLS connection.
 */
final class ScramExchange implements SaslExchange {
    private static final int FEWEST_ITERATIONS = 4096;
    /** A hostile server must not keep us busy; this takes about a second. */
    private static final int MOST_ITERATIONS = 2_000_000;

    private enum Next { SERVER_FIRST, SERVER_FINAL, NOTHING }

    private final String digest;
    private final String password;
    private final byte[] header;
    private final byte[] binding;
    private final String nonce;
    private final String clientFirstBare;
    private Next next = Next.SERVER_FIRST;
    private byte[] serverSignature = {};
    private boolean proven;
    private boolean unsuitable;

    /**
     * Begins.
     *
     * @param digest the JDK's name without hyphen, such as {@code SHA256}
     * @param channel what the connection is bound to
     * @param nonce printable, without comma, new each time
     */
    ScramExchange(String digest, String user, String password, ChannelBinding channel, String nonce) {
        this.digest = digest;
        this.password = prepared(password);
        this.header = channel.header().getBytes(UTF_8);
        this.binding = channel.octets();
        this.nonce = nonce;
        this.clientFirstBare = "n=" + saslName(prepared(user)) + ",r=" + nonce;
    }

    /** What SASLprep (RFC 4013) makes of texts that people type: normal form, and one kind of space. */
    private static String prepared(String text) {
        return Normalizer.normalize(text.replaceAll("\\p{Zs}", " ").replace("\u00ad", ""), Normalizer.Form.NFKC);
    }

    /** RFC 5802, section 5.1. */
    static String saslName(String user) {
        return user.replace("=", "=3D").replace(",", "=2C");
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.of((new String(header, UTF_8) + clientFirstBare).getBytes(UTF_8));
    }

    @Override
    public byte[] respond(byte[] challenge) throws SaslException {
        String text = new String(challenge, UTF_8);
        if (text.startsWith("e=")) {
            // What comes next is the server's refusal.
            unsuitable = text.startsWith("e=unsupported-channel-binding-type")
                    || text.startsWith("e=channel-binding-not-supported");
            next = Next.NOTHING;
            return new byte[0];
        }
        return switch (next) {
            case SERVER_FIRST -> {
                next = Next.SERVER_FINAL;
                yield clientFinal(text);
            }
            case SERVER_FINAL -> {
                next = Next.NOTHING;
                prove(text);
                yield new byte[0];
            }
            default -> throw new SaslException("the server goes on after the end of SCRAM");
        };
    }

    private byte[] clientFinal(String serverFirst) throws SaslException {
        String[] parts = serverFirst.split(",");
        if (parts.length < 3 || !parts[0].startsWith("r=") || !parts[1].startsWith("s=")
                || !parts[2].matches("i=[1-9]\\d{0,8}")) {
            throw new SaslException("the server's first SCRAM message is not one");
        }
        String both = parts[0].substring(2);
        if (!both.startsWith(nonce) || both.length() == nonce.length()) {
            throw new SaslException("the server's SCRAM nonce does not go on from ours");
        }
        int iterations = Integer.parseInt(parts[2].substring(2));
        if (iterations < FEWEST_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw new SaslException("the server asks for " + iterations + " SCRAM iterations; expected between "
                    + FEWEST_ITERATIONS + " (RFC 7677) and " + MOST_ITERATIONS);
        }
        byte[] bound = Arrays.copyOf(header, header.length + binding.length);
        System.arraycopy(binding, 0, bound, header.length, binding.length);
        String withoutProof = "c=" + base64(bound) + ",r=" + both;
        byte[] message = (clientFirstBare + "," + serverFirst + "," + withoutProof).getBytes(UTF_8);
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmac" + digest).generateSecret(
                    new PBEKeySpec(password.toCharArray(), Base64.getDecoder().decode(parts[1].substring(2)),
                            iterations, length() * 8)).getEncoded();
            byte[] clientKey = mac(salted, "Client Key".getBytes(UTF_8));
            byte[] signature = mac(hash(clientKey), message);
            byte[] proof = new byte[clientKey.length];
            for (int i = 0; i < proof.length; i++) {
                proof[i] = (byte) (clientKey[i] ^ signature[i]);
            }
            serverSignature = mac(mac(salted, "Server Key".getBytes(UTF_8)), message);
            return (withoutProof + ",p=" + base64(proof)).getBytes(UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SaslException("SCRAM cannot be computed: " + e.getMessage(), e);
        }
    }

    private void prove(String serverFinal) throws SaslException {
        byte[] expected = ("v=" + base64(serverSignature)).getBytes(UTF_8);
        proven = MessageDigest.isEqual(expected, serverFinal.split(",")[0].getBytes(UTF_8));
        if (!proven) {
            throw new SaslException("the server has not proven that it knows the password");
        }
    }

    @Override
    public boolean serverProven() {
        return proven;
    }

    @Override
    public boolean unsuitable() {
        return unsuitable;
    }

    private int length() throws GeneralSecurityException {
        return Mac.getInstance("Hmac" + digest).getMacLength();
    }

    private byte[] mac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("Hmac" + digest);
        mac.init(new SecretKeySpec(key, "Hmac" + digest));
        return mac.doFinal(text);
    }

    private byte[] hash(byte[] text) throws GeneralSecurityException {
        return MessageDigest.getInstance(digest.replace("SHA", "SHA-")).digest(text);
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
