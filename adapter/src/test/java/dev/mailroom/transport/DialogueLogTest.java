package dev.mailroom.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.testing.LogCapture;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.ScriptedSmtpServerBuilder;
import dev.mailroom.testing.Step;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialogueLogTest {
    private static final String PASSWORD = "hush-hush 4711";
    private static final List<String> FORMS = List.of(PASSWORD, base64(PASSWORD), base64("\0bob\0" + PASSWORD),
            base64("user=bob\1auth=Bearer " + PASSWORD + "\1\1"));

    @Test
    void atDebugTheDialogueIsThereAndNoMechanismShowsTheSecret() throws Exception {
        for (String mechanism : List.of("PLAIN", "LOGIN", "XOAUTH2")) {
            boolean token = mechanism.equals("XOAUTH2");
            ScriptedSmtpServerBuilder builder = ScriptedSmtpServer.builder().mechanisms(mechanism);
            List<String> lines = dialogue(
                    token ? builder.token("bob", PASSWORD) : builder.user("bob", PASSWORD),
                    token ? Secret.accessToken(PASSWORD) : Secret.password(PASSWORD));
            assertTrue(lines.stream().anyMatch(line -> line.endsWith("C: AUTH " + mechanism + " ***")),
                    lines.toString());
            assertTrue(lines.stream().anyMatch(line -> line.contains("S: 235")), lines.toString());
            assertTrue(lines.stream().anyMatch(line -> line.contains("C: MAIL FROM:<ann@x.org>")), lines.toString());
            assertSecretless(lines);
            assertTrue(lines.stream().noneMatch(line -> line.contains("the body")), lines.toString());
        }
    }

    @Test
    void aServerThatRepeatsTheSecretIsNotWrittenDown() {
        for (String form : FORMS) {
            try (LogCapture capture = LogCapture.of("dev.mailroom.smtp");
                    var factory = Sessions.factory();
                    var server = ScriptedSmtpServer.builder().user("bob", PASSWORD)
                            .reply(Step.CREDENTIALS, "535 5.7.8 wrong: " + form).start()) {
                Sessions.refusal(factory, Sessions.to(server).withSecret(Secret.password(PASSWORD)));
                assertTrue(capture.lines().stream().anyMatch(line -> line.contains("S: 535")));
                assertSecretless(capture.lines());
            }
        }
    }

    private static List<String> dialogue(ScriptedSmtpServerBuilder builder, Secret secret) throws Exception {
        try (LogCapture capture = LogCapture.of("dev.mailroom.smtp");
                var factory = Sessions.factory();
                var server = builder.start()) {
            SmtpSettings settings = Sessions.to(server).withSecret(secret);
            SmtpTransport transport = factory.open(settings, Deadline.NEVER);
            transport.send(Sessions.mail("Subject: x\r\n\r\nthe body\r\n", "eve@x.org"), Deadline.NEVER);
            transport.close();
            assertEquals(1, server.mailCount());
            return capture.lines();
        }
    }

    private static void assertSecretless(List<String> lines) {
        for (String form : FORMS) {
            assertTrue(lines.stream().noneMatch(line -> line.contains(form)), form + " is in " + lines);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
