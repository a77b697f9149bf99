package dev.mailroom.it;

import static dev.mailroom.facade.EmailMode.EMAIL_SYNCHRONOUS;
import static dev.mailroom.facade.EmailOption.EMAIL_OPTION_SECURED_TLS;
import static dev.mailroom.facade.EmailOption.EMAIL_PROTOCOL_SMTPS;
import static dev.mailroom.facade.EmailOption.OPTION_SSL;
import static dev.mailroom.facade.ErrorInfoPart.ERR_CODE;
import static dev.mailroom.facade.ErrorInfoPart.ERR_FULL_DETAILS;
import static dev.mailroom.facade.ErrorInfoPart.ERR_MESSAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.EmailAttachment;
import dev.mailroom.facade.EmailSMTPSession;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.it.application.Invitations;
import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.AuthAttempt;
import dev.mailroom.testing.ReceivedMail;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.TestCertificates;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Programs as a WLanguage developer writes them; the WLanguage line stands above ours where they differ. */
@ExtendWith(ArquillianExtension.class)
final class WLanguageSamplesIT {
    private static final String HOST = "localhost";
    private static final String PASSWORD = Secrets.of("jack");

    @Inject
    private MailFacade mail;

    @Inject
    private Invitations invitations;

    @Deployment
    static WebArchive application() {
        return MailApplication.warForTestsInside("samples", Map.of());
    }

    @Test
    void openSendClose() {
        try (var server = ScriptedSmtpServer.builder().start()) {
            // IF EmailStartSMTPSession("jack", "localhost", port) THEN
            if (mail.emailStartSMTPSession("jack", HOST, server.port())) {
                // Email.Sender = "jack@example.org"
                mail.email().setSender("jack@example.org");
                // Add(Email.Recipient, "jill@example.org")
                mail.email().getRecipient().add("jill@example.org");
                mail.email().setSubject("The hill");
                mail.email().setMessage("Up we go.\nJack");
                // IF NOT EmailSendMessage("jack") THEN Error("Message not sent", ErrorInfo(errMessage))
                if (!mail.emailSendMessage("jack")) {
                    fail("Message not sent: " + mail.errorInfo(ERR_MESSAGE));
                }
                // EmailCloseSession("jack")
                mail.emailCloseSession("jack");
            } else {
                fail("Unable to connect to the SMTP server: " + mail.errorInfo(ERR_MESSAGE));
            }
            assertFalse(mail.errorOccurred());
            ReceivedMail received = server.mails().get(0);
            assertEquals("jack@example.org", received.reversePath());
            assertEquals(List.of("jill@example.org"), received.recipientPaths());
            assertTrue(received.text().endsWith("\r\n\r\nUp we go.\r\nJack\r\n"), received.text());
            assertEquals(List.of(), server.violations());
        }
    }

    @Test
    void authenticatedWhenAPasswordIsGiven() {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD).start()) {
            // EmailStartSMTPSession("jack", password, "localhost", port, emailSynchronous)
            assertTrue(mail.emailStartSMTPSession("jack", PASSWORD, HOST, server.port(), EMAIL_SYNCHRONOUS));
            sendsALetter(server);
            assertEquals(List.of(new AuthAttempt("PLAIN", "jack", PASSWORD, true)), server.authAttempts());
        }
    }

    @Test
    void securedByStartTls() {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD)
                .startTls(TestCertificates.get().good()).start()) {
            // EmailStartSMTPSession("jack", password, "localhost", port, emailSynchronous, emailOptionSecuredTLS)
            assertTrue(mail.emailStartSMTPSession(
                    "jack", PASSWORD, HOST, server.port(), EMAIL_SYNCHRONOUS, EMAIL_OPTION_SECURED_TLS),
                    mail::errorInfo);
            sendsALetter(server);
            // The newer name of the same option, and WLanguage's boolean for "asynchronous".
            assertTrue(mail.emailStartSMTPSession("jack", PASSWORD, HOST, server.port(), false, EMAIL_PROTOCOL_SMTPS));
            sendsALetter(server);
            assertEquals(server.connectionsOpened(), server.tlsSessions());
            assertTrue(server.authAttempts().stream().allMatch(AuthAttempt::accepted));
            List<String> commands = server.connection(1).commands();
            assertTrue(commands.indexOf("STARTTLS") < commands.indexOf("AUTH PLAIN ***"), commands::toString);
        }
    }

    @Test
    void securedFromTheFirstByte() {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD)
                .implicitTls(TestCertificates.get().good()).start()) {
            assertTrue(mail.emailStartSMTPSession(
                    "jack", PASSWORD, HOST, server.port(), EMAIL_SYNCHRONOUS, OPTION_SSL), mail::errorInfo);
            sendsALetter(server);
            assertEquals(1, server.tlsSessions());
        }
    }

    @Test
    void theSessionVariable() {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD)
                .startTls(TestCertificates.get().good()).start()) {
            // MySession is emailSMTPSession
            EmailSMTPSession session = new EmailSMTPSession();
            // MySession.ServerAddress = "localhost"
            session.setServerAddress(HOST);
            session.setPort(server.port());
            session.setName("jack");
            session.setPassword(PASSWORD);
            session.setOption(EMAIL_OPTION_SECURED_TLS);
            // IF EmailStartSession(MySession) = False THEN Error(ErrorInfo())
            if (!mail.emailStartSession(session)) {
                fail(mail.errorInfo());
            }
            // MyEmail is Email
            Email email = new Email();
            email.setSender("jack@example.org");
            email.getRecipient().add("jill@example.org");
            email.setMessage("From a variable.");
            assertTrue(mail.emailSendMessage(session, email), mail::errorInfo);
            mail.emailCloseSession(session);
            assertFalse(mail.errorOccurred(), mail::errorInfo);
            assertEquals("jack", server.mails().get(0).user());
        }
    }

    @Test
    void theEmailTypeWithNothingButAServer() {
        try (var server = ScriptedSmtpServer.builder().start()) {
            EmailSMTPSession session = new EmailSMTPSession();
            session.setServerAddress(HOST);
            session.setPort(server.port());
            // IF MySession.StartSession() = False THEN Error(ErrorInfo())
            assertTrue(session.startSession(), mail::errorInfo);
            Email email = new Email();
            email.setSender("jack@example.org");
            email.setRecipient("jill@example.org");
            email.setMessage("From a variable without a name.");
            // MyEmail.BuildSource()
            assertTrue(email.buildSource(), mail::errorInfo);
            assertTrue(email.getSource().contains("without a name"), email.getSource());
            // MySession.SendMessage(MyEmail)
            assertTrue(session.sendMessage(email), mail::errorInfo);
            mail.email().setSender("jack@example.org");
            mail.email().setRecipient("dame.dob@example.org");
            assertTrue(session.sendMessage(), mail::errorInfo);
            mail.emailCloseSession(session);
            assertFalse(mail.errorOccurred(), mail::errorInfo);
            assertFalse(session.sendMessage(email));
            assertEquals(List.of("jill@example.org", "dame.dob@example.org"),
                    server.mails().stream().map(one -> one.recipientPaths().get(0)).toList());
        }
    }

    @Test
    void aMailLeavesOverTheSessionThatItsVariableIs() {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD).start();
                var other = ScriptedSmtpServer.builder().user("jack", Secrets.of("other")).start()) {
            EmailSMTPSession first = variable(server, PASSWORD);
            EmailSMTPSession second = variable(other, Secrets.of("other"));
            assertTrue(first.startSession(), mail::errorInfo);
            assertTrue(second.startSession(), mail::errorInfo);
            Email email = new Email();
            email.setSender("jack@example.org");
            email.setRecipient("jill@example.org");
            assertTrue(first.sendMessage(email), mail::errorInfo);
            assertEquals(List.of(1L, 0L), List.of(server.mailCount(), other.mailCount()));
            assertTrue(mail.emailSendMessage("jack", email), mail::errorInfo);
            assertEquals(1, other.mailCount(), "the name is what was started last");
            assertFalse(variable(server, PASSWORD).sendMessage(email), "never started");
            mail.emailCloseSession(second);
            mail.emailCloseSession(first);
            assertFalse(mail.errorOccurred(), mail::errorInfo);
        }
    }

    private static EmailSMTPSession variable(ScriptedSmtpServer server, String password) {
        EmailSMTPSession session = new EmailSMTPSession();
        session.setServerAddress(HOST);
        session.setPort(server.port());
        session.setName("jack");
        session.setPassword(password);
        return session;
    }

    @Test
    void textHtmlAndAnAttachment() {
        try (var server = ScriptedSmtpServer.builder().start()) {
            assertTrue(mail.emailStartSMTPSession("jack", HOST, server.port()));
            Email email = new Email();
            email.setSender("J\u00e4ck <jack@example.org>");
            email.setSenderAddress("answers@example.org");
            email.getRecipient().add("Jill <jill@example.org>");
            email.getCc().add("dame.dob@example.org");
            email.getBcc().add("secret@example.org");
            email.setSubject("Der H\u00fcgel \u2713");
            email.setMessage("Vinegar");
            email.setHtml("<p>Brown paper</p>");
            // MyAttachment is emailAttach ... Add(MyEmail.Attach, MyAttachment)
            email.getAttach().add(new EmailAttachment("crown.txt", "text/plain",
                    "broken".getBytes(StandardCharsets.UTF_8)));
            assertTrue(mail.emailSendMessage("jack", email), mail::errorInfo);
            mail.emailCloseSession("jack");

            ReceivedMail received = server.mails().get(0);
            assertEquals(List.of("jill@example.org", "dame.dob@example.org", "secret@example.org"),
                    received.recipientPaths());
            String text = received.text();
            for (String part : List.of("multipart/mixed", "multipart/alternative", "text/html", "crown.txt",
                    "Reply-To: answers@example.org", "Cc: dame.dob@example.org", "Message-ID: <" + email.getId())) {
                assertTrue(text.contains(part), part + " is missing in\n" + text);
            }
            assertFalse(text.contains("secret@example.org"), "Bcc is in the envelope only");
            assertFalse(email.getId().isEmpty());
        }
    }

    @Test
    void aWrongPasswordIsExplained() {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD).start()) {
            if (mail.emailStartSMTPSession("jack", Secrets.of("mallory"), HOST, server.port())) {
                fail("started with a wrong password");
            }
            assertTrue(mail.errorOccurred());
            assertTrue(mail.errorInfo(ERR_MESSAGE).contains("535"), mail::errorInfo);
            assertEquals("4", mail.errorInfo(ERR_CODE));
            String details = mail.errorInfo(ERR_FULL_DETAILS);
            for (String word : List.of("AUTH", "535", "5.7.8", HOST, String.valueOf(server.port()))) {
                assertTrue(details.contains(word), word + " is missing in\n" + details);
            }
        }
    }

    @Test
    void aRefusedRecipientIsNamed() {
        try (var server = ScriptedSmtpServer.builder()
                .reply(Step.RCPT, "jill@example.org", "550 5.1.1 No Jill here").start()) {
            assertTrue(mail.emailStartSMTPSession("jack", HOST, server.port()));
            mail.email().setSender("jack@example.org");
            mail.email().getRecipient().addAll(List.of("jill@example.org", "dame@example.org"));
            assertFalse(mail.emailSendMessage("jack"));
            String why = mail.errorInfo(ERR_MESSAGE);
            assertTrue(why.contains("jill@example.org") && why.contains("No Jill here"), why);
            assertEquals(why, mail.email().getError());
            assertEquals(0, server.mailCount());

            mail.email().setPartialSend(true);
            assertTrue(mail.emailSendMessage("jack"), mail::errorInfo);
            assertEquals("jill@example.org", mail.email().getRefused().get(0).address());
            assertEquals(List.of("dame@example.org"), server.mails().get(0).recipientPaths());
            mail.emailCloseSession("jack");
        }
    }

    @Test
    void oneStructureManyMails() {
        try (var server = ScriptedSmtpServer.builder().start()) {
            assertTrue(mail.emailStartSMTPSession("jack", HOST, server.port()));
            // FOR i = 1 TO 3
            for (int i = 1; i <= 3; i++) {
                // EmailReset()
                mail.emailReset();
                mail.email().setSender("jack@example.org");
                mail.email().getRecipient().add("jill" + i + "@example.org");
                mail.email().setSubject("Pail " + i);
                assertTrue(mail.emailSendMessage("jack"), mail::errorInfo);
            }
            mail.emailCloseSession("jack");
            assertEquals(List.of(List.of("jill1@example.org"), List.of("jill2@example.org"),
                    List.of("jill3@example.org")), server.mails().stream().map(ReceivedMail::recipientPaths).toList());
            assertEquals(1, server.connectionsOpened());
        }
    }

    @Test
    void theTimeOutIsTenMinutesUntilItIsSet() {
        assertEquals(600, mail.emailGetTimeOut());
        // EmailSetTimeOut(20)
        assertTrue(mail.emailSetTimeOut(20));
        assertEquals(20, mail.emailGetTimeOut());
        assertFalse(mail.emailSetTimeOut(0));
        assertTrue(mail.errorInfo().contains("0"), mail::errorInfo);
        assertEquals(20, mail.emailGetTimeOut());
    }

    @Test
    void theQuickStartWorks() {
        try (var server = ScriptedSmtpServer.builder().user("jack", PASSWORD)
                .startTls(TestCertificates.get().good()).start()) {
            assertEquals("", invitations.invite("jill@example.org", HOST, server.port(), PASSWORD));
            assertEquals(List.of("jill@example.org"), server.mails().get(0).recipientPaths());
            assertTrue(invitations.invite("nobody", HOST, server.port(), PASSWORD).contains("nobody"));
        }
    }

    private void sendsALetter(ScriptedSmtpServer server) {
        long before = server.mailCount();
        Email email = new Email();
        email.setSender("jack@example.org");
        email.getRecipient().add("jill@example.org");
        email.setMessage("Up the hill.");
        assertTrue(mail.emailSendMessage("jack", email), mail::errorInfo);
        mail.emailCloseSession("jack");
        assertEquals(before + 1, server.mailCount());
    }
}
