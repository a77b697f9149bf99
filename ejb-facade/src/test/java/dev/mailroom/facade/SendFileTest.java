package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Mail;
import dev.mailroom.facade.MailError.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EmailSend: a mail that is a file already. */
final class SendFileTest {
    private static final String HEADER = "From: Jack <jack@example.org>\r\n"
            + "To: jill@example.org,\r\n  doe@example.org\r\n";
    private static final String HIDDEN = "BCC: hidden@example.org,\r\n\tmore@example.org\r\n";
    private static final String REST = "Message-ID: <file@example.org>\r\nX-Odd:  as   it is \r\n\r\n"
            + "Bcc: in the body\r\n.dot\r\nno end of line";

    private final Bench bench = new Bench();
    private final MailFacade mail = bench.facade;

    @TempDir
    private Path directory;

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("mail.eml"), content, StandardCharsets.ISO_8859_1);
    }

    private Mail sent() {
        return bench.sessions.received.get(bench.sessions.received.size() - 1);
    }

    @Test
    void itTravelsAsItIsWithoutBccToWhomTheFileNames() throws IOException {
        mail.emailStartSMTPSession("jack", "mx.example.org");
        assertTrue(mail.emailSend("jack", file(HEADER + HIDDEN + REST)), mail.errorInfo());
        assertEquals(HEADER + REST, Bench.text(sent()));
        assertEquals((HEADER + REST).length(), sent().data().size());
        assertEquals("jack@example.org", sent().envelope().reversePath());
        assertEquals(List.of("jill@example.org", "doe@example.org", "hidden@example.org", "more@example.org"),
                sent().envelope().forwardPaths());
        assertEquals("file@example.org", mail.email().getId());
        assertEquals(4, mail.email().getRecipientOutcomes().size());
        assertFalse(sent().data().eightBit() || sent().envelope().utf8Header());
    }

    @Test
    void theStructureSaysWhoSendsItAndWhoGetsIt() throws IOException {
        EmailSMTPSession session = new EmailSMTPSession();
        session.setServerAddress("mx.example.org");
        assertTrue(mail.emailStartSession(session), mail.errorInfo());
        mail.email().setSender("bounces@example.org");
        mail.email().getBcc().add("only@example.org");
        assertTrue(mail.emailSend(session, file(HEADER + HIDDEN + REST)), mail.errorInfo());
        assertEquals("bounces@example.org", sent().envelope().reversePath());
        assertEquals(List.of("only@example.org"), sent().envelope().forwardPaths());
        assertEquals(HEADER + REST, Bench.text(sent()));
    }

    @Test
    void anAsynchronousOneGoesIntoTheSpool() throws IOException {
        mail.emailStartSMTPSession("jack", "mx.example.org", 25, true);
        mail.email().setIdempotencyKey("file 1");
        mail.email().setReference("4711");
        Path file = file("From: jack@example.org\nTo: jill@example.org\nBcc: h@example.org\n\n\u00e4\n");
        assertTrue(mail.emailSend("jack", file), mail.errorInfo());
        assertTrue(mail.email().getMailIdentifier() > 0);
    }

    @Test
    void octetsBeyondAsciiAreSeenWhereverTheyAre() throws IOException {
        mail.emailStartSMTPSession("jack", "mx.example.org");
        assertTrue(mail.emailSend("jack", file("From: a@example.org\r\nTo: b@example.org\r\n\r\n\u00e4\r\n")));
        assertTrue(sent().data().eightBit() && !sent().envelope().utf8Header());
        assertTrue(mail.emailSend("jack", file("From: a@example.org\nTo: b@example.org\nSubject: \u00e4\n\n")));
        assertTrue(sent().data().eightBit() && sent().envelope().utf8Header());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no header at all\r\n\r\n", " folded: first\r\n\r\n",
        "From jack@example.org Mon Jan\r\n"})
    void whatIsNoMailIsNamed(String content) throws IOException {
        mail.emailStartSMTPSession("jack", "mx.example.org");
        assertFalse(mail.emailSend("jack", file(content)));
        assertEquals(Code.BAD_ARGUMENT, mail.lastError().orElseThrow().code());
        assertTrue(mail.errorInfo().contains("mail.eml, which cannot be sent") && mail.errorInfo().contains(
                "its first line is no header field"), mail.errorInfo());
        assertTrue(bench.sessions.received.isEmpty());
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        mail.emailStartSMTPSession("jack", "mx.example.org");
        assertFalse(mail.emailSend("jack", directory.resolve("none.eml")));
        assertTrue(mail.errorInfo().contains("none.eml"), mail.errorInfo());
        assertFalse(mail.emailSend("jack", null));
        assertTrue(mail.errorInfo().contains("<File> is null"), mail.errorInfo());
        assertFalse(mail.emailSend("jack", file("From: jack@example.org\r\n\r\n")));
        assertTrue(mail.errorInfo().contains("at least one recipient"), mail.errorInfo());
        assertFalse(mail.emailSend("jack", file("To: jack@example.org\r\n\r\n")));
        assertTrue(mail.errorInfo().contains("Email.Sender"), mail.errorInfo());
        assertFalse(mail.emailSend("nobody", file(HEADER + REST)));
        assertEquals(Code.NO_SUCH_SESSION, mail.lastError().orElseThrow().code());
    }
}
