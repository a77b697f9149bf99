package dev.mailroom.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PrivatePostfixIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static PrivatePostfix postfix;

    @BeforeAll
    static void start() {
        postfix = PrivatePostfix.startOrSkip();
    }

    @AfterAll
    static void stop() {
        if (postfix != null) {
            postfix.close();
        }
    }

    @Test
    void aMailPassesUnchanged() throws IOException {
        String content = "Subject: x\r\nBcc: kept@x.org\r\n\r\n..\r\n..dot\r\n"
                + "long".repeat(2000) + "\r\n\u00e4\r\n";
        try (RawClient client = new RawClient(postfix.plainPort())) {
            assertTrue(client.reply().startsWith("220 " + PostfixFiles.HOST));
            String extensions = client.ask("EHLO client.test");
            for (String keyword : List.of("PIPELINING", "CHUNKING", "8BITMIME", "SMTPUTF8", "DSN", "SIZE 100000000")) {
                assertTrue(extensions.contains(keyword), extensions);
            }
            assertTrue(!extensions.contains("STARTTLS") && !extensions.contains("AUTH"), extensions);
            send(client, "plain@x.org", content);
        }
        ReceivedMail mail = arrived("plain@x.org");
        assertArrayEquals(content.replace("\r\n.", "\r\n").getBytes(StandardCharsets.ISO_8859_1), mail.content());
    }

    @Test
    void submissionWantsTlsThenThePassword() throws IOException {
        try (RawClient client = new RawClient(postfix.submissionPort())) {
            client.reply();
            assertTrue(!client.ask("EHLO client.test").contains("AUTH"));
            expect("530 5.7.0", client.ask("MAIL FROM:<a@x.org>"));
            expect("220", client.ask("STARTTLS"));
            client.handshake(TestCertificates.get().trusting(), "localhost");
            assertTrue(client.ask("EHLO client.test").contains("AUTH"));
            expect("535 5.7.8", client.ask("AUTH PLAIN " + plain("wrong")));
            expect("235", client.ask("AUTH PLAIN " + plain(PrivatePostfix.PASSWORD)));
            send(client, "submission@x.org", "Subject: x\r\n\r\nx\r\n");
        }
        arrived("submission@x.org");
    }

    @Test
    void smtpsWantsThePassword() throws IOException {
        try (RawClient client = new RawClient(postfix.smtpsPort())) {
            client.handshake(TestCertificates.get().trusting(), "127.0.0.1");
            client.reply();
            assertTrue(client.ask("EHLO client.test").contains("AUTH"));
            client.ask("MAIL FROM:<a@x.org>");
            expect("554 5.7.1", client.ask("RCPT TO:<b@x.org>"));
            client.ask("RSET");
            expect("334", client.ask("AUTH LOGIN"));
            expect("334", client.ask(base64(PrivatePostfix.USER)));
            expect("235", client.ask(base64(PrivatePostfix.PASSWORD)));
            send(client, "smtps@x.org", "Subject: x\r\n\r\nx\r\n");
        }
        arrived("smtps@x.org");
    }

    private static void send(RawClient client, String recipient, String stuffed) throws IOException {
        expect("250", client.ask("MAIL FROM:<a@x.org> BODY=8BITMIME"));
        expect("250", client.ask("RCPT TO:<" + recipient + ">"));
        expect("354", client.ask("DATA"));
        expect("250", client.ask(stuffed + "."));
    }

    private static void expect(String start, String reply) {
        assertTrue(reply.startsWith(start), () -> reply + "\n" + postfix.log());
    }

    private static ReceivedMail arrived(String recipient) {
        postfix.receiver().await("a mail for " + recipient, () -> find(recipient).size() == 1, SOON);
        ReceivedMail mail = find(recipient).get(0);
        assertEquals("a@x.org", mail.reversePath());
        return mail;
    }

    private static List<ReceivedMail> find(String recipient) {
        return postfix.receiver().mails().stream().filter(m -> m.recipientPaths().contains(recipient)).toList();
    }

    private static String plain(String password) {
        return base64("\0" + PrivatePostfix.USER + "\0" + password);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
