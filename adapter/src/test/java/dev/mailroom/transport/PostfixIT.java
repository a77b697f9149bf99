package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.DialogueSettings;
import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.testing.PrivatePostfix;
import dev.mailroom.testing.ReceivedMail;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Postfix takes every content and hands it on octet by octet. */
@Timeout(180)
class PostfixIT {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static PrivatePostfix postfix;
    private final SocketTransportFactory factory = Sessions.trusting();

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

    @AfterEach
    void end() {
        factory.close();
    }

    private static SmtpSettings to(int port, TlsMode mode, String password) {
        return SmtpSettings.of(PrivatePostfix.USER, "localhost", port).withTls(mode).withTrust(TrustMode.OWN)
                .withSecret(password.isEmpty() ? Secret.none() : Secret.password(password))
                .withTimeouts(new TimeoutSettings(LONG, LONG, LONG, Duration.ZERO));
    }

    /** What is sent, and what must arrive. */
    private static Map<String, String> contents() {
        Map<String, String> all = new TreeMap<>();
        String header = "Subject: x\r\n\r\n";
        all.put(header + ".\r\n..\r\n.x\r\n\r\n.\r\n", header + ".\r\n..\r\n.x\r\n\r\n.\r\n");
        all.put(header, header);
        all.put(header + "a\nb\n.\nc", header + "a\r\nb\r\n.\r\nc\r\n");
        all.put(header + "long".repeat(3_000) + "\r\n", header + "long".repeat(3_000) + "\r\n");
        all.put(header + "\u00e4\u00f6\u00fc \u20ac\r\n", header + "\u00e4\u00f6\u00fc \u20ac\r\n");
        String large = header + ("." + "0123456789".repeat(7) + "\r\n").repeat(25 * 1024 * 1024 / 73);
        all.put(large, large);
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"})
    void cyrusSaslAcceptsWhatEachMechanismSays(String mechanism) throws SmtpException {
        try (PrivatePostfix other = PrivatePostfix.offering(mechanism)) {
            SmtpSettings settings = to(other.submissionPort(), TlsMode.STARTTLS, PrivatePostfix.PASSWORD);
            SmtpTransport link = factory.open(settings, Deadline.NEVER);
            assertInstanceOf(Receipt.class, link.send(Sessions.mail("Subject: x\r\n\r\n", "b@x.org"), Deadline.NEVER));
            link.close();
            other.awaitMails(1, LONG);
            assertTrue(other.log().contains("sasl_method=" + mechanism), other.log());
            SmtpSettings wrong = to(other.submissionPort(), TlsMode.STARTTLS, "not " + PrivatePostfix.PASSWORD);
            assertEquals(535, Sessions.refusal(factory, wrong).reply().code());
        }
    }

    @Test
    void everyContentArrivesOctetByOctet() throws SmtpException {
        for (DialogueSettings dialogue : List.of(DialogueSettings.DEFAULTS, new DialogueSettings(true, false, true),
                new DialogueSettings(false, false, true))) {
            SmtpSettings settings = to(postfix.plainPort(), TlsMode.NONE, "").withDialogue(dialogue);
            List<Mail> mails = new ArrayList<>();
            List<byte[]> expected = new ArrayList<>();
            String run = "r" + postfix.receiver().mailCount();
            contents().forEach((sent, arrives) -> {
                // Postfix delivers in any order: the recipient tells which mail it is.
                mails.add(new Mail(Envelope.of("ann@x.org", List.of(run + "-" + mails.size() + "@x.org")),
                        MailData.of(sent.getBytes(StandardCharsets.UTF_8))));
                expected.add(arrives.getBytes(StandardCharsets.UTF_8));
            });
            SmtpTransport link = factory.open(settings, Deadline.NEVER);
            List<Outcome> outcomes = new ArrayList<>();
            link.sendAll(mails.iterator(), (mail, outcome) -> outcomes.add(outcome));
            assertEquals(mails.size(), outcomes.stream().filter(Receipt.class::isInstance).count(),
                    outcomes.toString());
            link.close();
            for (int i = 0; i < mails.size(); i++) {
                assertArrayEquals(expected.get(i), arrived(mails.get(i).envelope().forwardPaths().get(0)).content());
            }
        }
    }

    private static ReceivedMail arrived(String recipient) {
        postfix.receiver().await(recipient, () -> postfix.receiver().mails().stream()
                .anyMatch(mail -> mail.recipientPaths().contains(recipient)), LONG);
        return postfix.receiver().mails().stream().filter(mail -> mail.recipientPaths().contains(recipient))
                .findFirst().orElseThrow();
    }

    @Test
    void submissionAndSmtpsAuthenticate() throws SmtpException {
        for (SmtpSettings settings : List.of(to(postfix.submissionPort(), TlsMode.STARTTLS, PrivatePostfix.PASSWORD),
                to(postfix.smtpsPort(), TlsMode.IMPLICIT, PrivatePostfix.PASSWORD))) {
            for (int i = 0; i < 3; i++) {
                SmtpTransport link = factory.open(settings, Deadline.NEVER);
                assertTrue(link.quiet());
                Outcome outcome = link.send(Sessions.mail("Subject: x\r\n\r\nx", "carl@x.org"), Deadline.NEVER);
                assertInstanceOf(Receipt.class, outcome, outcome.toString());
                assertTrue(link.quiet());
                assertTrue(link.probe(LONG));
                link.close();
            }
            assertEquals(Phase.AUTH, Sessions.refusal(factory, settings.withSecret(Secret.password("no"))).phase());
        }
    }
}
