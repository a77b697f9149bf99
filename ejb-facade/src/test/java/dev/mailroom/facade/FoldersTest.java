package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Phase;
import dev.mailroom.facade.MailError.Code;
import dev.mailroom.receiving.MailFolder;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operations of IMAP's folders, and what they say where they cannot be done. */
final class FoldersTest {
    private static final String ONE = "Subject: one\r\n\r\nfirst\r\n";
    private static final String TWO = "Subject: two\r\n\r\nsecond\r\n";
    private static final String THREE = "Subject: three\r\n\r\nthird\r\n";
    private static final StoreScript DONE = StoreScript.say("{tag} OK done\r\n");

    private final Mailboxes mailboxes = new Mailboxes();
    private final MailFacade mail = mailboxes.mail;

    @AfterEach
    void close() {
        mailboxes.close();
    }

    private void assertBad(boolean result, String words) {
        assertFalse(result);
        assertEquals(Code.BAD_ARGUMENT, mail.lastError().orElseThrow().code());
        assertTrue(mail.errorInfo().contains(words), mail.errorInfo());
    }

    @Test
    void theLoopThatMovesEachMailReadsEachOnce() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE, TWO, THREE)
                .offering("IMAP4rev1 AUTH=PLAIN SASL-IR UIDPLUS MOVE")
                .on("UID MOVE", StoreScript.say("* 1 EXPUNGE\r\n{tag} OK done\r\n"))) {
            mailboxes.start(false, server);
            List<String> subjects = new ArrayList<>();
            mail.emailReadFirst("jack");
            while (!mail.email().isOut()) {
                subjects.add(mail.email().getSubject());
                assertTrue(mail.moveMessage("jack", 1, "Done"), mail.errorInfo());
                mail.emailReadNext("jack");
            }
            assertFalse(mail.errorOccurred(), mail.errorInfo());
            assertEquals(List.of("one", "two", "three"), subjects);
        }
    }

    @Test
    void whatTheServerRefusesIsAnErrorAndTheSessionGoesOn() {
        StoreScript refused = StoreScript.say("{tag} NO [CANNOT] not here\r\n");
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE).on("CREATE", refused).on("DELETE", refused)
                .on("RENAME", refused).on("UID COPY", refused).on("SELECT \"No\"", refused).on("LIST", refused)) {
            mailboxes.start(false, server);
            assertFalse(mail.createFolder("jack", "No"));
            assertTrue(mail.errorInfo().contains("refused to create the folder \"No\"")
                    && mail.errorInfo().contains("not here"), mail.errorInfo());
            assertEquals(Phase.CHANGE, mail.lastError().orElseThrow().failure().orElseThrow().phase());
            assertFalse(mail.deleteFolder("jack", "No"));
            assertFalse(mail.renameFolder("jack", "No", "Yes"));
            assertFalse(mail.copyMessage("jack", 1, "No"));
            assertFalse(mail.openFolder("jack", "No"));
            assertEquals(Phase.SELECT, mail.lastError().orElseThrow().failure().orElseThrow().phase());
            assertEquals(List.of(), mail.folders("jack"));
            assertTrue(mail.errorOccurred());
            assertTrue(mail.emailReadFirst("jack"), mail.errorInfo());
        }
    }

    @Test
    void aNumberThatIsNotThereIsNoError() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE)) {
            mailboxes.start(false, server);
            assertFalse(mail.moveMessage("jack", 2, "Done") || mail.copyMessage("jack", -1, "Done")
                    || mail.addFlags("jack", 0, "\\Seen") || mail.removeFlags("jack", 9, "\\Seen"));
            assertFalse(mail.errorOccurred(), mail.errorInfo());
            assertEquals(Set.of(), mail.flags("jack", 9));
            assertFalse(mail.errorOccurred(), mail.errorInfo());
        }
    }

    @Test
    void everyArgumentIsNamed() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE)) {
            mailboxes.start(false, server);
            assertBad(mail.openFolder("jack", " "), "<Folder> is blank");
            assertBad(mail.createFolder("jack", null), "<Folder> is null");
            assertBad(mail.createFolder("jack", "a\r\nm9 LOGOUT"), "<Folder> contains a control character");
            assertBad(mail.renameFolder("jack", "a", ""), "<Name> is blank");
            assertBad(mail.moveMessage("jack", 1, "\0"), "<Folder>");
            assertBad(mail.addFlags("jack", 1, (String[]) null), "<Flags> is null");
            assertBad(mail.addFlags("jack", 1, (String) null), "<Flags> is null");
            assertBad(mail.addFlags("jack", 1, "two words"), "\"two words\" cannot be set");
            assertBad(mail.removeFlags("jack", 1, "\\Deleted"), "deleting has an operation of its own");
            assertBad(mail.append("jack", "Sent", null), "<Email> is null");
            assertBad(mail.append("jack", "Sent", new Email()), "Email.Sender");
            assertTrue(mail.emailReadFirst("jack"), mail.errorInfo());
        }
    }

    @Test
    void pop3SaysThatItHasNone() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(ONE)) {
            EmailReceivingSession session = mailboxes.started(true, server);
            for (boolean done : List.of(mail.openFolder(session, "a"), mail.createFolder(session, "a"),
                    mail.renameFolder(session, "a", "b"), mail.deleteFolder(session, "a"),
                    mail.moveMessage(session, 1, "a"), mail.copyMessage(session, 1, "a"),
                    mail.addFlags(session, 1, "\\Seen"), mail.removeFlags(session, 1, "\\Seen"),
                    mail.append(session, "a", Bench.email()))) {
                assertFalse(done);
            }
            assertTrue(mail.errorInfo().contains("opened with POP3, which has no folders"), mail.errorInfo());
            assertEquals(List.of(), mail.folders(session));
            assertTrue(mail.errorOccurred());
            assertEquals(Set.of(), mail.flags(session, 1));
            assertTrue(mail.errorOccurred());
            assertTrue(mail.emailReadFirst(session), mail.errorInfo());
        }
    }

    @Test
    void mailsThatWereListedInAnotherFolderAreNotMistaken() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE)) {
            mailboxes.start(false, server);
            List<Email> emails = mail.emailGetAll("jack");
            assertTrue(mail.openFolder("jack", "Other"), mail.errorInfo());
            String error = assertThrows(IllegalStateException.class, () -> emails.get(0).getMessage()).getMessage();
            assertTrue(error.contains("in the folder \"INBOX\" of \"jack\", and \"Other\" is open now"), error);
            assertTrue(mail.openFolder("jack", "INBOX"), mail.errorInfo());
            assertEquals("first", emails.get(0).getMessage().strip());
        }
    }

    @Test
    void aMailIsStoredAsItIsBuiltAndAgainAsItWasBuilt() {
        try (ScriptedMailbox server = ScriptedMailbox.imap().on("UID STORE", DONE).on("LIST", StoreScript.say(
                "* LIST (\\Sent) \"/\" \"Sent\"\r\n{tag} OK done\r\n"))) {
            mailboxes.start(false, server);
            String sent = mail.folders("jack").stream().filter(one -> one.is("\\Sent")).findFirst()
                    .map(MailFolder::name).orElseThrow();
            Email email = Bench.email();
            email.getBcc().add("hidden@example.org");
            assertTrue(mail.append("jack", sent, email, "\\Seen"), mail.errorInfo());
            assertTrue(mail.append("jack", sent, email), mail.errorInfo());
            assertEquals(List.of(email.getSource(), email.getSource()), server.mails());
            assertFalse(email.getSource().contains("hidden"));
            assertTrue(server.lines().stream().anyMatch(line -> line.contains("APPEND \"Sent\" (\\Seen) {")));
            assertEquals(2, mail.emailMessageCount("jack"));
            assertTrue(mail.addFlags("jack", 1, "\\Flagged", "$Done"), mail.errorInfo());
        }
    }
}
