package dev.mailroom.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestCertificatesTest {
    private final TestCertificates certificates = TestCertificates.get();

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void theGoodOneIsTrustedForTheLoopback(String host) throws IOException {
        assertTrue(greeting(certificates.good(), host).startsWith("220 "));
    }

    @Test
    void theOthersAreRefused() {
        refused(certificates.wrongHost(), "No subject alternative DNS name matching localhost");
        refused(certificates.expired(), "validity check failed");
        refused(certificates.selfSigned(), "unable to find valid certification path");
    }

    @Test
    void theTrustStoreHoldsTheAuthorityOnly() throws Exception {
        char[] password = certificates.password().toCharArray();
        KeyStore trust = KeyStore.getInstance(certificates.trustStore().toFile(), password);
        assertEquals(List.of("ca"), Collections.list(trust.aliases()));
        assertTrue(trust.isCertificateEntry("ca"));
    }

    private void refused(SSLContext server, String why) {
        SSLHandshakeException refusal = assertThrows(SSLHandshakeException.class, () -> greeting(server, "localhost"));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    private String greeting(SSLContext context, String host) throws IOException {
        try (var server = ScriptedSmtpServer.builder().implicitTls(context).start();
                var client = new RawClient(server.port())) {
            client.handshake(certificates.trusting(), host);
            return client.reply();
        }
    }
}
