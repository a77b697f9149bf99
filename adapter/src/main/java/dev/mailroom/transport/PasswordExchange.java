package dev.mailroom.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.security.sasl.SaslException;

/** The mechanisms that need no state: PLAIN (RFC 4616), LOGIN (never written down) and CRAM-MD5 (RFC 2195). */
final class PasswordExchange implements SaslExchange {
    private interface ChallengeAnswer {
        byte[] to(byte[] challenge, int number) throws SaslException;
    }

    private final Optional<byte[]> initial;
    private final ChallengeAnswer answer;
    private int challenges;

    private PasswordExchange(Optional<byte[]> initial, ChallengeAnswer answer) {
        this.initial = initial;
        this.answer = answer;
    }

    /** The identity to act as is left to the server. */
    static PasswordExchange plain(String user, String password) {
        byte[] response = ("\0" + user + "\0" + password).getBytes(UTF_8);
        return new PasswordExchange(Optional.of(response), (challenge, number) -> {
            throw unexpected("PLAIN", challenge);
        });
    }

    static PasswordExchange login(String user, String password) {
        return new PasswordExchange(Optional.empty(), (challenge, number) -> switch (number) {
            case 1 -> user.getBytes(UTF_8);
            case 2 -> password.getBytes(UTF_8);
            default -> throw unexpected("LOGIN", challenge);
        });
    }

    static PasswordExchange cramMd5(String user, String password) {
        return new PasswordExchange(Optional.empty(), (challenge, number) -> {
            if (number > 1 || challenge.length == 0) {
                throw unexpected("CRAM-MD5", challenge);
            }
            return (user + " " + digest(password, challenge)).getBytes(UTF_8);
        });
    }

    private static String digest(String password, byte[] challenge) throws SaslException {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(password.getBytes(UTF_8), "HmacMD5"));
            return HexFormat.of().formatHex(mac.doFinal(challenge));
        } catch (GeneralSecurityException e) {
            throw new SaslException("this JVM has no HmacMD5", e);
        }
    }

    private static SaslException unexpected(String mechanism, byte[] challenge) {
        return new SaslException("a challenge of " + challenge.length + " octets does not belong to " + mechanism);
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return initial;
    }

    @Override
    public byte[] respond(byte[] challenge) throws SaslException {
        challenges++;
        return answer.to(challenge, challenges);
    }
}
