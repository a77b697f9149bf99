package dev.mailroom.facade;

import static dev.mailroom.facade.option.EmailReadOption.ERT_ASYNCHRONOUS;
import static dev.mailroom.facade.option.EmailReadOption.ERT_FULL;
import static dev.mailroom.facade.option.EmailReadOption.ERT_HEADER;
import static dev.mailroom.facade.option.EmailReadOption.ERT_NOT_READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.MailError.Code;
import dev.mailroom.facade.option.EmailReadOption;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EmailGetAll, over POP3 (true) and IMAP (false). */
final class AllMessagesTest {
    private static final String ONE = "Subject: one\r\nFrom: jill@example.org\r\n\r\nfirst\r\n";
    private static final String TWO = "Subject: two\r\nContent-Type: text/html\r\n\r\n<p>sec</p><p>ond</p>\r\n";
    private static final String LARGE = "Subject: large\r\n\r\n" + "x".repeat(100_001) + "\r\n";

    private final Mailboxes mailboxes = new Mailboxes();
    private final MailFacade mail = mailboxes.mail;

    @AfterEach
    void close() {
        mailboxes.close();
    }

    private List<Email> all(EmailReadOption... options) {
        List<Email> emails = mail.emailGetAll("jack", options);
        assertFalse(mail.errorOccurred(), mail.errorInfo());
        return emails;
    }

    private static List<String> subjects(List<Email> emails) {
        return emails.stream().map(Email::getSubject).toList();
    }

    private static long wholeMails(ScriptedMailbox server) {
        return server.lines().stream().filter(line -> line.startsWith("RETR") || line.contains("BODY.PEEK[]")).count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void headersComeAtOnceAndTheRestWhenItIsAskedFor(boolean pop3) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, ONE, TWO)) {
            mailboxes.start(pop3, server);
            List<Email> emails = all();
            assertEquals(List.of("one", "two"), subjects(emails));
            assertEquals("jill@example.org", emails.get(0).getSender());
            assertEquals(TWO.length(), emails.get(1).getSize());
            assertFalse(emails.get(1).getServerIdentifier().isEmpty() || emails.get(1).isSeen());
            assertEquals(0, wholeMails(server));
            assertEquals("<p>sec</p><p>ond</p>", emails.get(1).getHtml().strip());
            assertEquals("sec\n\nond", emails.get(1).getTextOfHtml());
            assertEquals(TWO, emails.get(1).getSource());
            assertEquals(1, wholeMails(server));
            assertEquals("first", emails.get(0).getMessage().strip());
            assertEquals(2, wholeMails(server));
            assertEquals(subjects(emails), subjects(all(ERT_HEADER)));
        }
    }

    @Test
    void manyHeadersOfImapCostFewRoundTrips() {
        String[] mails = IntStream.rangeClosed(1, 400).mapToObj(i -> "Subject: " + i + "\r\n\r\n")
                .toArray(String[]::new);
        try (ScriptedMailbox server = ScriptedMailbox.imap(mails)) {
            mailboxes.start(false, server);
            int lines = server.lines().size();
            assertEquals(400, all().size());
            assertTrue(server.lines().size() - lines <= 3, server.lines().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterTheSessionIsClosedTheRestIsAClearErrorAndWhatWasReadStays(boolean pop3) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, ONE, TWO)) {
            mailboxes.start(pop3, server);
            List<Email> emails = all();
            List<Email> onAccess = all(ERT_ASYNCHRONOUS);
            assertEquals("first", emails.get(0).getMessage().strip());
            mail.emailCloseSession("jack");
            assertEquals("first", emails.get(0).getMessage().strip());
            assertEquals("two", emails.get(1).getSubject());
            String error = assertThrows(IllegalStateException.class, () -> emails.get(1).getMessage()).getMessage();
            assertTrue(error.contains("\"jack\" can be read only while its session is open"), error);
            assertThrows(IllegalStateException.class, () -> emails.get(1).getAttach());
            assertThrows(IllegalStateException.class, () -> onAccess.get(1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void wholeMailsAreThereWithoutTheSession(boolean pop3) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, ONE, LARGE, TWO)) {
            mailboxes.start(pop3, server);
            List<Email> emails = all(ERT_FULL);
            mail.emailCloseSession("jack");
            assertEquals(List.of("one", "large", "two"), subjects(emails));
            assertEquals("first", emails.get(0).getMessage().strip());
            assertEquals("", emails.get(0).getError());
            assertTrue(emails.get(1).getError().contains(LARGE.length() + " octets"), emails.get(1).getError());
            assertThrows(IllegalStateException.class, () -> emails.get(1).getMessage());
            assertEquals("<p>sec</p><p>ond</p>", emails.get(2).getHtml().strip());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theListIsThereAtOnceAndItsMailsWhenTheyAreAskedFor(boolean pop3) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, ONE, TWO)) {
            mailboxes.start(pop3, server);
            List<Email> emails = all(ERT_ASYNCHRONOUS);
            assertEquals(2, emails.size());
            assertFalse(server.lines().stream().anyMatch(line -> line.startsWith("TOP") || line.contains("BODY")));
            assertEquals("two", emails.get(1).getSubject());
            assertEquals("first", emails.get(0).getMessage().strip());
            assertEquals("first", emails.get(0).getMessage().strip(), "the same mail");
            assertThrows(IndexOutOfBoundsException.class, () -> emails.get(2));
            List<Email> whole = all(ERT_ASYNCHRONOUS, ERT_FULL);
            assertEquals("one", whole.get(0).getSubject());
            mail.emailCloseSession("jack");
            assertEquals("first", whole.get(0).getMessage().strip());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deletedMailsAreLeftOutAndOneThatIsDeletedLaterIsGone(boolean pop3) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, ONE, TWO, ONE)) {
            mailboxes.start(pop3, server);
            mail.emailDeleteMessage("jack", 1);
            List<Email> emails = all();
            List<Email> onAccess = all(ERT_ASYNCHRONOUS);
            assertEquals(List.of("two", "one"), subjects(emails));
            mail.emailDeleteMessage("jack", 2);
            String error = assertThrows(IllegalStateException.class, () -> emails.get(0).getHtml()).getMessage();
            assertTrue(error.contains("mail 2 of \"jack\" cannot be read: it is gone"), error);
            assertEquals("first", emails.get(1).getMessage().strip());
            assertTrue(onAccess.get(0).isOut());
            assertEquals("first", onAccess.get(1).getMessage().strip());
        }
    }

    @Test
    void aMailKeepsItsIdentityWhenThoseBeforeItGo() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE, TWO)) {
            mailboxes.start(false, server);
            List<Email> emails = all();
            server.on("NOOP", StoreScript.sayBefore("* 1 EXPUNGE\r\n"));
            assertEquals(1, mail.emailMessageCount("jack"));
            assertEquals("<p>sec</p><p>ond</p>", emails.get(1).getHtml().strip());
            assertThrows(IllegalStateException.class, () -> emails.get(0).getMessage());
        }
    }

    @Test
    void onlyUnreadMailsWhereTheServerKnows() {
        try (ScriptedMailbox imap = ScriptedMailbox.imap(ONE, TWO); ScriptedMailbox pop = ScriptedMailbox.pop3(ONE)) {
            mailboxes.start(false, imap);
            assertTrue(mail.emailReadMessage("jack", 1));
            assertEquals(List.of("two"), subjects(all(ERT_NOT_READ)));
            assertEquals(List.of(), mail.emailGetAll(mailboxes.started(true, pop), ERT_NOT_READ));
            assertEquals(Code.BAD_ARGUMENT, mail.lastError().orElseThrow().code());
            assertTrue(mail.errorInfo().contains("opened with POP3, which does not know"), mail.errorInfo());
        }
    }

    @Test
    void whatIsSetIntoAMailWhoseRestIsStillToComeStays() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(TWO)) {
            mailboxes.start(false, server);
            Email email = all().get(0);
            email.setMessage("mine");
            email.setSubject("Re: two");
            assertEquals("<p>sec</p><p>ond</p>", email.getHtml().strip());
            assertEquals("mine", email.getMessage().strip());
            assertEquals("Re: two", email.getSubject());
            Email other = all().get(0);
            other.setSource("Subject: source\r\n\r\n");
            assertTrue(mail.emailImportSource(other));
            assertEquals("source", other.getSubject());
        }
    }

    @Test
    void anErrorIsAnEmptyList() {
        assertEquals(List.of(), mail.emailGetAll("jack"));
        assertEquals(Code.NO_SUCH_SESSION, mail.lastError().orElseThrow().code());
        assertEquals(List.of(), mail.emailGetAll("jack", (EmailReadOption[]) null));
        assertTrue(mail.errorInfo().contains("<Options> is null"), mail.errorInfo());
        assertEquals(List.of(), mail.emailGetAll("jack", (EmailReadOption) null));
        assertTrue(mail.errorInfo().contains("<Options> is null"), mail.errorInfo());
        try (ScriptedMailbox server = ScriptedMailbox.pop3(ONE).on("LIST", StoreScript.cut())) {
            mailboxes.start(true, server);
            assertEquals(List.of(), mail.emailGetAll("jack"));
            assertTrue(mail.errorOccurred());
        }
    }
}
