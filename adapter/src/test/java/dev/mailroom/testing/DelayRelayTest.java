package dev.mailroom.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DelayRelayTest {
    private static final Duration ONE_WAY = Duration.ofMillis(20);

    @Test
    void everyReplyTakesARoundTrip() throws IOException {
        try (var server = ScriptedSmtpServer.builder().start();
                var relay = DelayRelay.to(server.port(), ONE_WAY);
                var client = new RawClient(relay.port())) {
            client.reply();
            long start = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                client.ask("NOOP");
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(taken.compareTo(ONE_WAY.multipliedBy(10)) >= 0, taken.toString());
            assertEquals(5 * "NOOP\r\n".length(), relay.bytesToServer());
            assertEquals(1, relay.connections());
        }
    }

    @Test
    void manyBytesTravelAtOnceInOrder() throws IOException {
        byte[] content = new byte[8 << 20];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) ('a' + i % 23);
        }
        content[content.length - 2] = '\r';
        content[content.length - 1] = '\n';
        try (var server = ScriptedSmtpServer.builder().start();
                var relay = DelayRelay.to(server.port(), ONE_WAY);
                var client = new RawClient(relay.port())) {
            client.reply();
            client.ask("EHLO x");
            long start = System.nanoTime();
            client.write("MAIL FROM:<>\r\nRCPT TO:<b@x.org>\r\nBDAT " + content.length + " LAST\r\n"
                    + new String(content, StandardCharsets.US_ASCII));
            for (int i = 0; i < 3; i++) {
                client.reply();
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertArrayEquals(content, server.mails().get(0).content());
            // A relay that held one buffer a round trip would need more than 128 round trips: 5 s.
            assertTrue(taken.compareTo(Duration.ofSeconds(3)) < 0, taken.toString());
        }
    }

    @Test
    void endsTravelThrough() throws IOException {
        try (var server = ScriptedSmtpServer.builder().on(When.at(Step.NOOP).connection(1), Action.cut())
                .on(When.at(Step.NOOP).connection(2), Action.reset()).start();
                var relay = DelayRelay.to(server.port(), ONE_WAY)) {
            try (var client = new RawClient(relay.port())) {
                client.reply();
                client.write("NOOP\r\n");
                assertEquals("", client.rest());
            }
            try (var client = new RawClient(relay.port())) {
                client.reply();
                client.write("NOOP\r\n");
                assertThrows(IOException.class, client::rest);
            }
            server.awaitOpenConnections(0, Duration.ofSeconds(30));
            assertEquals(2, relay.connections());
        }
    }
}
