package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading while mails come and go, and while the connection is lost. */
final class ReadingPositionTest {
    private static final String FIRST = "Subject: one\r\n\r\nfirst\r\n";
    private static final String SECOND = "Subject: two\r\n\r\nsecond\r\n";
    private static final String THIRD = "Subject: three\r\n\r\nthird\r\n";

    private final Mailboxes mailboxes = new Mailboxes();
    private final MailFacade mail = mailboxes.mail;

    @AfterEach
    void close() {
        mailboxes.close();
    }

    @Test
    void aMailThatComesAfterTheLastWasReadIsTheNext() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(SECOND)) {
            mailboxes.start(false, server);
            Email email = new Email();
            assertTrue(mail.emailReadNext("jack", email));
            assertFalse(mail.emailReadNext("jack", email));
            assertFalse(mail.emailDeleteMessage("jack"), "behind the last there is none");
            server.deliver(THIRD);
            assertTrue(mail.emailReadNext("jack", email), mail.errorInfo());
            assertEquals("three", email.getSubject());
            assertFalse(mail.emailReadNext("jack", email));
            assertTrue(mail.emailReadPrevious("jack", email));
            assertEquals("three", email.getSubject());
        }
    }

    @Test
    void thePositionStaysAtItsMailWhenMailsBeforeItGo() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(FIRST, SECOND, THIRD)) {
            mailboxes.start(false, server);
            Email email = new Email();
            assertTrue(mail.emailReadMessage("jack", email, 2));
            server.on("NOOP", StoreScript.once(StoreScript.sayBefore("* 1 EXPUNGE\r\n")));
            assertEquals(2, mail.emailMessageCount("jack"));
            assertTrue(mail.emailReadNext("jack", email), mail.errorInfo());
            assertEquals("three", email.getSubject());
            assertTrue(mail.emailReadPrevious("jack", email));
            assertEquals("two", email.getSubject());
        }
    }

    @Test
    void aMailWhoseConnectionIsCutIsReadOnceMoreOverAnother() {
        String half = "* 1 FETCH (UID 10 RFC822.SIZE 24 FLAGS () BODY[]<0> {24}\r\nSubject: t";
        try (ScriptedMailbox server = ScriptedMailbox.imap(SECOND).on("UID FETCH 10",
                StoreScript.once(StoreScript.sayAndCut(half)))) {
            mailboxes.start(false, server);
            assertTrue(mail.emailReadFirst("jack"), mail.errorInfo());
            assertEquals(SECOND, mail.email().getSource());
            assertEquals("", mail.email().getError());
        }
    }

    @Test
    void aPop3MailWhoseConnectionIsCutIsAnErrorAndNothingIsDeleted() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(SECOND, THIRD)) {
            mailboxes.start(true, server);
            mail.emailDeleteMessage("jack", 1);
            server.cutAll();
            assertFalse(mail.emailReadMessage("jack", 2));
            assertFalse(mail.errorInfo().contains("send"), mail.errorInfo());
            mail.emailCloseSession("jack");
            assertTrue(mail.errorInfo().contains("has not confirmed"), mail.errorInfo());
            assertEquals(2, server.mails().size());
        }
    }
}
