package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mailroom.ClientKey;
import dev.mailroom.ProxySettings;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.spool.SpoolCipher;
import dev.mailroom.testing.Identities;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SessionSealTest {
    private final SpoolCipher cipher = SpoolCipher.ofKey(Base64.getEncoder().encodeToString(new byte[32]));

    private final SessionSeal seal = new SessionSeal(cipher);
    private final SmtpSettings settings = SmtpSettings.of("ann", "mail.example.org", 587)
            .withSecret(Secret.password("hunter2"));

    @Test
    void everyPartOfASessionsIdentitySurvivesSealing() throws Exception {
        for (SmtpSettings other : Identities.differingInOnePart(settings).values()) {
            assertEquals(other, seal.open(seal.seal(other, "queue"), "queue", SmtpSettings::of));
        }
        assertEquals(settings, seal.open(seal.seal(settings, "queue"), "queue", SmtpSettings::of));
        SmtpSettings secrets = settings
                .withClientKey(new ClientKey(Path.of("keys.p12"), Secret.password("opens"), "mail"))
                .withProxy(ProxySettings.parse("socks5://ann@[::1]:1080").withPassword(Secret.password("through")));
        assertEquals(secrets, seal.open(seal.seal(secrets, "queue"), "queue", SmtpSettings::of));
    }

    @Test
    void whatIsSealedIsUnreadableAndBelongsToOneQueue() {
        byte[] sealed = seal.seal(settings, "queue");
        assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains("hunter2"));
        assertThrows(GeneralSecurityException.class, () -> seal.open(sealed, "other", SmtpSettings::of));
    }

    @Test
    void whatCannotBeReadIsRefused() {
        byte[] strange = cipher.seal(new byte[] {0, 0, 0, 9, 1}, "queue");
        assertThrows(GeneralSecurityException.class, () -> seal.open(strange, "queue", SmtpSettings::of));
    }
}
