package dev.mailroom.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

class CountingSinkTest {
    private static final String ENVELOPE = "MAIL FROM:<>\r\nRCPT TO:<b@x.org>\r\n";

    @Test
    void mailsAndFlightsAreCounted() throws IOException {
        try (var sink = CountingSink.start(SinkSettings.ALL); var client = greeted(sink.port())) {
            SinkCounts before = sink.counts();
            client.write(ENVELOPE + "DATA\r\n");
            answers(client, "250", "250", "354");
            client.write(".\r\n" + ENVELOPE + "DATA\r\n");
            answers(client, "250", "250", "250", "354");
            client.write("a\r\n..\r\n.b\r\n.\r\r\n\r\n.\r\n" + ENVELOPE + "BDAT 3\r\n.\r\nBDAT 0 LAST\r\n");
            answers(client, "250", "250", "250", "250", "250");
            SinkCounts counts = sink.counts().since(before);
            assertEquals(new SinkCounts(0, 3, counts.bytes(), 3), counts);
            assertEquals(1, sink.counts().connections());
        }
    }

    @Test
    void theEndOfAMailIsFoundWhereverItIsCut() throws IOException {
        String content = "x".repeat(100) + "\r\n..\r\n.\r\n";
        try (var sink = CountingSink.start(SinkSettings.ALL); var client = greeted(sink.port())) {
            for (int cut = 100; cut < content.length(); cut++) {
                client.write(ENVELOPE + "DATA\r\n" + content.substring(0, cut));
                answers(client, "250", "250", "354");
                client.write(content.substring(cut));
                answers(client, "250");
            }
            client.write(ENVELOPE + "DATA\r\n" + "y\r\n".repeat(100_000));
            answers(client, "250", "250", "354");
            client.write(".\r\n");
            answers(client, "250");
            assertEquals(content.length() - 100 + 1, sink.counts().mails());
        }
    }

    @Test
    void bytesThatCannotBeAnAnswerCountNoFlight() throws IOException {
        SinkSettings far = SinkSettings.ALL.behind(Duration.ofMinutes(1));
        try (var sink = CountingSink.start(far); var client = greeted(sink.port())) {
            client.ask("NOOP");
            client.ask("NOOP");
            assertEquals(1, sink.counts().flights());
        }
    }

    @Test
    void itRunsInAProcessOfItsOwnWithTlsAndAuth() throws IOException, GeneralSecurityException {
        SinkSettings settings = SinkSettings.ALL.without("CHUNKING").with(SinkSettings.Tls.STARTTLS).withAuth();
        try (var sink = SinkProcess.start(settings); var client = greeted(sink.port())) {
            assertTrue(client.ask("STARTTLS").startsWith("220"));
            client.handshake(trusting(KeyStore.getInstance(sink.trustStore().orElseThrow().toFile(),
                    TestCertificates.get().password().toCharArray())), "localhost");
            String extensions = client.ask("EHLO x");
            assertTrue(extensions.endsWith("250 AUTH PLAIN LOGIN"), extensions);
            assertTrue(!extensions.contains("CHUNKING") && !extensions.contains("STARTTLS"), extensions);
            assertTrue(client.ask("AUTH LOGIN").startsWith("334"));
            assertTrue(client.ask("eA==").startsWith("334"));
            assertTrue(client.ask("eA==").startsWith("235"));
            client.write(ENVELOPE + "DATA\r\n");
            answers(client, "250", "250", "354");
            assertTrue(client.ask("x\r\n.").startsWith("250"));
            assertEquals(1, sink.counts().mails());
            assertTrue(client.ask("QUIT").startsWith("221"));
        }
    }

    private static RawClient greeted(int port) throws IOException {
        RawClient client = new RawClient(port);
        client.reply();
        client.ask("EHLO x");
        return client;
    }

    private static void answers(RawClient client, String... codes) throws IOException {
        for (String code : codes) {
            assertEquals(code, client.reply().substring(0, 3), List.of(codes).toString());
        }
    }

    private static SSLContext trusting(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
