package dev.mailroom.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Outcome;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.testing.LogCapture;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretMaskTest {
    private static final String PASSWORD = "hush-hush 4711";

    private static String masked(String secret, String text) {
        return new SecretMask(Secret.password(secret)).apply(text);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"in, mailbox in use again since Monday, mailbox *** use again since Monday",
        "in, in, ***", "in, 'refused: in, within (in)', 'refused: ***, within (***)'", "e, unserer, unserer",
        "a.b, xa.b, xa.b", "a!, bca!d, bca!d", "*, 5 * 5, 5 *** 5", "x1, password=x1;, password=***;"})
    void aShortSecretIsMaskedOnlyAsAWordOfItsOwn(String secret, String text, String masked) {
        assertEquals(masked, masked(secret, text));
    }

    @Test
    void aLongSecretIsMaskedWhereverItStands() {
        assertEquals("bob*** and *** again", masked("hunter-two", "bobhunter-two and hunter-two again"));
    }

    @Test
    void theFormsInWhichLoginsSendItAreMaskedWhateverItsLength() {
        for (String secret : List.of("in", PASSWORD)) {
            for (String told : List.of(secret, "\0bob\0" + secret, "bob\0bob\0" + secret,
                    "user=bob\1auth=Bearer " + secret + "\1\1", "n,a=bob,\1auth=Bearer " + secret + "\1\1")) {
                assertEquals("wrong: ***, sorry", masked(secret, "wrong: " + base64(told) + ", sorry"));
            }
        }
    }

    @Test
    void whereThereIsNothingToMaskNothingIsMade() {
        String text = "2.0.0 Ok: queued as 4XyZ12abcdefghijklmnop";
        assertSame(text, masked(PASSWORD, text));
        assertSame(text, new SecretMask(Secret.none()).apply(text));
    }

    @ParameterizedTest
    @CsvSource({"MAIL, 550 5.7.1", "RCPT, 550 5.7.1", "RCPT, 450 4.2.0", "RCPT, 421 4.3.2", "DATA, 554 5.0.0",
        "FINAL_DOT, 554 5.0.0", "FINAL_DOT, 250 2.0.0", "RCPT, no reply at all:"})
    void aServerThatRepeatsTheSecretAnywhereIsNotWrittenDown(Step step, String reply) throws Exception {
        List<String> forms = List.of(PASSWORD, base64(PASSWORD), base64("\0bob\0" + PASSWORD));
        for (String form : forms) {
            try (LogCapture capture = LogCapture.of("dev.mailroom.smtp");
                    var factory = Sessions.factory();
                    var server = ScriptedSmtpServer.builder().user("bob", PASSWORD).without("CHUNKING")
                            .reply(step, reply + " you said " + form + " before").start()) {
                SmtpSettings settings = Sessions.to(server).withSecret(Secret.password(PASSWORD));
                SmtpTransport transport = factory.open(settings, Deadline.NEVER);
                for (int lease = 0; lease < 2 && transport.reusable(); lease++) {
                    transport.use(settings);
                    Outcome outcome = transport.send(Sessions.mail("Subject: x\r\n\r\n", "eve@x.org"),
                            Deadline.NEVER);
                    transport.rest();
                    String said = outcome + (outcome instanceof Failure failure ? failure.message() : "");
                    assertTrue(said.contains("you said *** before"), said);
                    assertFalse(said.contains(form), said);
                }
                transport.close();
                assertTrue(capture.lines().stream().noneMatch(line -> line.contains(form)), capture.lines().toString());
            }
        }
    }
}
