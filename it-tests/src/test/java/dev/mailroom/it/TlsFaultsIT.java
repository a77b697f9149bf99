package dev.mailroom.it;

import static dev.mailroom.facade.EmailMode.EMAIL_SYNCHRONOUS;
import static dev.mailroom.facade.EmailOption.EMAIL_OPTION_DEFAULT;
import static dev.mailroom.facade.EmailOption.EMAIL_OPTION_SECURED_TLS;
import static dev.mailroom.facade.EmailOption.OPTION_SSL;
import static dev.mailroom.it.inside.Complaints.assertComplains;
import static dev.mailroom.it.inside.Complaints.assertContent;
import static dev.mailroom.it.inside.SampleMails.letter;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Phase;
import dev.mailroom.facade.EmailOption;
import dev.mailroom.facade.EmailParameter;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.ScriptedSmtpServerBuilder;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.TestCertificates;
import dev.mailroom.testing.When;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers that cannot be trusted: no secret is sent to one, and no session opened. */
@ExtendWith(ArquillianExtension.class)
final class TlsFaultsIT {
    private static final String HOST = "localhost";
    private static final String PASSWORD = Secrets.of("jack");

    @Inject
    private MailFacade mail;

    @Deployment
    static WebArchive application() {
        return MailApplication.warForTestsInside("tls", Map.of("mailroom.pool.max-wait", "5s"));
    }

    private static ScriptedSmtpServerBuilder server() {
        return ScriptedSmtpServer.builder().user("jack", PASSWORD);
    }

    private boolean start(ScriptedSmtpServer server, EmailOption option) {
        return mail.emailStartSMTPSession("jack", PASSWORD, HOST, server.port(), EMAIL_SYNCHRONOUS, option);
    }

    @Test
    void startTlsThatIsRequiredAndNotOfferedFails() {
        try (var server = server().start()) {
            assertComplains(mail, start(server, EMAIL_OPTION_SECURED_TLS), HOST, "STARTTLS");
            nothingSecretWasSent(server);
            server.awaitOpenConnections(0, Duration.ofSeconds(30));
            assertContent(mail, start(server, EMAIL_OPTION_DEFAULT));
            assertContent(mail, mail.emailSendMessage("jack", letter()));
            mail.emailCloseSession("jack");
        }
    }

    @Test
    void startTlsThatIsRefusedFails() {
        try (var server = server().authBeforeTls().startTls(TestCertificates.get().good())
                .reply(Step.STARTTLS, "454 4.7.0 No keys today").start()) {
            assertComplains(mail, start(server, EMAIL_OPTION_SECURED_TLS), HOST, "454");
            nothingSecretWasSent(server);
            theServerRecovers(server, EMAIL_OPTION_SECURED_TLS);
        }
    }

    @Test
    void aServerThatHangsUpDuringTheHandshakeFails() {
        assertAll(Stream.of(Step.STARTTLS, Step.TLS_HANDSHAKE).map(step -> () -> {
            try (var server = server().startTls(TestCertificates.get().good()).on(step, Action.cut()).start()) {
                assertComplains(mail, start(server, EMAIL_OPTION_SECURED_TLS), HOST, Phase.TLS.words());
                assertEquals(Phase.TLS, phase());
                nothingSecretWasSent(server);
                theServerRecovers(server, EMAIL_OPTION_SECURED_TLS);
            }
        }));
    }

    @Test
    void repliesSentBeforeTheHandshakeAreAnAttack() {
        try (var server = server().startTls(TestCertificates.get().good())
                .on(Step.STARTTLS, Action.raw("220 Go ahead\r\n250 AUTH PLAIN\r\n")).start()) {
            assertComplains(mail, start(server, EMAIL_OPTION_SECURED_TLS), HOST);
            nothingSecretWasSent(server);
        }
    }

    @Test
    void aSilentHandshakeEndsWithinTheSetSecondsAndOne() {
        assertAll(Stream.of(EMAIL_OPTION_SECURED_TLS, OPTION_SSL).map(option -> () -> {
            try (var server = with(TestCertificates.get().good(), option)) {
                assertTrue(mail.emailSetTimeOut(1));
                server.on(When.at(Step.TLS_HANDSHAKE), Action.silence());
                long begin = System.nanoTime();
                assertComplains(mail, start(server, option), HOST);
                Duration taken = Duration.ofNanos(System.nanoTime() - begin);
                assertTrue(taken.compareTo(Duration.ofSeconds(2)) < 0, option + " took " + taken);
                theServerRecovers(server, option);
            }
        }));
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        refusesTheCertificate(TestCertificates.get().selfSigned(), "certificate", "trust");
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        refusesTheCertificate(TestCertificates.get().wrongHost(), "certificate", HOST);
    }

    @Test
    void aCertificateThatRanOutIsRefused() {
        refusesTheCertificate(TestCertificates.get().expired(), "certificate", "expired");
    }

    @Test
    void anAddressIsVerifiedAsANameIs() {
        try (var server = with(TestCertificates.get().good(), OPTION_SSL)) {
            assertContent(mail, mail.emailStartSMTPSession(
                    "jack", PASSWORD, "127.0.0.1", server.port(), EMAIL_SYNCHRONOUS, OPTION_SSL));
            mail.emailCloseSession("jack");
        }
    }

    @Test
    void theServersOwnTrustAnchorsDoNotKnowTheTestAuthority() {
        try (var server = with(TestCertificates.get().good(), OPTION_SSL)) {
            assertTrue(mail.emailConfigure(EmailParameter.EMAIL_PARAMETER_MODE, 0), mail::errorInfo);
            assertComplains(mail, start(server, OPTION_SSL), "certificate");
            assertTrue(mail.emailConfigure(EmailParameter.EMAIL_PARAMETER_MODE, 1), mail::errorInfo);
            assertContent(mail, start(server, OPTION_SSL));
            mail.emailCloseSession("jack");
            assertComplains(mail, mail.emailConfigure(EmailParameter.EMAIL_PARAMETER_MODE, 7), "7");
        }
    }

    @Test
    void aPlainConnectionNeverServesASecuredSession() {
        try (var server = server().authBeforeTls().startTls(TestCertificates.get().good()).start()) {
            assertContent(mail, start(server, EMAIL_OPTION_DEFAULT));
            assertContent(mail, mail.emailSendMessage("jack", letter()));
            assertContent(mail, start(server, EMAIL_OPTION_SECURED_TLS));
            assertContent(mail, mail.emailSendMessage("jack", letter()));
            assertEquals(2, server.mails().get(1).connection());
            assertEquals(1, server.tlsSessions());
            mail.emailCloseSession("jack");
            mail.emailCloseSession("jack");
        }
    }

    private void refusesTheCertificate(SSLContext context, String... words) {
        assertAll(Stream.of(EMAIL_OPTION_SECURED_TLS, OPTION_SSL).map(option -> () -> {
            try (var server = with(context, option)) {
                assertComplains(mail, start(server, option), words);
                assertComplains(mail, HOST, String.valueOf(server.port()));
                assertEquals(Phase.TLS, phase());
                nothingSecretWasSent(server);
                server.awaitOpenConnections(0, Duration.ofSeconds(30));
                assertEquals(1, server.connectionsOpened());
            }
        }));
    }

    private static ScriptedSmtpServer with(SSLContext context, EmailOption option) {
        return (option == OPTION_SSL ? server().implicitTls(context) : server().startTls(context)).start();
    }

    private Phase phase() {
        return mail.lastError().orElseThrow().failure().orElseThrow().phase();
    }

    private static void nothingSecretWasSent(ScriptedSmtpServer server) {
        assertEquals(List.of(), server.authAttempts());
        assertTrue(server.connections().stream().flatMap(connection -> connection.commands().stream())
                .noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL")));
    }

    private void theServerRecovers(ScriptedSmtpServer server, EmailOption option) {
        server.awaitOpenConnections(0, Duration.ofSeconds(30));
        server.behave();
        assertContent(mail, start(server, option));
        assertContent(mail, mail.emailSendMessage("jack", letter()));
        mail.emailCloseSession("jack");
    }
}
