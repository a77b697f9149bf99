package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.mailroom.Secret;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import dev.mailroom.secret.AccessToken;
import dev.mailroom.spool.SpoolCipher;
import dev.mailroom.spool.SpoolQueue;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class SealedTokensTest {
    private static final SpoolQueue QUEUE = SpoolQueue.of("app", "ann", "0a-01");

    private final KnownSessions known = new KnownSessions(null, SpoolCipher.ofKey("/".repeat(43) + "="));

    private static SmtpSession session(Secret secret) {
        SmtpSettings settings = SmtpSettings.of("ann", "mail.example.org", 587).withSecret(secret);
        return (SmtpSession) Proxy.newProxyInstance(SmtpSession.class.getClassLoader(),
                new Class<?>[] {SmtpSession.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "settings" -> settings;
                    case "named" -> false;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void aTokenThatAnApplicationSuppliesIsNotStored() {
        Secret supplied = Secret.supplied(patience -> AccessToken.of("t"));
        assertEquals(0, known.sealed(QUEUE, session(supplied)).length);
        assertNotEquals(0, known.sealed(QUEUE, session(Secret.password("hush"))).length);
    }
}
