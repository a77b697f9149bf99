package dev.mailroom.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class ScriptedSmtpServerTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void aMailArrivesAsItWasSent() throws IOException {
        try (var server = ScriptedSmtpServer.builder().start(); var client = greeted(server)) {
            client.ask("MAIL FROM:<ann@x.org> SIZE=100 BODY=8BITMIME");
            client.ask("RCPT TO:<bob@x.org> NOTIFY=NEVER");
            assertEquals("354 End with a lone dot", client.ask("DATA"));
            assertEquals("250 2.0.0 Accepted", client.ask("..\r\na\u00e4b\r\n..x\r\n."));
            ReceivedMail mail = server.awaitMails(1, SOON).get(0);
            assertArrayEquals(".\r\na\u00e4b\r\n.x\r\n".getBytes(StandardCharsets.ISO_8859_1), mail.content());
            assertEquals("ann@x.org", mail.reversePath());
            assertEquals(List.of("SIZE=100", "BODY=8BITMIME"), mail.parameters());
            assertEquals(List.of(new ReceivedMail.Recipient("bob@x.org", List.of("NOTIFY=NEVER"))), mail.recipients());
            assertEquals(List.of(), server.violations());
        }
    }

    @Test
    void groupsAreAnsweredInOrderAndCountAsOneFlight() throws IOException {
        try (var server = ScriptedSmtpServer.builder().reply(Step.RCPT, "no@x.org", "550 5.1.1 Unknown").start();
                var client = greeted(server)) {
            long before = server.flights();
            client.write("MAIL FROM:<>\r\nRCPT TO:<no@x.org>\r\nRCPT TO:<b@x.org>\r\nDATA\r\n");
            assertEquals(List.of("250", "550", "250", "354"), codes(client, 4));
            client.write("x\r\n.\r\nMAIL FROM:<>\r\nRCPT TO:<c@x.org>\r\nDATA\r\n");
            assertEquals(List.of("250", "250", "250", "354"), codes(client, 4));
            client.ask("y\r\n.");
            assertEquals(3, server.flights() - before);
            assertEquals(List.of("b@x.org"), server.mails().get(0).recipientPaths());
            assertEquals(2, server.mailCount());
        }
    }

    @Test
    void chunksMakeAMail() throws IOException {
        try (var server = ScriptedSmtpServer.builder().start(); var client = greeted(server)) {
            long before = server.flights();
            client.write("MAIL FROM:<>\r\nRCPT TO:<b@x.org>\r\nBDAT 4\r\n.\r\nxBDAT 3 LAST\r\ny\r\n");
            assertEquals(List.of("250", "250", "250", "250"), codes(client, 4));
            assertEquals(1, server.flights() - before);
            assertEquals(".\r\nxy\r\n", server.mails().get(0).text());
        }
    }

    @Test
    void aRefusedChunkIsStillReadAndNeedsReset() throws IOException {
        try (var server = ScriptedSmtpServer.builder().reply(Step.BDAT, "4", "451 4.3.0 Full").start();
                var client = greeted(server)) {
            client.write("MAIL FROM:<>\r\nRCPT TO:<b@x.org>\r\nBDAT 4\r\nQUITBDAT 0 LAST\r\nRSET\r\nNOOP\r\n");
            assertEquals(List.of("250", "250", "451", "503", "250", "250"), codes(client, 6));
            assertEquals(0, server.mailCount());
        }
    }

    @Test
    void passwordsAreCheckedByEveryMechanism() throws IOException {
        try (var server = ScriptedSmtpServer.builder().user("ann", "secret").token("ann", "t0k").start();
                var client = greeted(server)) {
            assertEquals("530 5.7.0 Authentication required", client.ask("MAIL FROM:<>"));
            assertTrue(client.ask("AUTH PLAIN " + base64("\0ann\0wrong")).startsWith("535"));
            assertTrue(client.ask("AUTH XOAUTH2 " + base64("user=ann\1auth=Bearer no\1\1")).startsWith("334"));
            assertTrue(client.ask("").startsWith("535"));
            assertEquals("334 VXNlcm5hbWU6", client.ask("AUTH LOGIN"));
            assertTrue(client.ask(base64("ann")).startsWith("334"));
            assertEquals("235 2.7.0 Authenticated", client.ask(base64("secret")));
            assertEquals(List.of(new AuthAttempt("PLAIN", "ann", "wrong", false),
                    new AuthAttempt("XOAUTH2", "ann", "no", false), new AuthAttempt("LOGIN", "ann", "secret", true)),
                    server.authAttempts());
            assertEquals("AUTH PLAIN ***", server.connection(1).commands().get(2));
        }
    }

    @Test
    void startTlsForgetsWhatWasSaidBefore() throws IOException {
        TestCertificates certificates = TestCertificates.get();
        try (var server = ScriptedSmtpServer.builder().user("ann", "secret").startTls(certificates.good()).start();
                var client = new RawClient(server.port())) {
            client.reply();
            assertTrue(!client.ask("EHLO c").contains("AUTH"));
            client.ask("STARTTLS");
            client.handshake(certificates.trusting(), "localhost");
            assertTrue(client.ask("MAIL FROM:<>").startsWith("503"));
            assertTrue(client.ask("EHLO c").endsWith("250 AUTH PLAIN LOGIN"));
            assertEquals(1, server.tlsSessions());
        }
    }

    @Test
    void aScriptedConnectionIsCutAndTheNextIsServed() throws IOException {
        try (var server = ScriptedSmtpServer.builder()
                .on(When.at(Step.MAIL).connection(1), Action.cut())
                .on(When.at(Step.MAIL).connection(2), Action.reset()).start()) {
            try (var client = greeted(server)) {
                client.write("MAIL FROM:<>\r\n");
                assertEquals("", client.rest());
            }
            try (var client = greeted(server)) {
                client.write("MAIL FROM:<>\r\n");
                assertThrows(SocketException.class, client::rest);
            }
            try (var client = greeted(server)) {
                assertEquals("250 2.1.0 Ok", client.ask("MAIL FROM:<>"));
            }
            server.awaitOpenConnections(0, SOON);
            assertEquals(3, server.connectionsOpened());
        }
    }

    @Test
    void aMailCanBeAcceptedWithoutAReply() throws IOException {
        try (var server = ScriptedSmtpServer.builder().on(Step.FINAL_DOT, Action.cut().countsAs(250)).start();
                var client = greeted(server)) {
            client.write("MAIL FROM:<>\r\nRCPT TO:<b@x.org>\r\nDATA\r\n");
            codes(client, 3);
            client.write("x\r\n.\r\n");
            assertEquals("", client.rest());
            assertEquals(1, server.mailCount());
        }
    }

    @Test
    void theContentCanBeAnsweredEarly() throws IOException {
        try (var server = ScriptedSmtpServer.builder()
                .on(Step.CONTENT, Action.reply("552 5.3.4 Enough").afterBytes(5)).start();
                var client = greeted(server)) {
            client.write("MAIL FROM:<>\r\nRCPT TO:<b@x.org>\r\nDATA\r\n");
            codes(client, 3);
            client.write("12345");
            assertEquals("552 5.3.4 Enough", client.reply());
            client.write("67\r\n.\r\nNOOP\r\n");
            assertEquals("250 2.0.0 Ok", client.reply());
            assertEquals(552, server.refusedMails().get(0).code());
        }
    }

    @Test
    void repliesCanBeRawSplitOrMissing() throws IOException {
        try (var server = ScriptedSmtpServer.builder().pieceSize(1)
                .on(When.at(Step.NOOP).nth(1), Action.raw("250 one\r\n250 surplus\r\n"))
                .on(When.at(Step.NOOP).nth(2), Action.pieces(Duration.ofMillis(1), "250-a\r\n250 b\r\n", 6, 3))
                .on(When.at(Step.NOOP).nth(3), Action.silence()).start();
                var client = greeted(server)) {
            assertEquals("250 one", client.ask("NOOP"));
            assertEquals("250 surplus", client.ask("NOOP"));
            assertEquals("250-a\n250 b", client.reply());
            client.readTimeout(50);
            assertThrows(SocketTimeoutException.class, () -> client.ask("NOOP"));
        }
    }

    @Test
    void anIdleClientIsToldAndCutOff() throws IOException {
        try (var server = ScriptedSmtpServer.builder().start(); var client = greeted(server)) {
            server.hangUp("421 4.3.2 Closing");
            assertEquals("421 4.3.2 Closing\r\n", client.rest());
        }
        try (var server = ScriptedSmtpServer.builder().idleTimeout(Duration.ofMillis(20)).start();
                var client = greeted(server)) {
            assertEquals("421 4.4.2 Idle for too long\r\n", client.rest());
            server.awaitOpenConnections(0, SOON);
        }
    }

    @Test
    void silentDeafAndEndlessConnectionsEndWithTheServer() throws IOException {
        var server = ScriptedSmtpServer.builder()
                .on(When.at(Step.NOOP).connection(1), Action.silence())
                .on(When.at(Step.NOOP).connection(2), Action.deafness())
                .on(When.at(Step.NOOP).connection(3), Action.endless("250-again\r\n")).start();
        try (var silent = greeted(server); var deaf = greeted(server); var endless = greeted(server)) {
            for (RawClient client : List.of(silent, deaf, endless)) {
                client.write("NOOP\r\n");
            }
            server.await("three commands", () -> server.connections().stream()
                    .allMatch(log -> log.commands().contains("NOOP")), SOON);
            assertEquals(3, server.connectionsOpen());
            server.close();
            server.awaitOpenConnections(0, SOON);
            assertEquals(3, server.mostConnectionsOpen());
        }
    }

    @Test
    void theHandshakeAndWhatComesBeforeItCanLie() throws IOException {
        TestCertificates certificates = TestCertificates.get();
        try (var server = ScriptedSmtpServer.builder().startTls(certificates.good())
                .on(When.at(Step.STARTTLS).connection(1), Action.raw("220 Go ahead\r\n250 injected\r\n"))
                .on(When.at(Step.TLS_HANDSHAKE).connection(2), Action.raw("this is not TLS")).start()) {
            try (var client = greeted(server)) {
                assertEquals("220 Go ahead", client.ask("STARTTLS"));
                assertEquals("250 injected", client.reply());
                client.handshake(certificates.trusting(), "localhost");
                assertTrue(client.ask("EHLO x").startsWith("250-"));
            }
            try (var client = greeted(server)) {
                client.ask("STARTTLS");
                assertThrows(SSLException.class, () -> client.handshake(certificates.trusting(), "localhost"));
            }
        }
    }

    @Test
    void limitsAndExtensionsAreKept() throws IOException {
        try (var server = ScriptedSmtpServer.builder().keywords("SIZE 10").start(); var client = greeted(server)) {
            assertTrue(client.ask("MAIL FROM:<> SIZE=11").startsWith("552"));
            assertTrue(client.ask("MAIL FROM:<> BODY=8BITMIME").startsWith("555"));
            assertTrue(client.ask("BDAT 0 LAST").startsWith("503"));
            client.ask("MAIL FROM:<>");
            assertTrue(client.ask("DATA").startsWith("554"));
            client.ask("RCPT TO:<b@x.org>");
            client.ask("DATA");
            assertTrue(client.ask("12345678901\r\n.").startsWith("552"));
        }
    }

    @Test
    void rulesChangeWhileTheServerRuns() throws IOException {
        try (var server = ScriptedSmtpServer.builder().reply(Step.NOOP, "450 4.0.0 Later").start();
                var client = greeted(server)) {
            assertEquals("450 4.0.0 Later", client.ask("NOOP"));
            server.on(When.at(Step.NOOP).nth(2), Action.reply("550-5.0.0 Never", "550 5.0.0 ever"));
            assertEquals("550-5.0.0 Never\n550 5.0.0 ever", client.ask("NOOP"));
            server.behave();
            assertEquals("250 2.0.0 Ok", client.ask("NOOP"));
            server.script(occasion -> Optional.of(Action.reply("25" + occasion.nth() + " " + occasion.step())));
            assertEquals("254 NOOP", client.ask("NOOP"));
            assertEquals("251 RSET", client.ask("RSET"));
        }
    }

    @Test
    void clientsThatDoNotWaitAreReported() throws IOException {
        try (var server = ScriptedSmtpServer.builder().without("PIPELINING").start(); var client = greeted(server)) {
            client.write("MAIL FROM:<>\r\nRCPT TO:<b@x.org>\r\n");
            codes(client, 2);
            assertEquals(1, server.violations().size());
        }
    }

    private static RawClient greeted(ScriptedSmtpServer server) throws IOException {
        RawClient client = new RawClient(server.port());
        assertTrue(client.reply().startsWith("220 "));
        assertTrue(client.ask("EHLO client.test").startsWith("250-"));
        return client;
    }

    private static List<String> codes(RawClient client, int count) throws IOException {
        String[] codes = new String[count];
        for (int i = 0; i < count; i++) {
            codes[i] = client.reply().substring(0, 3);
        }
        return List.of(codes);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
