package dev.mailroom.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Gets the credentials out of a client by every mechanism that it knows, with or without initial response. */
final class AuthExchange {
    /** What a client claims to be. */
    record Credentials(String user, String secret) {
    }

    private final ServerWire wire;
    private final ServerSettings settings;

    AuthExchange(ServerWire wire, ServerSettings settings) {
        this.wire = wire;
        this.settings = settings;
    }

    /**
     * Runs the challenges.
     *
     * @param initial the initial response; empty = none was sent; {@code =} = one of no octets (RFC 4954)
     * @return empty = cancelled with an asterisk, or not decodable: 501
     */
    Optional<Credentials> run(String mechanism, String initial) throws IOException {
        try {
            return switch (mechanism) {
                case "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS" -> scram("SHA256", initial);
                case "SCRAM-SHA-1" -> scram("SHA1", initial);
                case "CRAM-MD5" -> cramMd5();
                case "OAUTHBEARER" -> oauthbearer(initial.isEmpty() ? ask("") : decode(initial));
                case "PLAIN" -> plain(initial.isEmpty() ? ask("") : decode(initial));
                case "LOGIN" -> {
                    String user = initial.isEmpty() ? ask("Username:") : decode(initial);
                    yield Optional.of(new Credentials(user, ask("Password:")));
                }
                default -> bearer(initial.isEmpty() ? ask("") : decode(initial));
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Decodes the initial response only, as far as possible; for scripts that accept anything. */
    static String userIn(String mechanism, String initial) {
        try {
            Optional<Credentials> given = mechanism.equals("PLAIN") ? plain(decode(initial)) : bearer(decode(initial));
            return mechanism.equals("LOGIN") ? decode(initial) : given.map(Credentials::user).orElse("");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    boolean accepts(String mechanism, Credentials given) {
        String known = (takesToken(mechanism) ? settings.tokens() : settings.passwords()).get(given.user());
        return known != null && known.equals(given.secret());
    }

    /** A refused XOAUTH2 shows its error in a challenge first, which the client answers with an empty line. */
    void explainRefusal(String mechanism) throws IOException {
        if (takesToken(mechanism)) {
            challenge("{\"status\":\"401\",\"schemes\":\"bearer\"}");
            wire.readLine();
        }
    }

    private static boolean takesToken(String mechanism) {
        return mechanism.equals("XOAUTH2") || mechanism.equals("OAUTHBEARER");
    }

    private Optional<Credentials> scram(String digest, String initial) throws IOException {
        ScramServer scram = new ScramServer(digest, wire.endPoint());
        String clientFinal = ask(scram.first(initial.isEmpty() ? ask("") : decode(initial)));
        String password = settings.passwords().getOrDefault(scram.user(), "");
        String serverFinal = scram.verify(clientFinal, password);
        ask(serverFinal.isEmpty() ? "e=invalid-proof" : serverFinal);
        return Optional.of(new Credentials(scram.user(), serverFinal.isEmpty() ? "" : password));
    }

    private Optional<Credentials> cramMd5() throws IOException {
        String challenge = "<4711@scripted.test>";
        String[] answer = ask(challenge).split(" ");
        String password = settings.passwords().getOrDefault(answer[0], "");
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec((password + " ").strip().getBytes(StandardCharsets.UTF_8), "HmacMD5"));
            String expected = HexFormat.of().formatHex(mac.doFinal(challenge.getBytes(StandardCharsets.UTF_8)));
            return Optional.of(new Credentials(answer[0], answer[1].equals(expected) ? password : ""));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Credentials> oauthbearer(String message) {
        String[] parts = message.split("\1", -1);
        if (parts.length != 6 || !parts[0].startsWith("n,a=") || !parts[3].startsWith("auth=Bearer ")) {
            return Optional.empty();
        }
        return Optional.of(new Credentials(parts[0].substring(4, parts[0].length() - 1), parts[3].substring(12)));
    }

    private String ask(String text) throws IOException {
        challenge(text);
        return decode(wire.readLine());
    }

    private void challenge(String text) throws IOException {
        String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        wire.write(("334 " + encoded + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String decode(String encoded) {
        return encoded.equals("=") ? "" : new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private static Optional<Credentials> plain(String message) {
        String[] parts = message.split("\0", -1);
        return parts.length == 3 ? Optional.of(new Credentials(parts[1], parts[2])) : Optional.empty();
    }

    private static Optional<Credentials> bearer(String message) {
        String[] parts = message.split("\1", -1);
        if (parts.length < 2 || !parts[0].startsWith("user=") || !parts[1].startsWith("auth=Bearer ")) {
            return Optional.empty();
        }
        return Optional.of(new Credentials(parts[0].substring(5), parts[1].substring(12)));
    }
}
