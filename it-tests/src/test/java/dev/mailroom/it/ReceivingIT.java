package dev.mailroom.it;

import static dev.mailroom.facade.option.EmailAddressResult.EMAIL_ADDRESS_VALID;
import static dev.mailroom.facade.option.EmailReadOption.ERT_NOT_READ;
import static dev.mailroom.facade.option.EmailSeekPart.SUBJECT;
import static dev.mailroom.it.inside.Complaints.assertContent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.EmailIMAPSession;
import dev.mailroom.facade.EmailOption;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.ScriptedSmtpServer;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Programs that read mail, on the server. */
@ExtendWith(ArquillianExtension.class)
final class ReceivingIT {
    private static final String HOST = "localhost";
    private static final String PASSWORD = "secret";
    private static final String MAIL = "From: jill@example.org\r\nSubject: The hill\r\nContent-Type: multipart/mixed; "
            + "boundary=b\r\n\r\n--b\r\n\r\nUp we go.\r\n--b\r\nContent-Disposition: attachment; "
            + "filename=\"../pail.txt\"\r\n\r\nwater\r\n--b--\r\n";

    @Inject
    private MailFacade mail;

    @EJB
    private MailFacade ejb;

    @Deployment
    static WebArchive application() {
        return MailApplication.warForTestsInside("receiving", Map.of());
    }

    @Test
    void readEachMailSaveItsFilesDeleteIt() throws Exception {
        Path directory = Files.createTempDirectory("attachments");
        List<Path> saved = new ArrayList<>();
        try (var server = ScriptedMailbox.pop3(MAIL, MAIL)) {
            // IF EmailStartPOP3Session("jack", pwd, "localhost", port, emailOptionSecuredTLS) THEN
            assertContent(mail, mail.emailStartPOP3Session("jack", PASSWORD, HOST, server.port(),
                    EmailOption.EMAIL_OPTION_SECURED_TLS));
            // EmailReadFirst("jack")
            mail.emailReadFirst("jack");
            // WHILE NOT Email.Out
            while (!mail.email().isOut()) {
                assertEquals("Up we go.", mail.email().getMessage());
                saved.add(mail.email().getAttach().get(0).saveTo(directory));
                // EmailDeleteMessage("jack")
                mail.emailDeleteMessage("jack");
                // EmailReadNext("jack")
                mail.emailReadNext("jack");
            }
            // EmailCloseSession("jack")
            mail.emailCloseSession("jack");
            assertFalse(mail.errorOccurred(), mail.errorInfo());
            assertEquals(List.of(), server.mails());
            assertEquals(List.of(directory.resolve("pail.txt"), directory.resolve("pail-2.txt")), saved);
            assertEquals("water", Files.readString(saved.get(1)));
        } finally {
            for (Path file : saved) {
                Files.delete(file);
            }
            Files.delete(directory);
        }
    }

    @Test
    void theVariableListsSearchesAndReads() {
        try (var server = ScriptedMailbox.imap(MAIL, MAIL)) {
            // MySession is emailIMAPSession
            EmailIMAPSession session = new EmailIMAPSession();
            // MySession.ServerAddress = "localhost"
            session.setServerAddress(HOST);
            session.setPort(server.port());
            session.setName("jack");
            session.setPassword(PASSWORD);
            // IF NOT EmailStartSession(MySession) THEN Error(ErrorInfo())
            if (!mail.emailStartSession(session)) {
                fail(mail.errorInfo());
            }
            // FOR EACH MyEmail OF EmailGetAll(MySession, ertNotRead)
            for (Email email : mail.emailGetAll(session, ERT_NOT_READ)) {
                assertEquals("The hill", email.getSubject());
                // The text is read now, and the mail is seen.
                assertEquals("Up we go.", email.getMessage());
            }
            assertEquals(0, mail.emailGetAll(session, ERT_NOT_READ).size());
            // EmailSeekFirst, with our arguments
            mail.emailSeekFirst(session, SUBJECT, "hill");
            // WHILE NOT Email.Out
            while (!mail.email().isOut()) {
                mail.addFlags(session, 1, "\\Flagged");
                mail.emailSeekNext(session);
            }
            assertFalse(mail.errorOccurred(), mail.errorInfo());
            mail.emailCloseSession(session);
            assertFalse(mail.errorOccurred(), mail.errorInfo());
        }
    }

    @Test
    void aFileIsSentAndHtmlBringsItsImages() throws Exception {
        Path directory = Files.createTempDirectory("newsletter");
        Path file = directory.resolve("letter.eml");
        Path logo = directory.resolve("logo.png");
        try (var server = ScriptedSmtpServer.builder().start()) {
            Files.writeString(file, "From: jack@example.org\nTo: jill@example.org\nBcc: h@example.org\n\nUp we go.\n");
            Files.write(logo, new byte[] {(byte) 0x89, 'P', 'N', 'G'});
            assertContent(mail, mail.emailStartSMTPSession("jack", HOST, server.port()));
            // EmailSend("jack", "letter.eml")
            assertContent(mail, mail.emailSend("jack", file));
            // IF EmailCheckAddress(Address) <> emailAddressValid THEN Error(ErrorInfo())
            assertEquals(EMAIL_ADDRESS_VALID, mail.emailCheckAddress("jill@example.org"), mail.errorInfo());
            Email email = new Email();
            email.setSender("jack@example.org");
            email.getRecipient().add("jill@example.org");
            // EmailImportHTML, with our arguments
            assertContent(mail, mail.emailImportHTML(email, "<p>Up we go. <img src=\"logo.png\"></p>", directory));
            assertContent(mail, mail.emailSendMessage("jack", email));
            mail.emailCloseSession("jack");
            assertEquals("From: jack@example.org\r\nTo: jill@example.org\r\n\r\nUp we go.\r\n",
                    server.mails().get(0).text());
            assertTrue(server.mails().get(1).text().contains("image/png"));
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(logo);
            Files.delete(directory);
        }
    }

    @Test
    void theEjbReadsImapAndWhatWasReadCanBeBuilt() {
        try (var server = ScriptedMailbox.imap(MAIL)) {
            assertContent(ejb, ejb.emailStartIMAPSession("jack", PASSWORD, HOST, server.port()));
            Email email = new Email();
            assertContent(ejb, ejb.emailReadMessage("jack", email, ejb.emailMessageCount("jack")));
            assertEquals("The hill", email.getSubject());
            assertEquals("77:10", email.getServerIdentifier());
            Email copy = new Email();
            copy.setSource(email.getSource());
            assertContent(ejb, ejb.emailImportSource(copy));
            assertEquals(email.getMessage(), copy.getMessage());
            ejb.emailCloseSession("jack");
            assertTrue(server.lines().stream().anyMatch(line -> line.endsWith("LOGOUT")), server.lines().toString());
        }
    }
}
