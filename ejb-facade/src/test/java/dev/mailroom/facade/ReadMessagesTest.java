package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Caller;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.facade.MailError.Code;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.NamedMailboxes;
import dev.mailroom.session.ReceivingRegistry;
import dev.mailroom.session.SecuritySettings;
import dev.mailroom.session.SessionsSettings;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading mails with the mail functions, over POP3 (true) and IMAP (false). */
final class ReadMessagesTest {
    private static final String FIRST = """
            From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\r
            Reply-To: answers@example.org\r
            To: jack@example.org, "Doe, J" <doe@example.org>\r
            Cc: jill@example.org\r
            Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r
            Message-ID: <one@example.org>\r
            In-Reply-To: <zero@example.org>\r
            References: <minus@example.org> <zero@example.org>\r
            Date: Tue, 1 Mar 2022 10:00:00 +0100\r
            X-Priority: 1 (Highest)\r
            Sensitivity: private\r
            Disposition-Notification-To: j@example.org\r
            Content-Type: multipart/mixed; boundary=b\r
            \r
            --b\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Transfer-Encoding: quoted-printable\r
            \r
            H=C3=BCgel\r
            --b\r
            Content-Type: text/html\r
            \r
            <p>html</p>\r
            --b\r
            Content-Type: application/pdf; name=a.pdf\r
            Content-Disposition: attachment; filename=a.pdf\r
            Content-ID: <file@example.org>\r
            Content-Transfer-Encoding: base64\r
            \r
            AAEC\r
            --b--\r
            """;
    private static final String SECOND = "Subject: two\r\n\r\nsecond\r\n";
    private static final String THIRD = "Subject: three\r\n\r\nthird\r\n";

    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, event -> { });
    private final ReceivingRegistry mailboxes = new ReceivingRegistry(manager.mailboxes(StoreOpener.over(transports)),
            SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS, SmtpSettings.of("t", "t", 25), 100_000,
            NamedMailboxes.NONE, event -> { }, System::nanoTime);
    private final Bench bench = new Bench(mailboxes);
    private final MailFacade mail = bench.facade;

    @AfterEach
    void close() {
        mailboxes.close();
        manager.close();
        transports.close();
    }

    private boolean start(boolean pop3, ScriptedMailbox server, String password) {
        return pop3 ? mail.emailStartPOP3Session("jack", password, "127.0.0.1", server.port())
                : mail.emailStartIMAPSession("jack", password, "127.0.0.1", server.port());
    }

    private void assertStarts(boolean pop3, ScriptedMailbox server) {
        assertTrue(start(pop3, server, "secret"), mail.errorInfo());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everythingOfAMailArrivesInTheEmail(boolean pop3) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, FIRST)) {
            assertStarts(pop3, server);
            assertTrue(mail.emailReadMessage("jack", 1), mail.errorInfo());
            Email email = mail.email();
            assertEquals("J\u00fcrgen <j@example.org>", email.getSender());
            assertEquals("answers@example.org", email.getSenderAddress());
            assertEquals(List.of("jack@example.org", "\"Doe, J\" <doe@example.org>"), email.getRecipient());
            assertEquals(List.of("jill@example.org"), email.getCc());
            assertEquals("Gr\u00fc\u00dfe", email.getSubject());
            assertEquals("H\u00fcgel", email.getMessage());
            assertEquals("<p>html</p>", email.getHtml());
            assertEquals("one@example.org", email.getId());
            assertEquals("zero@example.org", email.getInReplyTo());
            assertEquals(List.of("minus@example.org", "zero@example.org"), email.getReferences());
            assertEquals(Optional.of(Instant.parse("2022-03-01T09:00:00Z")), email.getDateSent());
            assertEquals(EmailPriority.EMAIL_HIGH_PRIORITY, email.getPriority());
            assertEquals(EmailSensitivity.EMAIL_PRIVATE, email.getSensitivity());
            assertTrue(email.isDispositionNotification() && !email.isAcknowledgementOfReceipt());
            assertEquals("1 (Highest)", email.header("x-priority"));
            assertEquals(FIRST.length(), email.getSize());
            assertArrayEquals(FIRST.getBytes(StandardCharsets.UTF_8), email.getSourceBytes());
            assertFalse(email.getServerIdentifier().isEmpty() || email.isOut() || email.isSeen());
            assertEquals(!pop3, email.getDateReceived().isPresent());
            EmailAttachment file = email.getAttach().get(0);
            assertEquals("a.pdf application/pdf file@example.org",
                    file.name() + " " + file.contentType() + " " + file.identifier());
            try (var in = file.open()) {
                assertArrayEquals(new byte[] {0, 1, 2}, in.readAllBytes());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHeaderIsReadWithoutTheRestAndTheMailStaysUnseen(boolean pop3) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, SECOND)) {
            assertStarts(pop3, server);
            assertTrue(mail.emailReadMessageHeader("jack", 1), mail.errorInfo());
            assertEquals("two", mail.email().getSubject());
            assertEquals("", mail.email().getMessage());
            assertEquals(SECOND.length(), mail.email().getSize());
            assertTrue(mail.emailReadFirst("jack"));
            assertFalse(mail.email().isSeen());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLoopOfEveryProgramReadsAndDeletesEachMailOnce(boolean pop3) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, FIRST, SECOND, THIRD)) {
            assertStarts(pop3, server);
            assertEquals(3, mail.emailMessageCount("jack"));
            List<String> subjects = new ArrayList<>();
            mail.emailReadFirst("jack");
            while (!mail.email().isOut()) {
                subjects.add(mail.email().getSubject());
                assertTrue(mail.emailDeleteMessage("jack"));
                assertTrue(mail.email().isOut());
                mail.emailReadNext("jack");
            }
            assertFalse(mail.errorOccurred(), mail.errorInfo());
            assertEquals(List.of("Gr\u00fc\u00dfe", "two", "three"), subjects);
            assertEquals(3, server.mails().size());
            mail.emailCloseSession("jack");
            assertFalse(mail.errorOccurred(), mail.errorInfo());
            assertEquals(List.of(), server.mails());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void positionsMoveBothWaysAndPassOverWhatIsDeleted(boolean pop3) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, FIRST, SECOND, THIRD)) {
            assertStarts(pop3, server);
            Email email = new Email();
            assertTrue(mail.emailReadNextHeader("jack", email));
            assertEquals("Gr\u00fc\u00dfe", email.getSubject());
            assertTrue(mail.emailDeleteMessage("jack", 2));
            assertTrue(mail.emailReadNext("jack", email));
            assertEquals("three", email.getSubject());
            assertFalse(mail.emailReadNext("jack", email));
            assertTrue(email.isOut());
            assertEquals("three", email.getSubject());
            assertTrue(mail.emailReadPrevious("jack", email));
            assertEquals("three", email.getSubject());
            assertTrue(mail.emailReadPrevious("jack", email));
            assertEquals("Gr\u00fc\u00dfe", email.getSubject());
            assertFalse(mail.emailReadPrevious("jack", email));
            assertTrue(email.isOut());
            assertTrue(mail.emailReadLastHeader("jack", email));
            assertEquals("three", email.getSubject());
            assertTrue(mail.emailReadMessage("jack", email, 1) && mail.emailReadNext("jack", email));
            assertEquals("three", email.getSubject());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,0", "true,-1", "true,2", "false,0", "false,2147483647", "false,-2147483648"})
    void aNumberThatIsNotThereIsOutAndNoError(boolean pop3, int number) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, SECOND)) {
            assertStarts(pop3, server);
            assertFalse(mail.emailReadMessage("jack", number));
            assertTrue(mail.email().isOut());
            assertFalse(mail.errorOccurred(), mail.errorInfo());
            assertFalse(mail.emailDeleteMessage("jack", number));
            assertFalse(mail.errorOccurred());
            assertEquals(-1, mail.emailMessageSize("jack", number));
            assertTrue(mail.errorInfo().contains("<Number> is " + number), mail.errorInfo());
            assertEquals(SECOND.length(), mail.emailMessageSize("jack", 1));
        }
    }

    @Test
    void withoutAReceivingSessionTheErrorSaysWhichIsMissing() {
        bench.facade.emailStartSMTPSession("jack", "mx.example.org");
        assertFalse(mail.emailReadMessage("jack", 1));
        assertEquals(Code.NO_SUCH_SESSION, mail.lastError().orElseThrow().code());
        assertTrue(mail.errorInfo().contains("no receiving session \"jack\"")
                && mail.errorInfo().contains("a session that sends cannot read"), mail.errorInfo());
        assertEquals(mail.errorInfo(), mail.email().getError());
        assertFalse(mail.email().isOut());
        assertEquals(-1, mail.emailMessageCount("jack"));
    }

    @Test
    void sendingAndReceivingOfOneNameLiveSideBySideAndCloseTogether() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(SECOND)) {
            assertTrue(mail.emailStartSMTPSession("jack", "mx.example.org"));
            assertStarts(true, server);
            assertTrue(mail.emailReadFirst("jack"), mail.errorInfo());
            mail.emailCloseSession("jack");
            assertFalse(mail.errorOccurred(), mail.errorInfo());
            assertFalse(mail.emailReadFirst("jack"));
            mail.emailCloseSession("jack");
            assertTrue(mail.errorOccurred());
        }
    }

    @Test
    void bothHalvesAreStartedUnderOneNameAndOnlyPop3GetsThePassword() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(SECOND)) {
            assertTrue(mail.emailStartSession("jack", "secret", "127.0.0.1", "mx.example.org", server.port(), 2525),
                    mail.errorInfo());
            assertTrue(mail.emailReadFirst("jack"), mail.errorInfo());
            SmtpSettings sending = bench.sessions.settings(new Caller(""), "jack");
            assertEquals("mx.example.org:2525", sending.host() + ":" + sending.port());
            assertEquals(Secret.none(), sending.secret());
        }
    }

    @Test
    void whereOneHalfFailsNeitherStaysOpen() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(SECOND)) {
            bench.sessions.startFailure = new SmtpException(FakeSessions.LOST);
            assertFalse(mail.emailStartSession("jack", "secret", "127.0.0.1", "mx.example.org", server.port()));
            assertEquals("the connection was lost", mail.errorInfo());
            assertFalse(mail.emailReadFirst("jack"));
            assertTrue(server.lines().contains("QUIT"), server.lines().toString());
            assertFalse(mail.emailStartSession("jack", "wrong", "127.0.0.1", "mx.example.org", server.port()));
            assertEquals(Phase.AUTH, mail.lastError().orElseThrow().failure().orElseThrow().phase());
            assertFalse(mail.emailSendMessage("jack"));
            assertEquals(Code.NO_SUCH_SESSION, mail.lastError().orElseThrow().code());
            assertFalse(mail.emailStartSession("jack", "secret", "127.0.0.1", "mx.example.org", server.port(), 0));
            assertTrue(mail.errorInfo().contains("<Port> is 0"), mail.errorInfo());
        }
    }

    @Test
    void deletionsThatAreNotConfirmedAreAnErrorOfClosing() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(SECOND).on("QUIT", StoreScript.say("-ERR disk full\r\n"))) {
            assertStarts(true, server);
            mail.emailDeleteMessage("jack", 1);
            mail.emailCloseSession("jack");
            assertEquals(Phase.QUIT, mail.lastError().orElseThrow().failure().orElseThrow().phase());
            assertTrue(mail.errorInfo().contains("has not confirmed"), mail.errorInfo());
            assertEquals(-1, mail.emailMessageCount("jack"));
        }
    }

    @ParameterizedTest
    @CsvSource({"true,POP3", "false,IMAP"})
    void aWrongPasswordIsAnErrorOfItsPhase(boolean pop3, String protocol) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, SECOND)) {
            assertFalse(start(pop3, server, "hunter2hunter2"));
            assertEquals(Phase.AUTH, mail.lastError().orElseThrow().failure().orElseThrow().phase());
            assertTrue(mail.errorInfo().startsWith("the " + protocol + " server 127.0.0.1:"), mail.errorInfo());
            assertFalse(mail.errorInfo(ErrorInfoPart.ERR_FULL_DETAILS).contains("hunter2"));
            assertFalse(start(pop3, server, ""));
            assertTrue(mail.errorInfo().contains("<Password> is empty"), mail.errorInfo());
        }
    }

    @Test
    void argumentsAreNamed() {
        assertFalse(mail.emailStartPOP3Session("jack", "secret", " "));
        assertTrue(mail.errorInfo().contains("<POP3 server> is blank"), mail.errorInfo());
        assertFalse(mail.emailStartIMAPSession("jack", "secret", "localhost", 0));
        assertTrue(mail.errorInfo().contains("usually 143 or 993"), mail.errorInfo());
        assertFalse(mail.emailStartIMAPSession("jack", "secret", "localhost", 143, null));
        assertTrue(mail.errorInfo().contains("<Option> is null"), mail.errorInfo());
        assertFalse(mail.emailReadMessage("jack", null, 1));
        assertTrue(mail.errorInfo().contains("<Email> is null"), mail.errorInfo());
    }

    @Test
    void aMailTooLargeIsAnErrorThatNamesItsSizeAndTheNextComesAfterIt() {
        try (ScriptedMailbox server = ScriptedMailbox.imap("A: b\r\n\r\n" + "x".repeat(200_000), SECOND)) {
            assertStarts(false, server);
            assertFalse(mail.emailReadNext("jack"));
            assertTrue(mail.errorInfo().contains("200008 octets"), mail.errorInfo());
            assertFalse(mail.email().isOut());
            assertTrue(mail.emailReadNext("jack"), mail.errorInfo());
            assertEquals("two", mail.email().getSubject());
        }
    }

    @Test
    void anotherCallerDoesNotFindTheMailbox() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(SECOND)) {
            assertStarts(true, server);
            bench.principal = "eve";
            bench.loggedIn = true;
            assertFalse(mail.emailReadMessage("jack", 1));
            assertEquals(Code.NO_SUCH_SESSION, mail.lastError().orElseThrow().code());
        }
    }

    @Test
    void whatWasBuiltIsImportedWhole() {
        Email built = new Email();
        built.setSender("\"Doe, J\" <j@example.org>");
        built.setRecipient("a@example.org", "b@example.org");
        built.setBcc("hidden@example.org");
        built.setSubject("Gr\u00fc\u00dfe");
        built.setMessage("one\ntwo");
        built.setHtml("<b>x</b>");
        built.setPriority(EmailPriority.EMAIL_LOW_PRIORITY);
        built.setSensitivity(EmailSensitivity.EMAIL_PERSONAL);
        built.setDispositionNotification(true);
        built.setAttach(new EmailAttachment("\u65e5.bin", "", new byte[] {1, 2}, ""));
        assertTrue(mail.emailBuildSource(built, EmailSendOption.EMAIL_OPTION_HEADER_BCC), mail.errorInfo());
        Email imported = new Email();
        imported.setSource(built.getSource());
        assertTrue(mail.emailImportSource(imported), mail.errorInfo());
        assertEquals(List.of("hidden@example.org"), imported.getBcc());
        assertEquals(built.getId(), imported.getId());
        assertTrue(mail.emailBuildSource(imported, EmailSendOption.EMAIL_OPTION_HEADER_BCC), mail.errorInfo());
        assertEquals(comparable(built.getSource()), comparable(imported.getSource()));
    }

    /** Boundaries are random, and time goes on. */
    private static String comparable(String source) {
        return source.replaceAll("----=_[0-9a-z]{24}_", "----=_").replaceFirst("Date: [^\r]*", "Date");
    }

    @Test
    void withoutASourceNothingIsImported() {
        assertFalse(mail.emailImportSource(new Email()));
        assertTrue(mail.errorInfo().contains("Email.Source is empty"), mail.errorInfo());
        Email odd = new Email();
        odd.setSource("no mail at all");
        assertTrue(mail.emailImportSource(odd));
        assertEquals("no mail at all", odd.getMessage());
    }

    @Test
    void aMailThatWasReadIsSentUnderAnIdOfItsOwn() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(FIRST)) {
            assertStarts(true, server);
            assertTrue(mail.emailReadFirst("jack"));
            assertTrue(mail.emailBuildSource(), mail.errorInfo());
            assertFalse(mail.email().getSource().contains("<one@example.org>"));
        }
    }
}
