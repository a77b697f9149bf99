package dev.mailroom.console.launch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StartNoiseTest {
    private static final String SSL = "javax.enterprise.system.security.ssl";

    @Test
    void onlyTheKnownWarningsAreHidden() {
        assertTrue(StartNoise.isNoise(SSL, "The SSL certificate with alias x has expired: [...]"));
        assertFalse(StartNoise.isNoise(SSL, "The SSL certificate with alias x cannot be read"));
        assertFalse(StartNoise.isNoise("dev.mailroom.transport", "the certificate of mail.example.org has expired"));
    }
}
