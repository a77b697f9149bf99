package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.MailError.Code;
import dev.mailroom.testing.ScriptedMailbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which mailbox a variable is, over POP3 (true) and IMAP (false). */
final class ReceivingVariableTest {
    private static final String ONE = "Subject: one\r\n\r\nfirst\r\n";
    private static final String TWO = "Subject: two\r\n\r\nsecond\r\n";

    private final Mailboxes mailboxes = new Mailboxes();
    private final MailFacade mail = mailboxes.mail;

    @AfterEach
    void close() {
        mailboxes.close();
    }

    private void assertNotStarted(EmailReceivingSession variable) {
        assertFalse(mail.emailReadFirst(variable));
        assertEquals(Code.NO_SUCH_SESSION, mail.lastError().orElseThrow().code());
        assertTrue(mail.errorInfo().contains("is not started: pass it to emailStartSession")
                || mail.errorInfo().contains("there is no receiving session"), mail.errorInfo());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStartedVariableReadsItsMailboxWhateverIsStartedUnderItsName(boolean pop3) {
        try (ScriptedMailbox a = ScriptedMailbox.of(pop3, ONE); ScriptedMailbox b = ScriptedMailbox.of(pop3, TWO)) {
            EmailReceivingSession first = mailboxes.started(pop3, a);
            EmailReceivingSession second = mailboxes.started(pop3, b);
            assertTrue(mail.emailReadFirst(first), mail.errorInfo());
            assertEquals("one", mail.email().getSubject());
            Email email = new Email();
            assertTrue(mail.emailReadLast(second, email), mail.errorInfo());
            assertEquals("two", email.getSubject());
            assertTrue(mail.emailReadMessage("jack", email, 1));
            assertEquals("two", email.getSubject(), "what was started last");
            assertEquals(1, mail.emailMessageCount(first));
            assertEquals(ONE.length(), mail.emailMessageSize(first, 1));
            assertTrue(mail.emailDeleteMessage(first, 1));
            mail.emailCloseSession(first);
            assertFalse(mail.errorOccurred(), mail.errorInfo());
            assertTrue(a.mails().isEmpty());
            assertTrue(mail.emailReadFirstHeader(second, email), mail.errorInfo());
            assertNotStarted(first);
        }
    }

    @Test
    void aVariableThatIsClosedTwiceTakesNobodysMailbox() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(ONE)) {
            EmailReceivingSession a = mailboxes.started(true, server);
            EmailReceivingSession b = mailboxes.started(true, server);
            mail.emailCloseSession(a);
            mail.emailCloseSession(a);
            assertEquals(Code.NO_SUCH_SESSION, mail.lastError().orElseThrow().code());
            assertTrue(mail.emailReadFirst(b), "which holds the same mailbox");
        }
    }

    @Test
    void aVariableThatIsStartedAgainGivesBackWhatItWas() {
        try (ScriptedMailbox a = ScriptedMailbox.pop3(ONE); ScriptedMailbox b = ScriptedMailbox.pop3(TWO)) {
            EmailReceivingSession variable = mailboxes.started(true, a);
            variable.setPort(b.port());
            assertTrue(mail.emailReadFirst(variable));
            assertEquals("one", mail.email().getSubject());
            assertTrue(mail.emailStartSession(variable), mail.errorInfo());
            assertTrue(mail.emailReadFirst(variable));
            assertEquals("two", mail.email().getSubject());
            assertTrue(a.lines().contains("QUIT"), a.lines().toString());
        }
    }

    @Test
    void aVariableThatWasNeverStartedReadsNobodysMailbox() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE)) {
            mailboxes.started(false, server);
            assertNotStarted(Mailboxes.variable(false, server));
            assertTrue(mail.errorInfo().contains("\"jack\" at 127.0.0.1:" + server.port()), mail.errorInfo());
            assertNotStarted(new EmailPOP3Session());
        }
    }

    @Test
    void anotherCallersVariableIsNotStarted() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE)) {
            mailboxes.bench.logIn("alice");
            EmailReceivingSession variable = mailboxes.started(false, server);
            mailboxes.bench.logIn("bob");
            assertNotStarted(variable);
            assertNotStarted(EmailIMAPSession.ofId("jack", variable.getId()));
            mailboxes.bench.logIn("alice");
            assertTrue(mail.emailReadFirst(EmailIMAPSession.ofId("jack", variable.getId())), mail.errorInfo());
        }
    }

    @Test
    void aVariableLivesBesideTheOneThatSends() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(ONE)) {
            assertTrue(mail.emailStartSMTPSession("jack", "mx.example.org"));
            EmailReceivingSession variable = mailboxes.started(true, server);
            mail.emailCloseSession(variable);
            assertFalse(mail.errorOccurred(), mail.errorInfo());
            assertTrue(mail.emailSendMessage("jack", Bench.email()), mail.errorInfo());
        }
    }

    @Test
    void whatIsMissingIsNamedAndNoSecretIsShown() {
        EmailPOP3Session variable = new EmailPOP3Session();
        assertEquals(110, variable.getPort());
        assertEquals(143, new EmailIMAPSession().getPort());
        assertFalse(mail.emailStartSession(variable));
        assertTrue(mail.errorInfo().contains("Session.Password is empty"), mail.errorInfo());
        variable.setPassword("hunter2");
        variable.setAuthToken("ya29");
        assertFalse(mail.emailStartSession(variable));
        assertTrue(mail.errorInfo().contains("<Session.Name> is blank"), mail.errorInfo());
        variable.setName("jack");
        assertFalse(mail.emailStartSession(variable));
        assertTrue(mail.errorInfo().contains("<Session.ServerAddress> is blank"), mail.errorInfo());
        variable.setServerAddress("localhost");
        variable.setOption(null);
        assertFalse(mail.emailStartSession(variable));
        assertTrue(mail.errorInfo().contains("<Session.Option> is null"), mail.errorInfo());
        assertFalse((mail.errorInfo() + variable).contains("hunter2") || (variable + "").contains("ya29"));
        assertFalse(mail.emailStartSession((EmailReceivingSession) null));
        assertTrue(mail.errorInfo().contains("<Session> is null"), mail.errorInfo());
        assertFalse(mail.emailReadFirst((EmailReceivingSession) null));
        assertTrue(mail.errorInfo().contains("<Session> is null"), mail.errorInfo());
    }
}
