package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.TestCertificates;
import dev.mailroom.testing.When;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class TlsTest {
    private final TestCertificates certificates = TestCertificates.get();
    private final SocketTransportFactory factory = Sessions.trusting();

    @AfterEach
    void end() {
        factory.close();
    }

    private static ScriptedSmtpServer server(TlsMode mode, SSLContext context) {
        var builder = ScriptedSmtpServer.builder().user("bob", "hunter-two");
        return (mode == TlsMode.IMPLICIT ? builder.implicitTls(context) : builder.startTls(context)).start();
    }

    private static SmtpSettings settings(ScriptedSmtpServer server, TlsMode mode) {
        return Sessions.to(server).withTls(mode).withSecret(Secret.password("hunter-two"));
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "IMPLICIT"})
    void mailsTravelEncrypted(TlsMode mode) throws SmtpException {
        try (var server = server(mode, certificates.good())) {
            SmtpTransport link = factory.open(settings(server, mode), Deadline.NEVER);
            for (int i = 0; i < 3; i++) {
                assertTrue(link.quiet());
                assertInstanceOf(Receipt.class, link.send(Sessions.mail("x".repeat(50_000 * i), "c@x.org"),
                        Deadline.NEVER));
            }
            link.close();
            assertEquals(3, server.mailCount());
            assertEquals(1, server.tlsSessions());
            assertTrue(server.authAttempts().get(0).accepted());
        }
    }

    @ParameterizedTest
    @CsvSource({"421 4.3.2 Too many connections, true", "554 5.7.1 Not you, false"})
    void aRefusalInPlainTextAtATlsPortIsToldAsIs(String refusal, boolean passes) {
        try (var server = ScriptedSmtpServer.builder().reply(Step.GREETING, refusal).start()) {
            Failure failure = Sessions.refusal(factory, settings(server, TlsMode.IMPLICIT));
            assertEquals(Phase.GREETING, failure.phase());
            assertEquals(refusal, failure.reply().toString());
            assertEquals(passes, failure.isTransient());
        }
    }

    @Test
    void aGreetingInPlainTextAtATlsPortMeansThatItIsNone() {
        try (var server = ScriptedSmtpServer.builder().start()) {
            Failure failure = Sessions.refusal(factory, settings(server, TlsMode.IMPLICIT));
            assertTrue(failure.message().contains("does not answer with TLS"), failure.message());
            assertFalse(failure.isTransient());
        }
    }

    @Test
    void whatWasOfferedBeforeTlsIsForgotten() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().startTls(certificates.good())
                .on(When.at(Step.EHLO).nth(1), Action.reply("250-x", "250-STARTTLS", "250 SIZE 1"))
                .start()) {
            SmtpTransport link = factory.open(Sessions.to(server).withTls(TlsMode.STARTTLS), Deadline.NEVER);
            assertEquals(3, server.connection(1).commands().size());
            assertInstanceOf(Receipt.class, link.send(Sessions.mail("more than one octet", "c@x.org"), Deadline.NEVER));
            link.close();
        }
    }

    @Test
    void withoutTlsStartTlsIsNotAttempted() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().startTls(certificates.good()).start()) {
            factory.open(Sessions.to(server), Deadline.NEVER).close();
            assertEquals(0, server.tlsSessions());
        }
    }

    @Test
    void startTlsThatIsNotOfferedIsAFailureAndNothingSecretIsSaid() {
        try (var server = ScriptedSmtpServer.builder().user("bob", "hunter-two").start()) {
            Failure failure = Sessions.refusal(factory, settings(server, TlsMode.STARTTLS));
            assertEquals(Phase.TLS, failure.phase());
            assertTrue(failure.message().contains("does not offer STARTTLS, which this session requires"),
                    failure.message());
            assertFalse(failure.isTransient());
            assertEquals(List.of(), server.authAttempts());
        }
    }

    @Test
    void startTlsThatIsRefusedIsAFailure() {
        try (var server = ScriptedSmtpServer.builder().startTls(certificates.good())
                .reply(Step.STARTTLS, "454 4.7.0 TLS not available").start()) {
            Failure failure = Sessions.refusal(factory, settings(server, TlsMode.STARTTLS));
            assertEquals(Phase.TLS, failure.phase());
            assertEquals(454, failure.reply().code());
        }
    }

    @Test
    void whatIsInjectedBehindTheConsentToStartTlsIsAnAttack() {
        try (var server = ScriptedSmtpServer.builder().startTls(certificates.good())
                .on(Step.STARTTLS, Action.raw("220 Go\r\n250 AUTH PLAIN\r\n")).start()) {
            Failure failure = Sessions.refusal(factory, settings(server, TlsMode.STARTTLS));
            assertEquals(Phase.TLS, failure.phase());
            assertTrue(failure.message().contains("in plain text"), failure.message());
            assertFalse(failure.isTransient());
            assertEquals(0, server.tlsSessions());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "IMPLICIT"})
    void certificatesAreJudgedAndTheReasonIsNamed(TlsMode mode) {
        assertRefused(mode, certificates.selfSigned(), "is not trusted");
        assertRefused(mode, certificates.expired(), "is expired or not yet valid");
        assertRefused(mode, certificates.wrongHost(), "is for another host, elsewhere.example");
    }

    private void assertRefused(TlsMode mode, SSLContext context, String words) {
        try (var server = server(mode, context)) {
            Failure failure = Sessions.refusal(factory, settings(server, mode));
            assertEquals(Phase.TLS, failure.phase());
            assertTrue(failure.message().contains(words), failure.message());
            assertFalse(failure.isTransient());
            assertEquals(List.of(), server.authAttempts());
            server.awaitOpenConnections(0, Sessions.SOON);
        }
    }

    @Test
    void addressLiteralsAreVerifiedToo() throws SmtpException {
        try (var good = server(TlsMode.IMPLICIT, certificates.good());
                var wrong = server(TlsMode.IMPLICIT, certificates.wrongHost())) {
            factory.open(literal(settings(good, TlsMode.IMPLICIT)), Deadline.NEVER).close();
            Failure failure = Sessions.refusal(factory, literal(settings(wrong, TlsMode.IMPLICIT)));
            assertTrue(failure.message().contains("is for another host"), failure.message());
        }
    }

    private static SmtpSettings literal(SmtpSettings settings) {
        return SmtpSettings.of(settings.user(), "127.0.0.1", settings.port()).withSecret(settings.secret())
                .withTls(settings.tls()).withTrust(settings.trust()).withTimeouts(settings.timeouts());
    }

    @Test
    void theTrustModeDecidesWhoseAnchorsCount() throws SmtpException {
        try (var server = server(TlsMode.IMPLICIT, certificates.good())) {
            SmtpSettings settings = settings(server, TlsMode.IMPLICIT);
            factory.open(settings.withTrust(TrustMode.OWN), Deadline.NEVER).close();
            factory.open(settings.withTrust(TrustMode.AUTOMATIC), Deadline.NEVER).close();
            Failure failure = Sessions.refusal(factory, settings.withTrust(TrustMode.SERVER));
            assertTrue(failure.message().contains("is not trusted"), failure.message());
        }
    }

    @Test
    void aHandshakeThatIsCutOrSilentIsNamedAndMaySucceedNextTime() {
        try (var reset = ScriptedSmtpServer.builder().startTls(certificates.good())
                .on(Step.TLS_HANDSHAKE, Action.reset()).start();
                var cut = ScriptedSmtpServer.builder().startTls(certificates.good())
                .on(Step.TLS_HANDSHAKE, Action.cut()).start();
                var silent = ScriptedSmtpServer.builder().implicitTls(certificates.good())
                .on(Step.TLS_HANDSHAKE, Action.silence()).start()) {
            Failure failure = Sessions.refusal(factory, settings(cut, TlsMode.STARTTLS));
            assertEquals(Phase.TLS, failure.phase());
            assertTrue(failure.message().contains("handshake"), failure.message());
            assertTrue(failure.isTransient());
            failure = Sessions.refusal(factory, settings(reset, TlsMode.STARTTLS));
            assertEquals(Phase.TLS, failure.phase());
            assertTrue(failure.isTransient(), failure.message());
            failure = Sessions.refusal(factory,
                    Sessions.impatient(silent, Duration.ofMillis(400)).withTls(TlsMode.IMPLICIT));
            assertEquals(Phase.TLS, failure.phase());
            assertTrue(failure.message().contains("within 400 ms"), failure.message());
            assertTrue(failure.message().contains("use STARTTLS (optionTLS"), failure.message());
            assertTrue(failure.isTransient());
        }
    }

    @Test
    void aTlsAlertIsALastingRefusal() {
        byte[] handshakeFailure = {21, 3, 3, 0, 2, 2, 40};
        try (var server = ScriptedSmtpServer.builder().implicitTls(certificates.good())
                .on(Step.TLS_HANDSHAKE, Action.raw(handshakeFailure).then(Action.silence())).start()) {
            Failure failure = Sessions.refusal(factory, settings(server, TlsMode.IMPLICIT));
            assertEquals(Phase.TLS, failure.phase());
            assertTrue(failure.message().contains("handshake_failure"), failure.message());
            assertFalse(failure.isTransient());
        }
    }

    @Test
    void aPlainServerBehindImplicitTlsIsNamed() {
        try (var server = ScriptedSmtpServer.builder().start()) {
            Failure failure = Sessions.refusal(factory, settings(server, TlsMode.IMPLICIT));
            assertEquals(Phase.TLS, failure.phase());
            assertFalse(failure.isTransient(), failure.message());
        }
    }

    @Test
    void anEncryptedConnectionThatEndsIsNotQuiet() throws SmtpException {
        try (var server = server(TlsMode.IMPLICIT, certificates.good())) {
            for (Runnable end : List.<Runnable>of(server::dropAll, () -> server.hangUp("421 4.3.2 Bye"))) {
                SmtpTransport link = factory.open(settings(server, TlsMode.IMPLICIT), Deadline.NEVER);
                assertTrue(link.quiet());
                end.run();
                server.await("not quiet", () -> !link.quiet(), Sessions.SOON);
                link.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"IMPLICIT, TLSv1.3", "IMPLICIT, TLSv1.2", "STARTTLS, TLSv1.3", "STARTTLS, TLSv1.2"})
    void aReconnectResumesTheTlsSession(TlsMode mode, String protocol) throws SmtpException, GeneralSecurityException {
        CountingKeys keys = new CountingKeys();
        var builder = ScriptedSmtpServer.builder().user("bob", "hunter-two").tlsProtocol(protocol);
        try (var server = (mode == TlsMode.IMPLICIT ? builder.implicitTls(keys.context())
                : builder.startTls(keys.context())).start()) {
            for (int i = 0; i < 5; i++) {
                factory.open(settings(server, mode), Deadline.NEVER).close();
            }
            assertEquals(5, server.tlsSessions());
            assertEquals(protocol, server.connection(5).tlsProtocol());
            // A full handshake signs with the server's key; a resumed one has no use for it.
            assertEquals(1, keys.used());
            for (TrustMode other : List.of(TrustMode.AUTOMATIC, TrustMode.AUTOMATIC)) {
                factory.open(settings(server, mode).withTrust(other), Deadline.NEVER).close();
            }
            // What one trust mode has judged is not resumed by another.
            assertEquals(2, keys.used());
        }
    }

    @Test
    void aTrustStoreThatCannotBeReadIsNamedAtOnce() {
        for (TrustSettings bad : Stream.of(TrustSettings.with(Path.of("no-such-file.p12"), "x"),
                TrustSettings.with(certificates.trustStore(), "hunter-two")).toList()) {
            var refusal = assertThrows(IllegalArgumentException.class, () -> new SocketTransportFactory(bad));
            assertTrue(refusal.getMessage().contains(".p12 cannot be read"), refusal.getMessage());
            assertFalse(refusal.getMessage().contains("hunter-two"), refusal.getMessage());
            assertFalse(bad.toString().contains("hunter-two"), bad.toString());
        }
    }
}
