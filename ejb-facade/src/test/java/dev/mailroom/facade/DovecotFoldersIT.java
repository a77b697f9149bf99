package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.option.EmailReadOption;
import dev.mailroom.facade.option.EmailSeekPart;
import dev.mailroom.receiving.MailFolder;
import dev.mailroom.testing.PrivateDovecot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Folders, searches and whole mailboxes on a real Dovecot. Each test has a mailbox of its own. */
@Timeout(300)
final class DovecotFoldersIT {
    private static final String ONE = "From: jill@example.org\r\nSubject: =?utf-8?q?M=C3=A4rz?=\r\n\r\na pail\r\n";
    private static final String TWO = "From: jack@example.org\r\nSubject: two\r\n\r\nof water\r\n";

    private static PrivateDovecot dovecot;

    private final Mailboxes mailboxes = new Mailboxes();
    private final MailFacade mail = mailboxes.mail;

    @BeforeAll
    static void start() {
        dovecot = PrivateDovecot.startOrSkip();
    }

    @AfterAll
    static void stop() {
        if (dovecot != null) {
            dovecot.close();
        }
    }

    @AfterEach
    void close() {
        mailboxes.close();
    }

    private void starts(String user, String... mails) {
        for (String one : mails) {
            dovecot.deliver(user, one);
        }
        assertTrue(mail.emailStartIMAPSession(user, PrivateDovecot.PASSWORD, "localhost", dovecot.imapPort()),
                mail.errorInfo());
    }

    private void assertDone(boolean done) {
        assertTrue(done, mail.errorInfo());
    }

    private List<String> names(String user) {
        List<String> names = mail.folders(user).stream().map(MailFolder::name).sorted().toList();
        assertFalse(mail.errorOccurred(), mail.errorInfo());
        return names;
    }

    @Test
    void foldersAreMadeRenamedListedAndDeleted() {
        starts("folders");
        assertDone(mail.createFolder("folders", "Entw\u00fcrfe & mehr"));
        assertDone(mail.createFolder("folders", "a \"quoted\" one"));
        assertTrue(names("folders").containsAll(List.of("INBOX", "Entw\u00fcrfe & mehr", "a \"quoted\" one")),
                names("folders").toString());
        assertDone(mail.renameFolder("folders", "Entw\u00fcrfe & mehr", "\u65e5\u672c\u8a9e"));
        assertDone(mail.deleteFolder("folders", "a \"quoted\" one"));
        assertTrue(names("folders").contains("\u65e5\u672c\u8a9e"), names("folders").toString());
        assertFalse(names("folders").contains("a \"quoted\" one"));
        assertFalse(mail.createFolder("folders", "\u65e5\u672c\u8a9e"));
        assertFalse(mail.openFolder("folders", "nowhere"));
        assertTrue(mail.errorInfo().contains("to open the folder \"nowhere\""), mail.errorInfo());
    }

    @Test
    void mailsAreMovedCopiedFlaggedAndStored() {
        starts("moving", ONE, TWO);
        assertDone(mail.createFolder("moving", "Done"));
        assertDone(mail.copyMessage("moving", 2, "Done"));
        assertDone(mail.addFlags("moving", 2, "\\Flagged", "$Handled"));
        assertTrue(mail.flags("moving", 2).containsAll(List.of("\\Flagged", "$Handled")), mail.errorInfo());
        assertDone(mail.removeFlags("moving", 2, "\\Flagged"));
        assertFalse(mail.flags("moving", 2).contains("\\Flagged"));
        assertDone(mail.moveMessage("moving", 1, "Done"));
        assertEquals(1, mail.emailMessageCount("moving"));
        Email email = Bench.email();
        assertDone(mail.append("moving", "Done", email, "\\Seen"));
        assertDone(mail.openFolder("moving", "Done"));
        List<Email> emails = mail.emailGetAll("moving");
        assertEquals(List.of("two", "M\u00e4rz", "subject"), emails.stream().map(Email::getSubject).toList());
        assertEquals("of water", emails.get(0).getMessage().strip());
        assertTrue(emails.get(2).isSeen() && !emails.get(1).isSeen());
        assertEquals(email.getSource(), emails.get(2).getSource());
        assertEquals(List.of("M\u00e4rz"), mail.emailGetAll("moving", EmailReadOption.ERT_NOT_READ).stream()
                .map(Email::getSubject).toList());
        assertDone(mail.moveMessage("moving", 1, "INBOX"));
        assertDone(mail.openFolder("moving", "INBOX"));
        assertEquals(2, mail.emailMessageCount("moving"));
    }

    @Test
    void deletionsOfSeveralFoldersAreFinalAtTheEnd() {
        starts("deleting", ONE, TWO);
        assertDone(mail.createFolder("deleting", "Old"));
        assertDone(mail.moveMessage("deleting", 1, "Old"));
        assertDone(mail.emailDeleteMessage("deleting", 1));
        assertDone(mail.openFolder("deleting", "Old"));
        assertDone(mail.emailDeleteMessage("deleting", 1));
        mail.emailCloseSession("deleting");
        assertFalse(mail.errorOccurred(), mail.errorInfo());
        starts("deleting");
        assertEquals(0, mail.emailMessageCount("deleting"));
        assertDone(mail.openFolder("deleting", "Old"));
        assertEquals(0, mail.emailMessageCount("deleting"));
    }

    @Test
    void theServerFindsTextInEveryPart() {
        starts("seeking", ONE, TWO, ONE);
        List<String> texts = new ArrayList<>();
        mail.emailSeekFirst("seeking", EmailSeekPart.SUBJECT, "M\u00c4RZ");
        while (!mail.email().isOut()) {
            texts.add(mail.email().getMessage().strip());
            mail.emailSeekNext("seeking");
        }
        assertFalse(mail.errorOccurred(), mail.errorInfo());
        assertEquals(List.of("a pail", "a pail"), texts);
        assertDone(mail.emailSeekFirst("seeking", EmailSeekPart.EMAIL_BODY, "WATER"));
        assertEquals("two", mail.email().getSubject());
        assertDone(mail.emailSeekFirst("seeking", EmailSeekPart.EMAIL_ALL, "jack@example"));
        assertFalse(mail.emailSeekFirst("seeking", EmailSeekPart.EMAIL_MESSAGE_ID, "nobody"));
        assertTrue(mail.email().isOut());
    }
}
