package dev.mailroom.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Caller;
import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.NamedMailboxes;
import dev.mailroom.receiving.ReceivingSession;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A mailbox whose connection is lost: IMAP opens another, once; POP3 does not. */
final class LostMailboxTest {
    private static final Caller ANN = new Caller("ann");
    private static final String ONE = "Subject: one\r\n\r\nfirst\r\n";
    private static final String TWO = "Subject: two\r\n\r\nsecond\r\n";
    private static final String THREE = "Subject: three\r\n\r\nthird\r\n";

    private final AtomicLong nanos = new AtomicLong();
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, event -> { });
    private final ReceivingRegistry registry = new ReceivingRegistry(manager.mailboxes(StoreOpener.over(transports)),
            SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS, SmtpSettings.of("t", "t", 25), 100_000,
            NamedMailboxes.NONE, event -> { }, nanos::get);

    @AfterEach
    void close() {
        registry.close();
        manager.close();
        transports.close();
    }

    private ReceivingSession start(boolean pop3, ScriptedMailbox server) throws Exception {
        Duration patience = Duration.ofSeconds(60);
        return registry.start(ANN, ReceivingSettings.of(SmtpSettings.of("jack", "127.0.0.1", server.port())
                .withProtocol(pop3 ? MailProtocol.POP3 : MailProtocol.IMAP).withSecret(Secret.password("secret"))
                .withTimeouts(new TimeoutSettings(patience, patience, patience, patience))));
    }

    private static String content(ReceivingSession session, int number) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        return session.content(number, octets) ? octets.toString(StandardCharsets.ISO_8859_1) : "none";
    }

    private static long logins(ScriptedMailbox server) {
        return server.lines().stream().filter(line -> line.contains("AUTH")).count();
    }

    @Test
    void imapGoesOnWhereItWasWithEveryOperationThatCanBeRepeated() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE, TWO, THREE)) {
            ReceivingSession session = start(false, server);
            session.position(2);
            server.on("UID FETCH 30 (", StoreScript.once(StoreScript.cut()));
            assertEquals(THREE, content(session, 3));
            server.on("NOOP", StoreScript.once(StoreScript.cut()));
            assertEquals(3, session.count());
            server.on("UID FETCH 1:*", StoreScript.once(StoreScript.cut()));
            assertEquals(3, session.list().size());
            server.on("UID STORE 10", StoreScript.once(StoreScript.cut()));
            assertTrue(session.delete(1));
            server.on("UID FETCH 20", StoreScript.once(StoreScript.cut()));
            List<Integer> headers = new ArrayList<>();
            session.headers(List.of(1, 2, 3), (entry, header) -> headers.add(entry.number()));
            assertEquals(List.of(2, 3), headers);
            assertEquals(6, logins(server));
            assertEquals(2, session.position());
            registry.close(ANN, session);
            assertEquals(List.of(TWO, THREE), server.mails());
        }
    }

    @Test
    void aConnectionThatWasLostWhileNobodyLookedIsOpenedAgain() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE, TWO)) {
            ReceivingSession session = start(false, server);
            assertTrue(session.delete(1));
            server.cutAll();
            assertTrue(session.usable());
            assertEquals("none", content(session, 1));
            assertEquals(TWO, content(session, 2));
            server.cutAll();
            registry.close(ANN, session);
            assertEquals(List.of(TWO), server.mails());
        }
    }

    @Test
    void aMailThatWasPartlyPassedOnIsReadAgainOnlyIntoMemory() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE, TWO)) {
            ReceivingSession session = start(false, server);
            StoreScript half = StoreScript.sayAndCut("* 1 FETCH (UID 10 RFC822.SIZE 400000 FLAGS (\\Seen) BODY[]<0> {"
                    + (256 << 10) + "}\r\n" + "x".repeat(256 << 10) + ")\r\n{tag} OK done\r\n");
            server.on("UID FETCH 10", StoreScript.once(half));
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            assertThrows(SmtpException.class, () -> session.content(1, new FilterOutputStream(octets)));
            assertTrue(octets.size() > 0);
            assertEquals(ONE, content(session, 1));
            server.on("UID FETCH 10", StoreScript.once(half));
            assertEquals(ONE, content(session, 1));
        }
    }

    @Test
    void aFolderWhoseUidsAreOthersIsAnErrorUntilTheSessionIsStartedAgain() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE, TWO)) {
            ReceivingSession session = start(false, server);
            session.delete(1);
            server.validity(78).cutAll();
            SmtpException lost = assertThrows(SmtpException.class, () -> session.count());
            assertTrue(lost.getMessage().contains("UIDVALIDITY 78, before 77"), lost.getMessage());
            assertThrows(SmtpException.class, () -> content(session, 2));
            SmtpException unconfirmed = assertThrows(SmtpException.class, () -> registry.close(ANN, session));
            assertEquals(Phase.QUIT, unconfirmed.failure().phase());
            assertTrue(unconfirmed.getMessage().contains("nobody has confirmed that 1 mails were deleted"),
                    unconfirmed.getMessage());
            assertEquals(List.of(ONE, TWO), server.mails());
            assertEquals(2, start(false, server).count());
        }
    }

    @Test
    void aMailIsTheSameWhateverItsNumberIsOnTheNewConnection() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE, TWO, THREE)) {
            ReceivingSession session = start(false, server);
            List<MessageEntry> entries = session.list();
            session.position(2);
            // Numbers 2 and 3 are 1 and 2 for who looks now.
            server.on("UID SEARCH UID 1:*", StoreScript.say("* SEARCH 20 30\r\n{tag} OK done\r\n"))
                    .on("SELECT", StoreScript.say("* 2 EXISTS\r\n* OK [UIDVALIDITY 77] valid\r\n{tag} OK done\r\n"));
            server.cutAll();
            assertEquals(THREE, content(session, 3));
            assertEquals(2, session.locate(entries.get(2)));
            assertEquals(0, session.locate(entries.get(0)));
            assertEquals(1, session.position());
            assertEquals(2, session.following());
            assertEquals(0, session.preceding());
        }
    }

    @Test
    void whatMayNotBeDoneTwiceIsAnErrorAndTheNextOperationFindsAConnection() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE).on("APPEND", StoreScript.cut())) {
            ReceivingSession session = start(false, server);
            assertThrows(SmtpException.class, () -> session.imap(mailbox -> {
                mailbox.append("Sent", new byte[] {'a', '\r', '\n'}, Set.of());
                return true;
            }));
            assertEquals(1, server.lines().stream().filter(line -> line.contains("APPEND")).count());
            assertEquals(ONE, content(session, 1));
        }
    }

    @Test
    void afterAPauseTheConnectionIsAskedBeforeWhatMayNotBeDoneTwice() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE)) {
            ReceivingSession session = start(false, server);
            server.cutAll();
            nanos.addAndGet(Duration.ofSeconds(6).toNanos());
            session.imap(mailbox -> {
                mailbox.append("Sent", TWO.getBytes(StandardCharsets.US_ASCII), Set.of());
                return true;
            });
            assertEquals(List.of(ONE, TWO), server.mails());
            assertEquals(2, logins(server));
        }
    }

    @Test
    void whereNoConnectionIsToBeHadTheErrorSaysSoAndItIsTriedOnceACall() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE)) {
            ReceivingSession session = start(false, server);
            server.on("greeting", StoreScript.sayAndCut("* BYE maintenance\r\n"));
            server.cutAll();
            assertTrue(assertThrows(SmtpException.class, () -> session.count()).getMessage().contains("maintenance"));
            assertTrue(assertThrows(SmtpException.class, () -> session.count()).getMessage().contains("maintenance"));
            assertEquals(1, logins(server));
            server.on("greeting", StoreScript.usual());
            assertEquals(1, session.count());
        }
    }

    @Test
    void pop3IsLostForGood() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(ONE, TWO)) {
            ReceivingSession session = start(true, server);
            session.delete(1);
            server.cutAll();
            assertThrows(SmtpException.class, () -> content(session, 2));
            assertFalse(session.usable());
            assertThrows(SmtpException.class, () -> content(session, 2));
            assertEquals(1, logins(server));
            assertTrue(assertThrows(SmtpException.class, () -> registry.close(ANN, session)).getMessage()
                    .contains("has not confirmed"));
            assertEquals(List.of(ONE, TWO), server.mails());
        }
    }
}
