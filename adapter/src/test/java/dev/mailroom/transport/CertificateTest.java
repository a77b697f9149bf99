package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a TLS connection was not opened, in words that help. */
@Timeout(180)
class CertificateTest {
    private final SocketTransportFactory factory = Sessions.trusting();

    @AfterEach
    void end() {
        factory.close();
    }

    @ParameterizedTest
    @CsvSource({"client-only, xtended key usage", "common-name, subjectAltName", "sha-1, SHA1with",
        "short-key, 1024 bits"})
    void aCertificateThatIsNotOneForThisUseIsRefusedForThatReason(String alias, String words) {
        try (var server = ScriptedSmtpServer.builder().startTls(TestCertificates.get().flawed(alias)).start()) {
            Failure failure = Sessions.refusal(factory, Sessions.to(server).withTls(TlsMode.STARTTLS));
            assertEquals(Phase.TLS, failure.phase());
            assertTrue(failure.message().contains(words), failure.message());
            assertFalse(failure.message().contains("another host"), failure.message());
            assertFalse(failure.isTransient());
        }
    }

    @Test
    void aPlainPortIsNamedAndTheOtherOptionToo() {
        try (var server = ScriptedSmtpServer.builder().start()) {
            Failure failure = Sessions.refusal(factory, Sessions.to(server).withTls(TlsMode.IMPLICIT));
            assertTrue(failure.message().contains("use STARTTLS (optionTLS"), failure.message());
        }
    }

    @Test
    void aServerWithOutdatedTlsIsNamed() {
        byte[] protocolVersion = {0x15, 3, 1, 0, 2, 2, 70};
        try (var server = ScriptedSmtpServer.builder().implicitTls(TestCertificates.get().good())
                .on(Step.TLS_HANDSHAKE, Action.raw(protocolVersion).then(Action.silence())).start()) {
            Failure failure = Sessions.refusal(factory, Sessions.to(server).withTls(TlsMode.IMPLICIT));
            assertTrue(failure.message().contains("it must offer TLS 1.2 or 1.3"), failure.message());
            assertFalse(failure.isTransient());
        }
    }

    @Test
    void anUnderscoreInTheNameOfTheHostIsNamed() {
        try (var server = ScriptedSmtpServer.builder().startTls(TestCertificates.get().good()).start()) {
            SmtpSettings settings = Sessions.to(server);
            Failure failure = Sessions.refusal(factory, SmtpSettings.of("bob", "mail_relay", server.port())
                    .withTrust(settings.trust()).withTimeouts(settings.timeouts()).withTls(TlsMode.STARTTLS));
            assertTrue(failure.message().contains("underscore"), failure.message());
        }
    }
}
