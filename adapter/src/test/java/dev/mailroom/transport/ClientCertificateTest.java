package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.ClientKey;
import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class ClientCertificateTest {
    private final TestCertificates certificates = TestCertificates.get();
    private final SocketTransportFactory factory = Sessions.trusting();

    @AfterEach
    void end() {
        factory.close();
    }

    private ScriptedSmtpServer server(TlsMode mode, String protocol) {
        var builder = ScriptedSmtpServer.builder().clientCertificate().tlsProtocol(protocol);
        return (mode == TlsMode.IMPLICIT ? builder.implicitTls(certificates.judgingClients())
                : builder.startTls(certificates.judgingClients())).start();
    }

    private ClientKey key(String alias) {
        return new ClientKey(certificates.keyStore(), Secret.password(certificates.password()), alias);
    }

    @ParameterizedTest
    @CsvSource({"IMPLICIT, TLSv1.3", "IMPLICIT, TLSv1.2", "STARTTLS, TLSv1.3", "STARTTLS, TLSv1.2"})
    void aServerThatAsksIsShownTheSessionsCertificate(TlsMode mode, String protocol) throws SmtpException {
        try (var server = server(mode, protocol)) {
            SmtpSettings settings = Sessions.to(server).withTls(mode).withClientKey(key("good"));
            SmtpTransport link = factory.open(settings, Deadline.NEVER);
            assertInstanceOf(Receipt.class, link.send(Sessions.mail("x", "carl@x.org"), Deadline.NEVER));
            link.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"IMPLICIT, TLSv1.3", "IMPLICIT, TLSv1.2", "STARTTLS, TLSv1.3", "STARTTLS, TLSv1.2"})
    void aServerThatAsksInVainIsNamedAndTheFailureLasts(TlsMode mode, String protocol) {
        try (var server = server(mode, protocol)) {
            Failure failure = Sessions.refusal(factory, Sessions.to(server).withTls(mode));
            assertEquals(Phase.TLS, failure.phase());
            assertTrue(failure.message().contains("asks for a client certificate, and this session has none: set its "
                    + "key-store"), failure.message());
            assertOurWords(failure);
            assertFalse(failure.isTransient());
        }
    }

    private static void assertOurWords(Failure failure) {
        assertFalse(failure.message().matches(".*(alert|SSL|reset|_unknown|_certificate).*"), failure.message());
    }

    @ParameterizedTest
    @CsvSource({"IMPLICIT, TLSv1.3", "IMPLICIT, TLSv1.2", "STARTTLS, TLSv1.3", "STARTTLS, TLSv1.2"})
    void aCertificateThatTheServerRefusesIsNamedAndWhatToDo(TlsMode mode, String protocol) {
        try (var server = server(mode, protocol)) {
            Failure failure = Sessions.refusal(factory,
                    Sessions.to(server).withTls(mode).withClientKey(key("expired")));
            assertEquals(Phase.TLS, failure.phase());
            assertTrue(failure.message().contains("the client certificate of this session (" + certificates.keyStore()
                    + ", expired)"), failure.message());
            // Where what it had not read yet resets the connection, its reason is lost.
            boolean told = failure.message().contains("set key-store or key-alias to a certificate that the server");
            assertTrue(told || failure.message().contains("ask its administrator"), failure.message());
            assertEquals(told, !failure.isTransient());
            assertOurWords(failure);
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityThanTheServerAsksForIsNamed() {
        try (var server = server(TlsMode.IMPLICIT, "TLSv1.2")) {
            Failure failure = Sessions.refusal(factory,
                    Sessions.to(server).withTls(TlsMode.IMPLICIT).withClientKey(key("self-signed")));
            assertTrue(failure.message().contains("(" + certificates.keyStore() + ", self-signed) is not of an "
                    + "authority"), failure.message());
            assertFalse(failure.isTransient());
            assertOurWords(failure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aServerThatIsNotTrustedIsSaidSoWhateverItAsksFor(String protocol) {
        try (var server = server(TlsMode.IMPLICIT, protocol)) {
            Failure failure = Sessions.refusal(factory,
                    Sessions.to(server).withTls(TlsMode.IMPLICIT).withTrust(TrustMode.SERVER));
            assertTrue(failure.message().contains("is not trusted"), failure.message());
        }
    }

    @Test
    void anotherKeyIsAnotherIdentity() {
        SmtpSettings plain = SmtpSettings.of("bob", "localhost", 25);
        assertFalse(plain.identity().equals(plain.withClientKey(key("good")).identity()));
        assertFalse(plain.withClientKey(key("expired")).identity().equals(plain.withClientKey(key("good")).identity()));
        assertFalse(plain.withClientKey(key("good")).toString().contains("changeit"));
    }

    @Test
    void aKeyThatCannotBeHadSaysWhatToDo() {
        assertTrue(assertThrows(IOException.class, () -> key("").open()).getMessage().contains("set key-alias"));
        assertTrue(assertThrows(IOException.class, () -> key("nobody").open()).getMessage().contains("no key nobody"));
        assertThrows(IOException.class, () -> new ClientKey(Path.of("no-such.p12"), Secret.none(), "").open());
        String wrong = assertThrows(IOException.class, () -> new ClientKey(certificates.keyStore(),
                Secret.password("hunter-two"), "good").open()).getMessage();
        assertFalse(wrong.contains("hunter-two"), wrong);
    }
}
