package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.server.Application;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.PrivatePostfix;
import dev.mailroom.testing.ReceivedMail;
import dev.mailroom.testing.TestCertificates;
import jakarta.mail.Message;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that nobody wrote for these tests: mails go all the way through a Postfix, and into a GreenMail. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
final class RealServersIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @ArquillianResource
    private URL deployed;

    private Application application;

    @Deployment
    static WebArchive application() {
        return MailApplication.war("realservers", Map.of(
                "mailroom.security.trust-store", TestCertificates.get().trustStore().toString(),
                "mailroom.security.trust-store-password", TestCertificates.get().password()));
    }

    @BeforeEach
    void findApplication() {
        application = new Application(deployed);
    }

    private static String start(String password, int port, String option) {
        return "start " + PrivatePostfix.USER + " " + URLEncoder.encode(password, StandardCharsets.UTF_8) + " " + port
                + " " + option;
    }

    @ParameterizedTest
    @ValueSource(strings = {"email_option_secured_tls", "email_protocol_smtps", "option_ssl"})
    void postfixTakesMailOverTlsFromAnAuthenticatedUser(String option) {
        try (PrivatePostfix postfix = PrivatePostfix.startOrSkip()) {
            int port = option.equals("option_ssl") ? postfix.smtpsPort() : postfix.submissionPort();
            assertEquals(List.of("true", "true", "true", "true"), application.as("jack", "servlet",
                    start(PrivatePostfix.PASSWORD, port, option), "send ann first", "send ann second", "close ann"));
            List<ReceivedMail> mails = postfix.awaitMails(2, SOON);
            assertEquals("jack@example.org", mails.get(0).reversePath());
            assertEquals(List.of("jill@example.org"), mails.get(0).recipientPaths());
            assertTrue(mails.stream().allMatch(mail -> mail.text().contains("Up the hill.")));
            assertEquals(1, postfix.log().lines().filter(line -> line.contains(": connect from ")).count(),
                    postfix.log());
            assertTrue(postfix.log().contains("sasl_username=ann"), postfix.log());
        }
    }

    @Test
    void postfixTakesAThousandMailsOverOneConnection() {
        try (PrivatePostfix postfix = PrivatePostfix.startOrSkip()) {
            String[] commands = Collections.nCopies(1000, "send ann pail").toArray(String[]::new);
            commands[0] = start(PrivatePostfix.PASSWORD, postfix.submissionPort(), "email_option_secured_tls");
            List<String> answers = application.as("jack", "servlet", commands);
            assertEquals(List.of("true"), answers.stream().distinct().toList());
            assertEquals(List.of("true", "true"), application.as("jack", "servlet", "send ann last", "close ann"));
            postfix.awaitMails(1000, Duration.ofMinutes(2));
            assertEquals(1, postfix.log().lines().filter(line -> line.contains(": connect from ")).count());
        }
    }

    @Test
    void postfixRefusesAWrongPassword() {
        try (PrivatePostfix postfix = PrivatePostfix.startOrSkip()) {
            String refused = application.as("jack", "servlet", start(Secrets.of("mallory"),
                    postfix.submissionPort(), "email_option_secured_tls")).get(0);
            assertTrue(refused.startsWith("false ") && refused.contains("535"), refused);
            assertEquals(List.of(), Secrets.leaks(refused));
        }
    }

    @Test
    void postfixWithoutStartTlsIsNotTrustedWithASecuredSession() {
        try (PrivatePostfix postfix = PrivatePostfix.startOrSkip()) {
            String refused = application.as("jack", "servlet", start(PrivatePostfix.PASSWORD, postfix.plainPort(),
                    "email_option_secured_tls")).get(0);
            assertTrue(refused.startsWith("false ") && refused.contains("STARTTLS"), refused);
        }
    }

    @Test
    void postfixOffersNoAuthenticationSoNoneIsUsed() {
        try (PrivatePostfix postfix = PrivatePostfix.startOrSkip()) {
            assertEquals(List.of("true", "true", "true"), application.as("jack", "servlet",
                    start(PrivatePostfix.PASSWORD, postfix.plainPort(), "email_option_default"), "send ann a",
                    "close ann"));
            postfix.awaitMails(1, SOON);
        }
    }

    @Test
    void greenMailFindsInTheMailWhatWasPutIntoIt() throws Exception {
        GreenMail greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        greenMail.setUser("jill@example.org", "jill", Secrets.of("jill"));
        greenMail.start();
        try {
            String subject = "Der H\u00fcgel \u2713 \u4e18";
            assertEquals(List.of("true", "true", "true"), application.anonymously("rest/request",
                    "start jill " + Secrets.of("jill") + " " + greenMail.getSmtp().getPort(),
                    "send jill " + URLEncoder.encode(subject, StandardCharsets.UTF_8), "close jill"));
            assertTrue(greenMail.waitForIncomingEmail(SOON.toMillis(), 1));
            MimeMessage received = greenMail.getReceivedMessages()[0];
            assertEquals(subject, received.getSubject());
            assertArrayEquals(InternetAddress.parse("jack@example.org"), received.getFrom());
            assertArrayEquals(InternetAddress.parse("jill@example.org"),
                    received.getRecipients(Message.RecipientType.TO));
            assertEquals("Up the hill.", ((String) received.getContent()).strip());

            String refused = application.anonymously("rest/request",
                    "start jill " + Secrets.of("mallory") + " " + greenMail.getSmtp().getPort()).get(0);
            assertTrue(refused.startsWith("false ") && refused.contains("535"), refused);
        } finally {
            greenMail.stop();
        }
    }
}
