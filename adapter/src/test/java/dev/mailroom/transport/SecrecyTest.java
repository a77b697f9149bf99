package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything is logged that can be; nothing secret and no content is in it. */
class SecrecyTest {
    private final Logger root = Logger.getLogger("");
    private final Logger dialogue = Logger.getLogger("dev.mailroom.smtp");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void listen() {
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        dialogue.setLevel(Level.ALL);
    }

    @AfterEach
    void stop() {
        root.removeHandler(handler);
        dialogue.setLevel(null);
    }

    @Test
    void theLogShowsTheDialogueWithoutSecretsAndContent() throws SmtpException {
        try (var factory = Sessions.factory()) {
            for (String mechanism : List.of("PLAIN", "LOGIN", "XOAUTH2")) {
                try (var server = ScriptedSmtpServer.builder().user("bob", "hunter-two").token("bob", "hunter-two")
                        .mechanisms(mechanism).start()) {
                    SmtpSettings settings = Sessions.to(server).withSecret(mechanism.equals("XOAUTH2")
                            ? Secret.accessToken("hunter-two") : Secret.password("hunter-two"));
                    SmtpTransport link = factory.open(settings, Deadline.NEVER);
                    link.send(Sessions.mail("Dear Carl, the code is 4711", "carl@x.org"), Deadline.NEVER);
                    link.close();
                    assertEquals(1, server.mailCount());
                }
            }
        }
        String all = String.join("\n", lines);
        assertTrue(all.contains("C: AUTH PLAIN ***") && all.contains("C: MAIL FROM:<ann@x.org>"), all);
        assertTrue(all.contains("S: 235"), all);
        for (String secret : List.of("hunter-two", base64("hunter-two"), base64("\0bob\0hunter-two"),
                base64("user=bob\1auth=Bearer hunter-two\1\1"), "4711")) {
            assertFalse(all.contains(secret), all);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
