package dev.mailroom.console.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Secret;
import dev.mailroom.console.ConsoleSettings;
import dev.mailroom.console.MailboxPorts;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DevelopmentMailServerTest {
    private static ConsoleSettings settings(int port, int keep) {
        return new ConsoleSettings(Secret.none(), true,
                new MailboxPorts(port, OptionalInt.of(0), OptionalInt.of(0)), keep, 1_024, 1_024, false);
    }

    private static List<StoredMail> mails(DevelopmentMailServer mailbox) {
        return mailbox.newestFirst().toList();
    }

    private static void send(DevelopmentMailServer mailbox, String subject, String... recipients)
            throws MessagingException {
        MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()));
        mail.setSubject(subject, "UTF-8");
        mail.setFrom("me@example.org");
        mail.setRecipients(Message.RecipientType.TO, recipients[0]);
        mail.setText("text", "UTF-8");
        mail.saveChanges();
        InternetAddress[] envelope = InternetAddress.parse(String.join(",", recipients));
        try (Transport transport = Session.getInstance(new Properties()).getTransport("smtp")) {
            transport.connect(DevelopmentMailServer.HOST, mailbox.port(), "anybody", "anything");
            transport.sendMessage(mail, envelope);
        }
    }

    @Test
    void aMailIsKeptOnceWithItsWholeEnvelope() throws Exception {
        try (DevelopmentMailServer mailbox = DevelopmentMailServer.start(settings(0, 10))) {
            send(mailbox, "Grüße", "you@example.org", "hidden@example.com", "third@example.net");
            assertEquals(1, mails(mailbox).size());
            StoredMail mail = mails(mailbox).get(0);
            assertEquals("me@example.org", mail.reversePath());
            assertEquals(List.of("hidden@example.com", "third@example.net", "you@example.org"),
                    mail.forwardPaths().stream().sorted().toList());
            assertEquals("Grüße", MailView.of(mail).subject());
        }
    }

    @Test
    void onlyTheNewestMailsAreKeptNewestFirst() throws Exception {
        try (DevelopmentMailServer mailbox = DevelopmentMailServer.start(settings(0, 2))) {
            send(mailbox, "first", "you@example.org");
            send(mailbox, "second", "you@example.org");
            send(mailbox, "third", "you@example.org");
            assertEquals(List.of("third", "second"),
                    mailbox.newestFirst().map(mail -> MailView.of(mail).subject()).toList());
            mailbox.clear();
            assertEquals(List.of(), mails(mailbox));
        }
    }

    /** Everything that the server says, until it hangs up or the client does. */
    private static String dialogue(DevelopmentMailServer mailbox, String said) throws IOException {
        try (Socket client = new Socket(DevelopmentMailServer.HOST, mailbox.port())) {
            client.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void aMailThatWouldFillTheMemoryIsRefusedAndTheNextOneIsTaken() throws Exception {
        try (DevelopmentMailServer mailbox = DevelopmentMailServer.start(settings(0, 10),
                new MailboxBounds(10, 10_000))) {
            String said = dialogue(mailbox, "HELO x\r\nMAIL FROM:<me@example.org>\r\nRCPT TO:<you@example.org>\r\n"
                    + "DATA\r\n" + "0123456789\r\n".repeat(3_000) + ".\r\n");
            assertTrue(said.contains("552 5.3.4"), said);
            assertEquals(List.of(), mails(mailbox));
            send(mailbox, "short", "you@example.org");
            assertEquals(1, mails(mailbox).size());
        }
    }

    @Test
    void connectionsAboveTheBoundAreToldSoAndFreePlacesAreFoundAgain() throws Exception {
        try (DevelopmentMailServer mailbox = DevelopmentMailServer.start(settings(0, 10),
                new MailboxBounds(1, 100_000))) {
            try (Socket first = new Socket(DevelopmentMailServer.HOST, mailbox.port())) {
                assertEquals('2', first.getInputStream().read());
                try (Socket second = new Socket(DevelopmentMailServer.HOST, mailbox.port())) {
                    String refusal = new String(second.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                    assertTrue(refusal.startsWith("421 4.3.2"), refusal);
                }
                first.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
                first.getInputStream().readAllBytes();
            }
            for (int i = 0; i < 3; i++) {
                send(mailbox, "again", "you@example.org");
            }
            assertEquals(3, mails(mailbox).size());
        }
    }

    @Test
    void aBusyPortIsSaidPlainly() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName(DevelopmentMailServer.HOST))) {
            String message = assertThrows(IllegalStateException.class,
                    () -> DevelopmentMailServer.start(settings(busy.getLocalPort(), 1))).getMessage();
            assertTrue(message.contains("127.0.0.1:" + busy.getLocalPort()), message);
            assertTrue(message.contains("mailroom.console.mailbox-port"), message);
        }
    }

    @Test
    void aClosedMailboxListensNoMore() {
        DevelopmentMailServer mailbox = DevelopmentMailServer.start(settings(0, 1));
        int port = mailbox.port();
        mailbox.close();
        assertThrows(IOException.class, () -> new Socket(DevelopmentMailServer.HOST, port).close());
    }
}
