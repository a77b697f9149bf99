package dev.mailroom.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.mailroom.Failure;
import dev.mailroom.Identity;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.testing.PrivateDovecot;
import dev.mailroom.transport.SocketTransportFactory;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Dovecot, over POP3 (true) and IMAP (false). Each test has a mailbox of its own. */
@Timeout(300)
class DovecotIT {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final String ONE = "Subject: one\r\n\r\n.a line with a dot\r\n..two\r\nend\r\n";
    private static final String TWO = "Subject: \u00e4\u00ff\r\n\r\n\u0080 8 bits \u00e4\r\n" + "long".repeat(20_000)
            + "\r\n\r\n.\u00fc\r\n";
    private static PrivateDovecot dovecot;

    private final SocketTransportFactory transports = Opened.transports();

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
        transports.close();
    }

    private static ReceivingSettings settings(PrivateDovecot server, boolean pop3, TlsMode tls, String user) {
        int port = tls == TlsMode.IMPLICIT ? pop3 ? server.pop3sPort() : server.imapsPort()
                : pop3 ? server.pop3Port() : server.imapPort();
        return ReceivingSettings.of(SmtpSettings.of(user, "localhost", port)
                .withProtocol(pop3 ? Identity.MailProtocol.POP3 : Identity.MailProtocol.IMAP).withTls(tls)
                .withTrust(TrustMode.OWN).withSecret(Secret.password(PrivateDovecot.PASSWORD))
                .withTimeouts(new TimeoutSettings(LONG, LONG, LONG, LONG)));
    }

    private MailStore open(boolean pop3, String user) throws Exception {
        return Opened.open(transports, settings(dovecot, pop3, TlsMode.NONE, user));
    }

    @ParameterizedTest
    @CsvSource({"true,NONE", "true,STARTTLS", "true,IMPLICIT", "false,NONE", "false,STARTTLS", "false,IMPLICIT"})
    void everyOctetArrivesOverEveryKindOfTls(boolean pop3, TlsMode tls) throws Exception {
        String user = "octets-" + pop3 + tls;
        dovecot.deliver(user, ONE);
        dovecot.deliver(user, TWO);
        MailStore store = Opened.open(transports, settings(dovecot, pop3, tls, user));
        assertEquals(2, store.count());
        assertEquals(ONE, Opened.content(store, 1));
        assertEquals(TWO, Opened.content(store, 2));
        assertEquals("Subject: \u00e4\u00ff\r\n\r\n", Opened.header(store, 2));
        List<MessageEntry> entries = store.list();
        assertEquals(List.of((long) ONE.length(), (long) TWO.length()),
                entries.stream().map(MessageEntry::size).toList());
        assertEquals(entries.get(1), store.entry(2).orElseThrow());
        assertNull(Opened.content(store, 3));
        assertTrue(store.quiet());
        store.end();
        assertTrue(dovecot.log().contains("user=<" + user + ">"), dovecot.log());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "login", "cram-md5", "scram-sha-1", "scram-sha-256", "oauthbearer", "xoauth2"})
    void everyMechanismLogsInAndAWrongSecretIsRefused(String mechanism) {
        try (PrivateDovecot server = PrivateDovecot.offering(mechanism)) {
            for (boolean pop3 : new boolean[] {true, false}) {
                ReceivingSettings settings = settings(server, pop3, TlsMode.STARTTLS, "jill");
                Secret right = settings.server().secret();
                Secret wrong = Secret.password("hunter2hunter2");
                if (mechanism.contains("auth")) {
                    right = Secret.accessToken(PrivateDovecot.token("jill", Instant.now().plusSeconds(3600)));
                    wrong = Secret.accessToken(PrivateDovecot.token("jill", Instant.now().minusSeconds(3600)));
                }
                assertEquals(0, count(settings.withServer(settings.server().withSecret(right))));
                Failure failure = Opened.refusal(transports, settings.withServer(
                        settings.server().withSecret(wrong)));
                assertEquals(Phase.AUTH, failure.phase());
                assertFalse(failure.isTransient(), failure.message());
                assertFalse(failure.message().contains(wrong.value()), failure.message());
            }
            assertTrue(server.log().contains("method=" + mechanism.toUpperCase(Locale.ROOT)), server.log());
        }
    }

    private int count(ReceivingSettings settings) {
        try {
            MailStore store = Opened.open(transports, settings);
            int count = store.count();
            store.end();
            return count;
        } catch (SmtpException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPop3MailboxInUseIsRefusedAndMayBeTriedAgain() throws Exception {
        dovecot.deliver("locked", ONE);
        MailStore first = open(true, "locked");
        Failure failure = Opened.refusal(transports, settings(dovecot, true, TlsMode.NONE, "locked"));
        assertEquals(Phase.AUTH, failure.phase());
        assertTrue(failure.isTransient(), failure.message());
        assertTrue(failure.message().contains("[IN-USE]"), failure.message());
        assertEquals(ONE, Opened.content(first, 1));
        first.end();
        assertEquals(1, count(settings(dovecot, true, TlsMode.NONE, "locked")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deletionsAreFinalOnlyAtTheEnd(boolean pop3) throws Exception {
        String user = "deleting-" + pop3;
        dovecot.deliver(user, ONE);
        dovecot.deliver(user, TWO);
        MailStore cut = open(pop3, user);
        assertTrue(cut.delete(1));
        assertNull(Opened.content(cut, 1));
        cut.reset();
        assertEquals(ONE, Opened.content(cut, 1));
        assertTrue(cut.delete(1));
        assertEquals(List.of(ONE, TWO), dovecot.mails(user));
        if (pop3) {
            // A connection that is cut deletes nothing (RFC 1939, section 6); with IMAP its mark stays.
            cut.close();
            MailStore again = openUnlocked(user);
            assertEquals(2, again.list().size());
            assertTrue(again.delete(1));
            again.end();
        } else {
            cut.end();
        }
        assertEquals(List.of(TWO), dovecot.mails(user));
    }

    /** Dovecot may take a moment to see that a connection is gone. */
    private MailStore openUnlocked(String user) throws Exception {
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                return open(true, user);
            } catch (SmtpException e) {
                assertTrue(e.getMessage().contains("[IN-USE]"), e.getMessage());
            }
        }
        return open(true, user);
    }

    @Test
    void whatOthersHaveMarkedInImapIsNotExpunged() throws Exception {
        dovecot.deliver("shared", ONE);
        dovecot.deliver("shared", TWO);
        MailStore other = open(false, "shared");
        assertTrue(other.delete(1));
        MailStore mine = open(false, "shared");
        assertTrue(mine.delete(2));
        mine.end();
        assertEquals(List.of(ONE), dovecot.mails("shared"));
        assertEquals(1, other.count());
        other.end();
        assertEquals(List.of(), dovecot.mails("shared"));
    }

    @Test
    void imapFollowsWhatArrivesAndPop3DoesNot() throws Exception {
        dovecot.deliver("arriving", ONE);
        MailStore imap = open(false, "arriving");
        MailStore pop3 = open(true, "arriving");
        dovecot.deliver("arriving", TWO);
        assertEquals(2, imap.count());
        assertEquals(TWO, Opened.content(imap, 2));
        assertEquals(1, pop3.count());
        assertNull(Opened.content(pop3, 2));
        imap.end();
        pop3.end();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLargeMailPassesOctetByOctetAndIsNeverInMemory(boolean pop3) throws Exception {
        String user = "large-" + pop3;
        String mail = "Subject: large\r\n\r\n" + (".\u00e4" + "x".repeat(70) + "\r\n").repeat(330_000);
        dovecot.deliver(user, mail);
        MailStore store = open(pop3, user);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertTrue(store.content(1, new DigestOutputStream(OutputStream.nullOutputStream(), digest)));
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 8 << 20, allocated + " octets of memory");
        assertEquals(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                .digest(mail.getBytes(StandardCharsets.ISO_8859_1))),
                HexFormat.of().formatHex(digest.digest()));
        store.end();
    }

    @Test
    void aFolderThatIsNotThereIsAnErrorThatNamesIt() {
        Failure failure = Opened.refusal(transports,
                settings(dovecot, false, TlsMode.NONE, "folders").withFolder("Gr\u00fc\u00dfe"));
        assertEquals(Phase.SELECT, failure.phase());
        assertTrue(failure.message().contains("\"Gr\u00fc\u00dfe\""), failure.message());
    }
}
