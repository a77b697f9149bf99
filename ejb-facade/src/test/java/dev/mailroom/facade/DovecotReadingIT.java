package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Phase;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TrustMode;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.NamedMailboxes;
import dev.mailroom.session.ReceivingRegistry;
import dev.mailroom.session.SecuritySettings;
import dev.mailroom.session.SessionsSettings;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.testing.PrivateDovecot;
import dev.mailroom.testing.TestCertificates;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mail functions on a real Dovecot, over POP3 (true) and IMAP (false). Each test has a mailbox of its own. */
@Timeout(300)
final class DovecotReadingIT {
    private static final String FILE = "From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\r\nSubject: file\r\n"
            + "Message-ID: <one@example.org>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nH\u00fcgel\r\n"
            + "--b\r\nContent-Disposition: attachment; filename=\"../a.bin\"\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--b--\r\n";
    private static final String SECOND = "Subject: two\r\n\r\n.second\r\n";
    private static final String THIRD = "Subject: three\r\n\r\n" + "long ".repeat(10_000) + "\r\n";

    private static PrivateDovecot dovecot;

    private final SocketTransportFactory transports = new SocketTransportFactory(
            TrustSettings.with(TestCertificates.get().trustStore(), TestCertificates.get().password()));
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, event -> { });
    private final ReceivingRegistry mailboxes = new ReceivingRegistry(manager.mailboxes(StoreOpener.over(transports)),
            SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS,
            SmtpSettings.of("t", "t", 25).withTrust(TrustMode.OWN), 1_000_000, NamedMailboxes.NONE,
            event -> { }, System::nanoTime);
    private final MailFacade mail = new Bench(mailboxes).facade;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        dovecot = PrivateDovecot.startOrSkip();
    }

    @AfterAll
    static void stop() {
        if (dovecot != null) {
            dovecot.close();
        }
    }

    @AfterEach
    void close() {
        mailboxes.close();
        manager.close();
        transports.close();
    }

    private boolean start(boolean pop3, EmailOption option, String user, String password) {
        boolean implicit = option == EmailOption.OPTION_SSL;
        return pop3 ? mail.emailStartPOP3Session(user, password, "localhost",
                implicit ? dovecot.pop3sPort() : dovecot.pop3Port(), option)
                : mail.emailStartIMAPSession(user, password, "localhost",
                        implicit ? dovecot.imapsPort() : dovecot.imapPort(), option);
    }

    private void assertStarts(boolean pop3, EmailOption option, String user) {
        assertTrue(start(pop3, option, user, PrivateDovecot.PASSWORD), mail.errorInfo());
    }

    @ParameterizedTest
    @CsvSource({"true,EMAIL_OPTION_DEFAULT", "true,EMAIL_OPTION_SECURED_TLS", "true,OPTION_SSL",
        "false,EMAIL_OPTION_DEFAULT", "false,EMAIL_OPTION_SECURED_TLS", "false,OPTION_SSL"})
    void aProgramReadsSavesAndDeletesEachMailWithEveryOption(boolean pop3, EmailOption option) throws Exception {
        String user = "program-" + pop3 + "-" + option;
        List.of(FILE, SECOND, THIRD).forEach(one -> dovecot.deliver(user, one));
        assertStarts(pop3, option, user);
        assertEquals(3, mail.emailMessageCount(user));
        List<String> subjects = new ArrayList<>();
        List<String> identifiers = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        mail.emailReadFirst(user);
        while (!mail.email().isOut()) {
            subjects.add(mail.email().getSubject());
            identifiers.add(mail.email().getServerIdentifier());
            sources.add(new String(mail.email().getSourceBytes(), StandardCharsets.ISO_8859_1));
            for (EmailAttachment file : mail.email().getAttach()) {
                Path saved = file.saveTo(directory);
                assertEquals(directory.resolve("a.bin"), saved);
                assertArrayEquals(Base64.getDecoder().decode("AAEC"), Files.readAllBytes(saved));
            }
            assertTrue(mail.emailDeleteMessage(user), mail.errorInfo());
            mail.emailReadNext(user);
        }
        assertFalse(mail.errorOccurred(), mail.errorInfo());
        assertEquals(List.of("file", "two", "three"), subjects);
        assertEquals(3, identifiers.stream().distinct().count());
        assertEquals(List.of(FILE, SECOND, THIRD), sources);
        assertEquals(3, dovecot.mails(user).size());
        mail.emailCloseSession(user);
        assertFalse(mail.errorOccurred(), mail.errorInfo());
        assertEquals(List.of(), dovecot.mails(user));
        String tls = "user=<" + user + ">.*, TLS.*";
        assertEquals(option != EmailOption.EMAIL_OPTION_DEFAULT,
                dovecot.log().lines().anyMatch(line -> line.matches(".*" + tls)), dovecot.log());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void positionsHeadersSizesAndWhatIsNotThere(boolean pop3) {
        String user = "positions-" + pop3;
        List.of(FILE, SECOND, THIRD).forEach(one -> dovecot.deliver(user, one));
        assertStarts(pop3, EmailOption.OPTION_SSL, user);
        Email email = new Email();
        assertTrue(mail.emailReadLastHeader(user, email), mail.errorInfo());
        assertEquals("three", email.getSubject());
        assertEquals("", email.getMessage());
        assertEquals(THIRD.length(), email.getSize());
        assertTrue(mail.emailReadPreviousHeader(user, email) && mail.emailReadPrevious(user, email));
        assertEquals("H\u00fcgel", email.getMessage());
        assertEquals("J\u00fcrgen <j@example.org>", email.getSender());
        assertFalse(mail.emailReadPrevious(user, email));
        assertTrue(email.isOut());
        assertTrue(mail.emailReadFirstHeader(user, email) && mail.emailReadNextHeader(user, email));
        assertEquals("two", email.getSubject());
        assertEquals(SECOND.length(), mail.emailMessageSize(user, 2));
        assertFalse(mail.emailReadMessage(user, email, 4));
        assertTrue(email.isOut());
        assertFalse(mail.errorOccurred(), mail.errorInfo());
        assertTrue(mail.emailReadMessageHeader(user, email, 3) && !email.isOut());
        mail.emailCloseSession(user);
        assertEquals(3, dovecot.mails(user).size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void identifiersAreTheSameInTheNextSession(boolean pop3) {
        String user = "identifiers-" + pop3;
        List.of(FILE, SECOND).forEach(one -> dovecot.deliver(user, one));
        List<String> seen = new ArrayList<>();
        for (int session = 0; session < 2; session++) {
            assertStarts(pop3, EmailOption.EMAIL_OPTION_SECURED_TLS, user);
            assertTrue(mail.emailReadLastHeader(user), mail.errorInfo());
            seen.add(mail.email().getServerIdentifier());
            mail.emailDeleteMessage(user, 1);
            mail.emailCloseSession(user);
            assertFalse(mail.errorOccurred(), mail.errorInfo());
            dovecot.deliver(user, THIRD);
            assertStarts(pop3, EmailOption.EMAIL_OPTION_SECURED_TLS, user);
            assertTrue(mail.emailReadFirst(user), mail.errorInfo());
            assertEquals(seen.get(session), mail.email().getServerIdentifier());
            mail.emailCloseSession(user);
        }
        assertNotEquals(seen.get(0), seen.get(1));
    }

    @ParameterizedTest
    @CsvSource({"true,OPTION_SSL", "false,OPTION_SSL", "true,EMAIL_OPTION_DEFAULT", "false,EMAIL_OPTION_DEFAULT"})
    void aWrongPasswordIsRefusedInItsPhase(boolean pop3, EmailOption option) {
        assertFalse(start(pop3, option, "stranger", "hunter2hunter2"));
        assertEquals(Phase.AUTH, mail.lastError().orElseThrow().failure().orElseThrow().phase());
        assertFalse(mail.errorInfo().contains("hunter2"), mail.errorInfo());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theWrongPortForAnOptionIsAnErrorAndNoPasswordTravels(boolean pop3) {
        int plain = pop3 ? dovecot.pop3Port() : dovecot.imapPort();
        assertFalse(pop3 ? mail.emailStartPOP3Session("jill", PrivateDovecot.PASSWORD, "localhost", plain,
                EmailOption.OPTION_SSL) : mail.emailStartIMAPSession("jill", PrivateDovecot.PASSWORD, "localhost",
                        plain, EmailOption.OPTION_SSL));
        assertEquals(Phase.TLS, mail.lastError().orElseThrow().failure().orElseThrow().phase(), mail.errorInfo());
    }

    @Test
    void aMailboxThatIsOpenElsewhereIsAnErrorThatSaysSo() {
        dovecot.deliver("elsewhere", SECOND);
        assertStarts(true, EmailOption.OPTION_SSL, "elsewhere");
        SocketTransportFactory others = new SocketTransportFactory(
                TrustSettings.with(TestCertificates.get().trustStore(), TestCertificates.get().password()));
        try (KeyedConnectionManager second = new KeyedConnectionManager(new SmtpManagedConnectionFactory(others),
                PoolSettings.DEFAULTS, event -> { });
                ReceivingRegistry registry = new ReceivingRegistry(second.mailboxes(StoreOpener.over(others)),
                        SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS, SmtpSettings.of("t", "t", 25), 1_000_000,
                        NamedMailboxes.NONE, event -> { }, System::nanoTime)) {
            MailFacade other = new Bench(registry).facade;
            assertFalse(other.emailStartPOP3Session("elsewhere", PrivateDovecot.PASSWORD, "localhost",
                    dovecot.pop3Port()));
            assertTrue(other.errorInfo().contains("[IN-USE]"), other.errorInfo());
            assertTrue(other.lastError().orElseThrow().failure().orElseThrow().isTransient());
        } finally {
            others.close();
        }
        assertTrue(mail.emailReadFirst("elsewhere"), mail.errorInfo());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMailTooLargeIsAnErrorWithItsSizeAndTheNextComesAfterIt(boolean pop3) {
        String user = "large-" + pop3;
        String large = "Subject: large\r\n\r\n" + ("x".repeat(98) + "\r\n").repeat(10_001);
        List.of(large, SECOND).forEach(one -> dovecot.deliver(user, one));
        assertStarts(pop3, EmailOption.EMAIL_OPTION_DEFAULT, user);
        assertFalse(mail.emailReadFirst(user));
        assertTrue(mail.errorInfo().contains(large.length() + " octets"), mail.errorInfo());
        assertTrue(mail.emailReadNext(user), mail.errorInfo());
        assertEquals("two", mail.email().getSubject());
    }
}
