package dev.mailroom.spool;

import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * Turns the identity of a session into an encrypted value and back. Timeouts, limits and dialogue settings are the
 * administrator's and are taken from the running configuration.
 */
final class SessionSeal {
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
            out.writeUTF(settings.user());
            out.writeUTF(settings.host());
            out.writeInt(settings.port());
            out.writeUTF(settings.tls().name());
            out.writeUTF(settings.trust().name());
            out.writeUTF(settings.secret().kind().name());
            out.writeUTF(settings.secret().value());
        } catch (IOException e) {
            throw new IllegalArgumentException("the session's settings are too long to be stored: " + e.getMessage());
        }
        return cipher.seal(plain.toByteArray(), queueKey);
    }

    /**
     * Restores the settings over the administrator's defaults for that server.
     *
     * @throws GeneralSecurityException when the value was sealed with another key or for another queue
     */
    SmtpSettings open(byte[] sealed, String queueKey, Defaults defaults) throws GeneralSecurityException {
        try (var in = new DataInputStream(new ByteArrayInputStream(cipher.open(sealed, queueKey)))) {
            return defaults.of(in.readUTF(), in.readUTF(), in.readInt())
                    .withTls(TlsMode.valueOf(in.readUTF()))
                    .withTrust(TrustMode.valueOf(in.readUTF()))
                    .withSecret(secret(Secret.Kind.valueOf(in.readUTF()), in.readUTF()));
        } catch (IOException e) {
            throw new GeneralSecurityException("the sealed settings are cut off", e);
        }
    }

    private static Secret secret(Secret.Kind kind, String value) {
        return switch (kind) {
            case NONE -> Secret.none();
            case PASSWORD -> Secret.password(value);
            case ACCESS_TOKEN -> Secret.accessToken(value);
        };
    }

    /** {@link dev.mailroom.SmtpSessions#defaults}. */
    interface Defaults {
        SmtpSettings of(String user, String host, int port);
    }
}
