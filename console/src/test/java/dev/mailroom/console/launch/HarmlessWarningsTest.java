package dev.mailroom.console.launch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HarmlessWarningsTest {
    private static final String SSL = "javax.enterprise.system.security.ssl";

    @Test
    void onlyTheKnownWarningsAreHidden() {
        assertTrue(HarmlessWarnings.isNoise(SSL, "The SSL certificate with alias x has expired: [...]"));
        assertFalse(HarmlessWarnings.isNoise(SSL, "The SSL certificate with alias x cannot be read"));
        assertFalse(HarmlessWarnings.isNoise("dev.mailroom.transport",
                "the certificate of mail.example.org has expired"));
    }

    @Test
    void aPathThatCannotBeDecodedIsNoNewsAndAnyOtherFaultIs() {
        IllegalArgumentException thrown = new IllegalArgumentException("Illegal hex characters in escape");
        assertFalse(HarmlessWarnings.isBadPath(thrown));
        assertFalse(HarmlessWarnings.isBadPath(null));
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement(
                "org.glassfish.grizzly.http.util.URLDecoder", "decode", "URLDecoder.java", 199)});
        assertTrue(HarmlessWarnings.isBadPath(thrown));
    }
}
