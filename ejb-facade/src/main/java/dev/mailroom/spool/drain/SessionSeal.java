package dev.mailroom.spool.drain;

import dev.mailroom.ClientKey;
import dev.mailroom.ProxySettings;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.spool.SpoolCipher;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Turns the identity of a session and its secret into an encrypted value and back. Timeouts and limits are the
 * administrator's and are taken from the running configuration.
 */
final class SessionSeal {
    /**
     * They hold keyed hashes, which are useless in another process; the values that they stand for are stored beside
     * them.
     */
    private static final Set<String> HASHES = Set.of("fingerprint", "clientKey", "proxy");

    private final SpoolCipher cipher;

    SessionSeal(SpoolCipher cipher) {
        this.cipher = cipher;
    }

    boolean present() {
        return cipher.present();
    }

    byte[] seal(SmtpSettings settings, String queueKey) {
        var plain = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(plain)) {
            Map<String, String> parts = settings.identity().parts();
            parts.keySet().removeAll(HASHES);
            out.writeInt(parts.size());
            for (Map.Entry<String, String> part : parts.entrySet()) {
                out.writeUTF(part.getKey());
                out.writeUTF(part.getValue());
            }
            out.writeUTF(settings.secret().value());
            out.writeUTF(settings.clientKey().store().toString());
            out.writeUTF(settings.clientKey().password().value());
            out.writeUTF(settings.clientKey().alias());
            out.writeUTF(settings.proxy().toString());
            out.writeUTF(settings.proxy().password().value());
        } catch (IOException e) {
            throw new IllegalArgumentException("the session's settings are too long to be stored: " + e.getMessage());
        }
        return cipher.seal(plain.toByteArray(), queueKey);
    }

    /**
     * Restores the settings over the administrator's defaults for that server. A part that the sealing version did not
     * know keeps its default.
     *
     * @throws GeneralSecurityException when the value was sealed with another key, for another queue, or by a version
     *         that tells sessions apart by more than this one knows
     */
    SmtpSettings open(byte[] sealed, String queueKey, Defaults defaults) throws GeneralSecurityException {
        try (var in = new DataInputStream(new ByteArrayInputStream(cipher.open(sealed, queueKey)))) {
            Map<String, String> parts = new HashMap<>();
            for (int more = in.readInt(); more > 0; more--) {
                parts.put(in.readUTF(), in.readUTF());
            }
            Secret secret = secret(Secret.Kind.valueOf(parts.get("secret")), in.readUTF());
            parts.keySet().removeAll(HASHES);
            parts.put("fingerprint", secret.fingerprint());
            SmtpSettings known = defaults.of(parts.get("user"), parts.get("host"), Integer.parseInt(parts.get("port")));
            if (in.available() > 0) {
                known = known.withClientKey(new ClientKey(Path.of(in.readUTF()), password(in.readUTF()), in.readUTF()))
                        .withProxy(proxy(in.readUTF(), password(in.readUTF())));
            }
            return known.withIdentity(known.identity().with(parts), secret);
        } catch (IOException | RuntimeException e) {
            throw new GeneralSecurityException("the sealed settings cannot be read", e);
        }
    }

    private static Secret secret(Secret.Kind kind, String value) {
        return switch (kind) {
            case NONE -> Secret.none();
            case PASSWORD -> Secret.password(value);
            case ACCESS_TOKEN -> Secret.accessToken(value);
        };
    }

    private static Secret password(String value) {
        return value.isEmpty() ? Secret.none() : Secret.password(value);
    }

    private static ProxySettings proxy(String text, Secret password) {
        return text.equals(ProxySettings.NONE.toString()) ? ProxySettings.NONE
                : ProxySettings.parse(text).withPassword(password);
    }

    /** {@link dev.mailroom.SmtpSessions#defaults}. */
    interface Defaults {
        SmtpSettings of(String user, String host, int port);
    }
}
