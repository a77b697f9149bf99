package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.MailError.Code;
import dev.mailroom.facade.option.EmailSeekPart;
import dev.mailroom.testing.ScriptedMailbox;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** EmailSeekFirst and EmailSeekNext, over POP3 (true) and IMAP (false). */
final class SeekMessagesTest {
    private static final String ONE = "Subject: =?utf-8?q?Rechnung_f=C3=BCr_M=C3=A4rz?=\r\n"
            + "Message-ID: <a1@example.org>\r\nFrom: Jill <jill@example.org>\r\n"
            + "To: jack@example.org\r\nCc: doe@example.org\r\n\r\na pail\r\n";
    private static final String TWO = "Subject: other\r\n\r\nof water\r\n";
    private static final String THREE = "Subject: invoice\r\n\r\nPAIL again\r\n";

    private final Mailboxes mailboxes = new Mailboxes();
    private final MailFacade mail = mailboxes.mail;

    @AfterEach
    void close() {
        mailboxes.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyMatchIsReadOnceAndThenTheEmailIsOut(boolean pop3) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, ONE, TWO, THREE)) {
            mailboxes.start(pop3, server);
            List<String> texts = new ArrayList<>();
            mail.emailSeekFirst("jack", EmailSeekPart.EMAIL_BODY, "pail");
            while (!mail.email().isOut()) {
                texts.add(mail.email().getMessage().strip());
                mail.emailSeekNext("jack");
            }
            assertFalse(mail.errorOccurred(), mail.errorInfo());
            assertEquals(List.of("a pail", "PAIL again"), texts);
            assertFalse(mail.emailSeekNext("jack"));
            assertTrue(mail.emailReadPrevious("jack"), mail.errorInfo());
            assertEquals("of water", mail.email().getMessage().strip(), "before the match that was read last");
        }
    }

    @ParameterizedTest
    @CsvSource({"SUBJECT,rechnung F\u00dcR", "FROM,JILL@example", "TO,jack@", "CC,doe@",
        "EMAIL_MESSAGE_ID,a1@example.org", "EMAIL_ALL,jill", "EMAIL_ALL,a pail", "EMAIL_BODY,A Pail"})
    void pop3LooksIntoTheDecodedPart(EmailSeekPart part, String text) {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(TWO, ONE)) {
            mailboxes.start(true, server);
            assertTrue(mail.emailSeekFirst("jack", part, text), mail.errorInfo());
            assertEquals("a1@example.org", mail.email().getId());
            assertFalse(mail.emailSeekNext("jack"));
            assertTrue(mail.email().isOut());
            boolean bodies = part == EmailSeekPart.EMAIL_ALL || part == EmailSeekPart.EMAIL_BODY;
            assertEquals(bodies, server.lines().contains("RETR 1"), server.lines().toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"EMAIL_NONE,ALL", "EMAIL_ALL,TEXT \"pail\"", "EMAIL_BODY,BODY \"pail\"", "SUBJECT,SUBJECT \"pail\"",
        "EMAIL_MESSAGE_ID,HEADER Message-ID \"pail\"", "FROM,FROM \"pail\"", "TO,TO \"pail\"", "CC,CC \"pail\""})
    void imapLetsTheServerLook(EmailSeekPart part, String command) {
        try (ScriptedMailbox server = ScriptedMailbox.imap(TWO, ONE)) {
            mailboxes.start(false, server);
            assertTrue(mail.emailSeekFirst("jack", part, "pail"), mail.errorInfo());
            assertTrue(server.lines().stream().anyMatch(line -> line.endsWith("UID SEARCH " + command)),
                    server.lines().toString());
        }
    }

    @Test
    void textBeyondAsciiIsUtf8() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(TWO)) {
            mailboxes.start(false, server);
            assertFalse(mail.emailSeekFirst("jack", EmailSeekPart.SUBJECT, "M\u00e4rz"));
            assertTrue(mail.email().isOut());
            assertFalse(mail.errorOccurred(), mail.errorInfo());
            assertTrue(server.lines().stream().anyMatch(line -> line.endsWith("SEARCH CHARSET UTF-8 SUBJECT {5}")));
        }
    }

    @Test
    void whatIsMissingOrNoTextIsNamed() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(TWO)) {
            mailboxes.start(false, server);
            assertFalse(mail.emailSeekNext("jack"));
            assertTrue(mail.errorInfo().contains("call emailSeekFirst"), mail.errorInfo());
            assertFalse(mail.emailSeekFirst("jack", null, "x"));
            assertTrue(mail.errorInfo().contains("<Part> is null"), mail.errorInfo());
            assertFalse(mail.emailSeekFirst("jack", EmailSeekPart.SUBJECT, null));
            assertTrue(mail.errorInfo().contains("<Text> is null"), mail.errorInfo());
            assertFalse(mail.emailSeekFirst("jack", EmailSeekPart.SUBJECT, ""));
            assertTrue(mail.errorInfo().contains("is empty"), mail.errorInfo());
            assertFalse(mail.emailSeekFirst("jack", EmailSeekPart.SUBJECT, "x\r\nm9 LOGOUT"));
            assertEquals(Code.BAD_ARGUMENT, mail.lastError().orElseThrow().code());
            assertTrue(mail.emailReadFirst("jack"), mail.errorInfo());
        }
    }
}
