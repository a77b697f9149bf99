package dev.mailroom.spool.drain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.MailData;
import dev.mailroom.SmtpException;
import dev.mailroom.mime.Composer;
import dev.mailroom.mime.Draft;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.testing.ScriptedSmtpServer;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mails that need 8 bits and a server that takes 7, through the whole stack. */
@Timeout(180)
class SevenBitServerTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private final Composer composer = new Composer(Clock.systemUTC(), new SecureRandom());

    @TempDir
    private Path directory;

    private DrainStack stack() throws Exception {
        return new DrainStack(EmbeddedDatabase.open(directory.resolve("spool")), new SpoolListener() { });
    }

    private static Object content(ScriptedSmtpServer server) throws Exception {
        byte[] mail = server.mails().get(0).content();
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)).getContent();
    }

    @Test
    void aSpooledMailOfAnySizeArrivesInSevenBitsAndSaysTheSame() throws Exception {
        String text = "Grüße aus 東京\r\n".repeat(20_000);
        byte[] raw = ("Subject: x\r\n\r\n" + text).getBytes(UTF_8);
        try (var server = ScriptedSmtpServer.builder().without("8BITMIME").start();
                var stack = stack()) {
            stack.open("ann", server.port());
            stack.spool("ann", 1, MailData.of(raw));
            stack.drain(Duration.ofMillis(100));
            server.await("the mail", () -> server.mailCount() == 1, SOON);
            assertEquals(text, content(server));
            assertEquals(List.of(), server.violations());
        }
    }

    @Test
    void whereEightBitsAreTakenASpooledMailArrivesAsItIs() throws Exception {
        byte[] raw = ("Subject: x\r\n\r\n" + "Grüße\r\n".repeat(20_000)).getBytes(UTF_8);
        try (var server = ScriptedSmtpServer.builder().start();
                var stack = stack()) {
            stack.open("ann", server.port());
            stack.spool("ann", 1, MailData.of(raw));
            stack.drain(Duration.ofMillis(100));
            server.await("the mail", () -> server.mailCount() == 1, SOON);
            assertArrayEquals(raw, server.mails().get(0).content());
            assertTrue(server.mails().get(0).parameters().contains("BODY=8BITMIME"));
        }
    }

    @Test
    void aComposedMailNeedsNoMoreThanSevenBitsUnlessAnAddressDoes() throws Exception {
        try (var server = ScriptedSmtpServer.builder().without("8BITMIME", "SMTPUTF8").start();
                var stack = stack()) {
            var session = stack.open("ann", server.port());
            session.send(composer.compose(Draft.of("Jürgen <a@x.org>", List.of("b@x.org"), "Grüße", "Tschüß")).mail());
            assertEquals("Tschüß", ((String) content(server)).strip());
            var mail = composer.compose(Draft.of("a@x.org", List.of("jürgen@x.org"), "x", "y")).mail();
            var e = assertThrows(SmtpException.class, () -> session.send(mail));
            assertTrue(e.getMessage().contains("does not offer SMTPUTF8"), e.getMessage());
            assertEquals(1, server.mailCount());
            assertEquals(List.of(), server.violations());
        }
    }
}
