package dev.mailroom.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The server's side of SCRAM (RFC 5802) for one login; it knows the password in clear. */
final class ScramServer {
    private static final byte[] SALT = "salt of the test".getBytes(UTF_8);
    private static final int ITERATIONS = 4096;

    private final String digest;
    private final byte[] binding;
    private String header = "";
    private String clientFirstBare = "";
    private String serverFirst = "";
    private String nonce = "";

    /** @param binding the channel binding expected of those who bind; empty = there is none */
    ScramServer(String digest, byte[] binding) {
        this.digest = digest;
        this.binding = binding;
    }

    /** Takes the client's first message. */
    String first(String message) {
        int bare = message.indexOf("n=", message.indexOf(',', 1));
        header = message.substring(0, bare);
        clientFirstBare = message.substring(bare);
        nonce = clientFirstBare.substring(clientFirstBare.indexOf(",r=") + 3) + "server";
        serverFirst = "r=" + nonce + ",s=" + base64(SALT) + ",i=" + ITERATIONS;
        return serverFirst;
    }

    String user() {
        return clientFirstBare.substring(2, clientFirstBare.indexOf(",r=")).replace("=2C", ",").replace("=3D", "=");
    }

    /** The server's final message, or empty if the proof is wrong. */
    String verify(String message, String password) {
        Map<Character, String> parts = new HashMap<>();
        for (String part : message.split(",")) {
            parts.put(part.charAt(0), part.substring(2));
        }
        byte[] bound = header.getBytes(UTF_8);
        if (header.startsWith("p=")) {
            bound = Arrays.copyOf(bound, bound.length + binding.length);
            System.arraycopy(binding, 0, bound, bound.length - binding.length, binding.length);
        }
        String withoutProof = message.substring(0, message.indexOf(",p="));
        byte[] all = (clientFirstBare + "," + serverFirst + "," + withoutProof).getBytes(UTF_8);
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmac" + digest).generateSecret(new PBEKeySpec(
                    password.toCharArray(), SALT, ITERATIONS, Mac.getInstance("Hmac" + digest).getMacLength() * 8))
                    .getEncoded();
            byte[] stored = MessageDigest.getInstance(digest.replace("SHA", "SHA-"))
                    .digest(mac(salted, "Client Key".getBytes(UTF_8)));
            byte[] signature = mac(stored, all);
            byte[] key = Base64.getDecoder().decode(parts.get('p'));
            for (int i = 0; i < key.length; i++) {
                key[i] ^= signature[i];
            }
            boolean right = parts.get('r').equals(nonce) && parts.get('c').equals(base64(bound))
                    && Arrays.equals(stored, MessageDigest.getInstance(digest.replace("SHA", "SHA-")).digest(key));
            return right ? "v=" + base64(mac(mac(salted, "Server Key".getBytes(UTF_8)), all)) : "";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] mac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("Hmac" + digest);
        mac.init(new SecretKeySpec(key, "Hmac" + digest));
        return mac.doFinal(text);
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
