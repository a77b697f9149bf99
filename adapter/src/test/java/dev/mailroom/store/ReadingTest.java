package dev.mailroom.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.TlsMode;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import dev.mailroom.transport.SocketTransportFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mailbox tells of a server that behaves, over POP3 (true) and IMAP (false). */
final class ReadingTest {
    private static final String ONE = "Subject: one\r\n\r\n.a line with a dot\r\n..two\r\nend\r\n";
    private static final String TWO = "Subject: two\r\n\r\n\u00e4\u0000 8 bits\r\n";

    private final SocketTransportFactory transports = Opened.transports();

    @AfterEach
    void close() {
        transports.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyOctetOfAMailArrives(boolean pop3) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, ONE, TWO)) {
            MailStore store = Opened.open(transports, Opened.settings(pop3, server));
            assertEquals(2, store.count());
            assertEquals(ONE, Opened.content(store, 1));
            assertEquals(TWO, Opened.content(store, 2));
            assertEquals("Subject: two\r\n\r\n", Opened.header(store, 2));
            assertNull(Opened.content(store, 3));
            assertNull(Opened.header(store, 0));
            assertTrue(store.quiet());
            store.end();
        }
    }

    @Test
    void imapTellsWhatItKnowsOfAMail() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE, TWO)) {
            MailStore store = Opened.open(transports, Opened.settings(false, server));
            assertEquals(new MessageEntry(2, "77:20", TWO.length(), false,
                    Optional.of(Instant.parse("2026-02-01T09:11:12Z"))), store.entry(2).orElseThrow());
            Opened.header(store, 2);
            assertFalse(store.entry(2).orElseThrow().seen());
            Opened.content(store, 2);
            assertTrue(store.entry(2).orElseThrow().seen());
            assertEquals(List.of("77:10", "77:20"), store.list().stream().map(MessageEntry::identifier).toList());
        }
    }

    @Test
    void pop3TellsSizeAndUidl() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(ONE, TWO)) {
            MailStore store = Opened.open(transports, Opened.settings(true, server));
            List<MessageEntry> entries = store.list();
            assertEquals(List.of((long) ONE.length(), (long) TWO.length()),
                    entries.stream().map(MessageEntry::size).toList());
            assertEquals(entries.get(1), store.entry(2).orElseThrow());
            assertFalse(entries.get(0).identifier().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsDeletedGoesAtTheEndAndOnlyThat(boolean pop3) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, ONE, TWO)) {
            MailStore store = Opened.open(transports, Opened.settings(pop3, server));
            assertTrue(store.delete(1));
            assertFalse(store.delete(1));
            assertFalse(store.delete(9));
            assertNull(Opened.content(store, 1));
            assertEquals(Optional.empty(), store.entry(1));
            assertEquals(List.of(2), store.list().stream().map(MessageEntry::number).toList());
            assertEquals(TWO, Opened.content(store, 2));
            assertEquals(List.of(ONE, TWO), server.mails());
            assertEquals(1, store.deletions());
            store.end();
            assertEquals(List.of(TWO), server.mails());
            assertFalse(server.lines().stream().anyMatch(line -> line.matches("\\w+ (EXPUNGE|CLOSE)")));
            assertFalse(store.usable());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsTakenBackStays(boolean pop3) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, ONE, TWO)) {
            MailStore store = Opened.open(transports, Opened.settings(pop3, server));
            store.delete(1);
            store.reset();
            assertEquals(ONE, Opened.content(store, 1));
            store.end();
            assertEquals(List.of(ONE, TWO), server.mails());
        }
    }

    @Test
    void withoutUidplusNobodyElsesMarksAreExpunged() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE).offering("IMAP4rev1 AUTH=PLAIN")) {
            MailStore store = Opened.open(transports, Opened.settings(false, server));
            store.delete(1);
            store.end();
            assertFalse(server.lines().stream().anyMatch(line -> line.contains("EXPUNGE")), server.lines().toString());
        }
    }

    @Test
    void imapFollowsWhatArrivesAndGoes() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE)) {
            MailStore store = Opened.open(transports, Opened.settings(false, server));
            server.deliver(TWO);
            assertEquals(2, store.count());
            assertEquals(TWO, Opened.content(store, 2));
            server.on("NOOP", StoreScript.sayBefore("* 1 EXPUNGE\r\n"));
            assertEquals(1, store.count());
            assertEquals(TWO, Opened.content(store, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tlsBeginsOnRequestAndTheLoginTravelsInside(boolean pop3) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, ONE)) {
            ReceivingSettings settings = Opened.settings(pop3, server);
            MailStore store = Opened.open(transports, settings.withServer(settings.server()
                    .withTls(TlsMode.STARTTLS)));
            assertEquals(ONE, Opened.content(store, 1));
            List<String> lines = server.lines();
            int upgrade = lines.indexOf(lines.stream().filter(line -> line.matches("(\\w+ )?(STLS|STARTTLS)"))
                    .findFirst().orElseThrow());
            int login = lines.indexOf(lines.stream().filter(line -> line.contains("AUTH")).findFirst().orElseThrow());
            assertTrue(upgrade < login, lines.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TOP UIDL", "TOP UIDL SASL_GSSAPI"})
    void withoutSaslPop3LogsInWithUserAndPass(String offered) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(ONE).offering(offered)) {
            assertEquals(1, Opened.open(transports, Opened.settings(true, server)).count());
            assertTrue(server.lines().containsAll(List.of("USER bob", "PASS secret")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"IMAP4rev1", "IMAP4rev1 AUTH=PLAIN"})
    void imapLogsInWithLoginOrWithoutAnInitialResponse(String offered) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE).offering(offered)) {
            assertEquals(1, Opened.open(transports, Opened.settings(false, server)).count());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWrongPasswordIsRefusedWithoutBeingShown(boolean pop3) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, ONE)) {
            ReceivingSettings settings = Opened.settings(pop3, server);
            Failure failure = Opened.refusal(transports, settings.withServer(settings.server()
                    .withSecret(Secret.password("hunter2hunter2"))));
            assertEquals(Phase.AUTH, failure.phase());
            assertFalse(failure.isTransient());
            assertTrue(failure.message().contains("refused the login \"bob\"")
                    && failure.message().contains("wrong secret"), failure.message());
            assertFalse(failure.message().contains("hunter2"), failure.message());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMailTooLargeIsRefusedWithItsSizeAndTheRestCanBeRead(boolean pop3) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, "X: " + "x".repeat(500) + "\r\n\r\n", TWO)) {
            MailStore store = Opened.open(transports, Opened.settings(pop3, server).withMaxMessage(100));
            Failure failure = assertThrows(SmtpException.class, () -> Opened.content(store, 1)).failure();
            assertEquals(Phase.FETCH, failure.phase());
            assertTrue(failure.message().contains("507 octets"), failure.message());
            assertEquals(TWO, Opened.content(store, 2));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTargetThatFailsEndsTheConnectionWithItsOwnException(boolean pop3) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, ONE)) {
            MailStore store = Opened.open(transports, Opened.settings(pop3, server));
            IOException full = new IOException("no space left on device");
            assertEquals(full, assertThrows(IOException.class, () -> store.content(1, new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    throw full;
                }
            })));
            assertFalse(store.usable());
        }
    }
}
