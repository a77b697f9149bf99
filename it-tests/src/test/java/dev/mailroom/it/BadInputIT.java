package dev.mailroom.it;

import static dev.mailroom.it.inside.Complaints.assertComplains;
import static dev.mailroom.it.inside.Complaints.assertContent;
import static dev.mailroom.it.inside.SampleMails.letter;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.EmailAttachment;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.ScriptedSmtpServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** Arguments that cannot work: nothing of them reaches the server, and the next good send works. */
@ExtendWith(ArquillianExtension.class)
final class BadInputIT {
    private static final String HOST = "127.0.0.1";
    /** Line ends, NUL, and what becomes a line end in an encoder that drops the high byte (CVE-2025-7962). */
    private static final List<String> BREAKS = List.of("\r\n", "\r", "\n", "\0");
    private static final List<String> NEARLY_BREAKS = List.of("\u760a", "\u760d");

    @Inject
    private MailFacade mail;

    private ScriptedSmtpServer server;

    @Deployment
    static WebArchive application() {
        return MailApplication.warForTestsInside("badinput", Map.of("mailroom.pool.max-wait", "5s"));
    }

    @BeforeEach
    void startServer() {
        server = ScriptedSmtpServer.builder().user("jack", Secrets.of("jack")).authOptional().start();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void aStartWithoutAUserNameFails() {
        for (String blank : new String[] {"", "  ", "\t", null}) {
            assertComplains(mail, mail.emailStartSMTPSession(blank, HOST, server.port()), "username");
        }
        assertEquals(0, server.connectionsOpened());
        theNextGoodSendWorks();
    }

    @Test
    void aStartWithoutAServerFails() {
        for (String blank : new String[] {"", "  ", null}) {
            assertComplains(mail, mail.emailStartSMTPSession("jack", blank, server.port()), "server");
        }
        theNextGoodSendWorks();
    }

    @Test
    void anUnknownHostIsNamed() {
        assertComplains(mail, mail.emailStartSMTPSession("jack", "no-such-host.invalid", server.port()),
                "no-such-host.invalid");
        theNextGoodSendWorks();
    }

    @Test
    void aPortThatDoesNotExistIsNamed() {
        for (int port : new int[] {0, -1, 65536, 70000}) {
            assertComplains(mail, mail.emailStartSMTPSession("jack", HOST, port), String.valueOf(port), "65535");
        }
        theNextGoodSendWorks();
    }

    @Test
    void aPortWhereNobodyListensIsNamed() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            free = socket.getLocalPort();
        }
        assertComplains(mail, mail.emailStartSMTPSession("jack", HOST, free), HOST, String.valueOf(free));
        theNextGoodSendWorks();
    }

    @Test
    void noArgumentOfAStartCanBreakOutOfItsLine() {
        for (String lineEnd : BREAKS) {
            String evil = "jack" + lineEnd + "RCPT TO:<evil@example.org>";
            assertComplains(mail, mail.emailStartSMTPSession(evil, HOST, server.port()), "username");
            assertComplains(mail, mail.emailStartSMTPSession(evil, "x", HOST, server.port()), "username");
            assertComplains(mail, mail.emailStartSMTPSession("jack", HOST + lineEnd + "x", server.port()), "server");
            assertComplains(mail, mail.emailStartSMTPSession(
                    "jack", Secrets.of("jack") + lineEnd + "x", HOST, server.port()), "password");
        }
        assertEquals(0, server.connectionsOpened());
        for (String sign : NEARLY_BREAKS) {
            // A legal character: the login arrives as it is, and is refused as what it is.
            assertComplains(mail, mail.emailStartSMTPSession(
                    "jack" + sign + "NOOP", Secrets.of("jack"), HOST, server.port()), "535");
            assertEquals("jack" + sign + "NOOP",
                    server.authAttempts().get(server.authAttempts().size() - 1).user());
            assertComplains(mail, mail.emailStartSMTPSession("jack", HOST + sign + "x", server.port()));
        }
        server.awaitOpenConnections(0, Duration.ofSeconds(30));
        theNextGoodSendWorks();
    }

    @Test
    void aSessionThatIsNotOpenIsNamed() {
        assertComplains(mail, mail.emailSendMessage("nobody", letter()), "nobody");
        mail.emailCloseSession("nobody");
        assertComplains(mail, "nobody");
        assertComplains(mail, mail.emailSendMessage("", letter()));
        assertComplains(mail, mail.emailSendMessage((String) null, letter()));
        theNextGoodSendWorks();
        assertComplains(mail, mail.emailSendMessage("jack", letter()), "jack");
        mail.emailCloseSession("jack");
        assertComplains(mail, "jack");
        theNextGoodSendWorks();
    }

    @Test
    void aMailNeedsASenderAndARecipient() {
        inASession(() -> {
            refused(email -> email.setSender(""), "sender");
            refused(email -> email.setSender(null), "sender");
            refused(email -> email.getRecipient().clear(), "recipient");
            refused(email -> email.getRecipient().set(0, ""), "recipient");
            refused(email -> email.getRecipient().add(null), "recipient");
            assertComplains(mail, mail.emailSendMessage("jack", (Email) null));
        });
    }

    @Test
    void anAddressThatIsNoneIsNamed() {
        List<String> wrong = List.of("jill", "jill@", "@example.org", "jill@@example.org", "jill@exa mple.org",
                "ji ll@example.org", "jill@example..org", ".jill@example.org", "ji..ll@example.org",
                "Jill <jill@example.org", "jill@example.org>", "Jill <jill@example.org> and more",
                "a@example.org, b@example.org", "a@example.org; b@example.org", "team: a@example.org;",
                "jill@example.org SIZE=1", "<jill@example.org> NOTIFY=NEVER", "\"jill>\"@example.org",
                "\"jill\\\">\"@example.org", "jill@-example.org", "jill@[127.0.0.1", "jill(comment@example.org",
                "evil@example.org> Jill <jill@example.org>", "jill@" + "x".repeat(64) + ".org",
                "x".repeat(65) + "@example.org");
        inASession(() -> assertAll(wrong.stream().map(address -> () -> {
            refused(email -> email.getRecipient().set(0, address), address);
            refused(email -> email.getCc().add(address), address);
            refused(email -> email.getBcc().add(address), address);
            refused(email -> email.setSender(address), address);
            refused(email -> email.setSenderAddress(address), address);
        })));
    }

    @Test
    void nothingInAMailCanBreakOutOfItsLine() {
        Map<String, BiConsumer<Email, String>> places = Map.ofEntries(
                Map.entry("sender's name", (email, s) -> email.setSender("Ja" + s + "ck <jack@example.org>")),
                Map.entry("sender's quoted name", (email, s) -> email.setSender("\"Ja" + s + "ck\" <j@example.org>")),
                Map.entry("sender", (email, s) -> email.setSender("ja" + s + "ck@example.org")),
                Map.entry("sender's domain", (email, s) -> email.setSender("jack@exam" + s + "ple.org")),
                Map.entry("sender's quoted part", (email, s) -> email.setSender("\"ja" + s + "ck\"@example.org")),
                Map.entry("reply address", (email, s) -> email.setSenderAddress("ja" + s + "ck@example.org")),
                Map.entry("reply name", (email, s) -> email.setSenderAddress("J" + s + " <jack@example.org>")),
                Map.entry("recipient", (email, s) -> email.getRecipient().add("ji" + s + "ll@example.org")),
                Map.entry("recipient's end", (email, s) -> email.getRecipient().add("jill@example.org" + s + "x")),
                Map.entry("recipient's name", (email, s) -> email.getRecipient().add("J" + s + "l <j@example.org>")),
                Map.entry("copy", (email, s) -> email.getCc().add("ji" + s + "ll@example.org")),
                Map.entry("copy's name", (email, s) -> email.getCc().add("J" + s + "l <jill@example.org>")),
                Map.entry("blind copy", (email, s) -> email.getBcc().add("ji" + s + "ll@example.org")),
                Map.entry("subject", (email, s) -> email.setSubject("The" + s + "Bcc: evil@example.org")),
                Map.entry("identifier", (email, s) -> email.setId("abc" + s + "Bcc: x@example.org")),
                Map.entry("attachment's name", (email, s) -> attach(email, "a" + s + ".txt", "text/plain", "")),
                Map.entry("attachment's type", (email, s) -> attach(email, "a.txt", "text/plain" + s + "X: y", "")),
                Map.entry("attachment's id", (email, s) -> attach(email, "a.txt", "text/plain", "a" + s + "X: y")));
        inASession(() -> assertAll(places.entrySet().stream().flatMap(place -> BREAKS.stream().map(lineEnd -> () -> {
            try {
                refused(email -> place.getValue().accept(email, lineEnd));
            } catch (AssertionError e) {
                throw new AssertionError(place.getKey() + " with " + (int) lineEnd.charAt(0), e);
            }
        }))));
    }

    private static void attach(Email email, String name, String type, String identifier) {
        email.getAttach().add(new EmailAttachment(name, type, new byte[] {1}, identifier));
    }

    @Test
    void whatOnlyResemblesALineEndIsHarmless() {
        inASession(() -> {
            for (String sign : NEARLY_BREAKS) {
                assertContent(mail, mail.emailSendMessage("jack", letter(email -> {
                    email.setSubject("The" + sign + "Bcc: evil@example.org");
                    email.setSender("Ja" + sign + "RCPT <jack@example.org>");
                    email.getRecipient().set(0, "ji" + sign + "ll@example.org");
                    attach(email, "a" + sign + ".txt", "text/plain", "");
                })));
            }
        });
        assertEquals(List.of(List.of("ji\u760all@example.org"), List.of("ji\u760dll@example.org")),
                server.mails().stream().limit(2).map(received -> received.recipientPaths()).toList());
        assertTrue(server.mails().stream().noneMatch(received -> received.text().lines()
                .anyMatch(line -> line.startsWith("Bcc"))));
        assertEquals(List.of(), server.violations());
    }

    @Test
    void lineEndsInTheBodyAreNoBreaks() {
        inASession(() -> assertContent(mail, mail.emailSendMessage("jack",
                letter(email -> email.setMessage("a\n.\nb\r.\rc\r\n.\r\nd\n.\r\nMAIL FROM:<evil@example.org>")))));
        assertEquals(2, server.mailCount());
        String text = server.mails().get(0).text();
        assertTrue(text.endsWith("a\r\n.\r\nb\r\n.\r\nc\r\n.\r\nd\r\n.\r\nMAIL FROM:<evil@example.org>\r\n"), text);
    }

    /** A mail with that change is not sent; nothing of it reaches the server. */
    private void refused(Consumer<Email> change, String... words) {
        List<String> before = commands();
        assertComplains(mail, mail.emailSendMessage("jack", letter(change)), words);
        assertEquals(before, commands());
    }

    private List<String> commands() {
        return server.connections().stream().flatMap(connection -> connection.commands().stream()).toList();
    }

    /** Within an open session, which is as good as new afterwards. */
    private void inASession(Executable deed) {
        assertContent(mail, mail.emailStartSMTPSession("jack", HOST, server.port()));
        assertDoesNotThrow(deed);
        long mails = server.mailCount();
        assertContent(mail, mail.emailSendMessage("jack", letter()));
        mail.emailCloseSession("jack");
        assertEquals(mails + 1, server.mailCount());
    }

    private void theNextGoodSendWorks() {
        inASession(() -> { });
    }
}
