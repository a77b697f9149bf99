package dev.mailroom.console.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Secret;
import dev.mailroom.console.ConsoleSettings;
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
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static ConsoleSettings settings(int port, int keep) {
        return new ConsoleSettings(Secret.none(), true, port, keep, 1_024);
    }

    private static void send(Mailbox mailbox, String subject, String... recipients) throws MessagingException {
        MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()));
        mail.setSubject(subject, "UTF-8");
        mail.setFrom("me@example.org");
        mail.setRecipients(Message.RecipientType.TO, recipients[0]);
        mail.setText("text", "UTF-8");
        mail.saveChanges();
        InternetAddress[] envelope = InternetAddress.parse(String.join(",", recipients));
        try (Transport transport = Session.getInstance(new Properties()).getTransport("smtp")) {
            transport.connect(Mailbox.HOST, mailbox.port(), "anybody", "anything");
            transport.sendMessage(mail, envelope);
        }
    }

    @Test
    void aMailIsKeptOnceWithItsWholeEnvelope() throws Exception {
        try (Mailbox mailbox = Mailbox.start(settings(0, 10))) {
            send(mailbox, "Grüße", "you@example.org", "hidden@example.com", "third@example.net");
            assertEquals(1, mailbox.newestFirst().size());
            ReceivedMail mail = mailbox.newestFirst().get(0);
            assertEquals("me@example.org", mail.reversePath());
            assertEquals(List.of("hidden@example.com", "third@example.net", "you@example.org"),
                    mail.forwardPaths().stream().sorted().toList());
            assertEquals("Grüße", MailView.of(mail).subject());
        }
    }

    @Test
    void onlyTheNewestMailsAreKeptNewestFirst() throws Exception {
        try (Mailbox mailbox = Mailbox.start(settings(0, 2))) {
            send(mailbox, "first", "you@example.org");
            send(mailbox, "second", "you@example.org");
            send(mailbox, "third", "you@example.org");
            assertEquals(List.of("third", "second"),
                    mailbox.newestFirst().stream().map(mail -> MailView.of(mail).subject()).toList());
            mailbox.clear();
            assertEquals(List.of(), mailbox.newestFirst());
        }
    }

    @Test
    void aBusyPortIsSaidPlainly() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName(Mailbox.HOST))) {
            String message = assertThrows(IllegalStateException.class,
                    () -> Mailbox.start(settings(busy.getLocalPort(), 1))).getMessage();
            assertTrue(message.contains("127.0.0.1:" + busy.getLocalPort()), message);
            assertTrue(message.contains("mailroom.console.mailbox-port"), message);
        }
    }

    @Test
    void aClosedMailboxListensNoMore() {
        Mailbox mailbox = Mailbox.start(settings(0, 1));
        int port = mailbox.port();
        mailbox.close();
        assertThrows(IOException.class, () -> new Socket(Mailbox.HOST, port).close());
    }
}
