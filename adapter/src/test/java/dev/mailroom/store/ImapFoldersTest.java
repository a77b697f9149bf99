package dev.mailroom.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.receiving.MailFolder;
import dev.mailroom.receiving.MailSearch;
import dev.mailroom.receiving.MailSearch.Where;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import dev.mailroom.transport.SocketTransportFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only IMAP can do, in the words that go over the wire. */
final class ImapFoldersTest {
    private static final String ONE = "Subject: one\r\n\r\nfirst\r\n";
    private static final String TWO = "Subject: two\r\n\r\nsecond\r\n";

    private final SocketTransportFactory transports = Opened.transports();

    @AfterEach
    void close() {
        transports.close();
    }

    private MailStore open(ScriptedMailbox server) throws Exception {
        return Opened.open(transports, Opened.settings(false, server));
    }

    private static String last(ScriptedMailbox server) {
        return server.lines().get(server.lines().size() - 1).replaceFirst("^\\w+ ", "");
    }

    @Test
    void foldersAreListedWithTheirUseInEveryFormThatServersWrite() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE)
                .offering("IMAP4rev1 AUTH=PLAIN SASL-IR SPECIAL-USE LIST-EXTENDED").on("LIST", StoreScript.say(
                        "* LIST (\\HasNoChildren) \"/\" INBOX\r\n"
                                + "* LIST (\\HasNoChildren \\Sent) \"/\" \"Entw&APw-rfe und \\\"mehr\\\"\"\r\n"
                                + "* LIST (\\Noselect) NIL \"\"\r\n* LIST (\\Trash) \"\\\\\" {3}\r\na\"b\r\n"
                                + "* 2 EXISTS\r\n{tag} OK done\r\n"))) {
            List<MailFolder> folders = open(server).imap(mailbox -> mailbox.folders());
            assertEquals(List.of("INBOX", "Entw\u00fcrfe und \"mehr\"", "", "a\"b"),
                    folders.stream().map(MailFolder::name).toList());
            assertEquals(List.of("/", "/", "", "\\"), folders.stream().map(MailFolder::separator).toList());
            assertTrue(folders.get(1).is("\\sent") && folders.get(1).selectable() && !folders.get(2).selectable());
            assertEquals("LIST \"\" \"*\" RETURN (SPECIAL-USE)", last(server));
        }
    }

    @Test
    void aFolderThatIsNotThereLeavesTheOneThatIsOpen() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE)) {
            MailStore store = open(server);
            server.on("SELECT \"Nowhere\"", StoreScript.say("{tag} NO [NONEXISTENT] no such folder\r\n"));
            SmtpException refused = assertThrows(SmtpException.class, () -> store.imap(mailbox -> {
                mailbox.open("Nowhere");
                return 0;
            }));
            assertEquals(Phase.SELECT, refused.failure().phase());
            assertTrue(refused.getMessage().contains("\"Nowhere\"") && refused.getMessage().contains("no such folder"),
                    refused.getMessage());
            assertEquals("INBOX", store.imap(mailbox -> mailbox.folder()));
            assertEquals(ONE, Opened.content(store, 1));
        }
    }

    @Test
    void marksOfAFolderThatWasLeftAreMadeFinalThereAndNowhereElse() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE, TWO)) {
            MailStore store = open(server);
            assertTrue(store.delete(2));
            store.imap(mailbox -> {
                mailbox.open("Other");
                return 0;
            });
            assertEquals(TWO, Opened.content(store, 2), "another folder's mail 2");
            assertTrue(store.delete(1));
            assertEquals(2, store.deletions());
            store.end();
            List<String> end = server.lines().subList(server.lines().size() - 4, server.lines().size()).stream()
                    .map(line -> line.replaceFirst("^\\w+ ", "")).toList();
            assertEquals(List.of("UID EXPUNGE 10", "SELECT \"INBOX\"", "UID EXPUNGE 20", "LOGOUT"), end);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMailIsMovedByMoveOrByCopyAndItsOwnExpunge(boolean move) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE, TWO)
                .offering("IMAP4rev1 AUTH=PLAIN SASL-IR UIDPLUS" + (move ? " MOVE" : ""))
                .on("UID MOVE", StoreScript.say("* 1 EXPUNGE\r\n{tag} OK\r\n"))
                .on("UID COPY", StoreScript.say("{tag} OK\r\n"))
                .on("UID EXPUNGE", StoreScript.say("* 1 EXPUNGE\r\n{tag} OK\r\n"))) {
            MailStore store = open(server);
            assertEquals(true, store.imap(mailbox -> mailbox.move(1, "Done")));
            assertEquals(move ? List.of("UID MOVE 10 \"Done\"") : List.of("UID COPY 10 \"Done\"",
                    "UID STORE 10 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 10"), server.lines().stream()
                    .map(line -> line.replaceFirst("^\\w+ ", "")).filter(line -> line.matches("UID [MCES][OXT].*"))
                    .toList());
            assertEquals(1, store.count());
            assertEquals(TWO, Opened.content(store, 1));
            assertEquals(false, store.imap(mailbox -> mailbox.move(2, "Done")));
        }
    }

    @Test
    void flagsAreReadSetAndTakenOff() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE)
                .on("UID STORE 10 +FLAGS.SILENT ($", StoreScript.say("{tag} OK\r\n"))) {
            MailStore store = open(server);
            assertEquals(Set.of(), store.imap(mailbox -> mailbox.flags(1)).orElseThrow());
            Opened.content(store, 1);
            assertTrue(store.imap(mailbox -> mailbox.flags(1)).orElseThrow().contains("\\seen"));
            assertTrue(store.imap(mailbox -> mailbox.flags(7)).isEmpty());
            assertEquals(true, store.imap(mailbox -> mailbox.flag(1, Set.of("$Forwarded"), true)));
            assertEquals("UID STORE 10 +FLAGS.SILENT ($Forwarded)", last(server));
            assertEquals(true, store.imap(mailbox -> mailbox.flag(1, Set.of("\\Seen"), false)));
            assertEquals("UID STORE 10 -FLAGS.SILENT (\\Seen)", last(server));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\Deleted", "a b", "a)", "", "a\r\nm9 LOGOUT", "\u00e4"})
    void whatIsNoFlagIsRefusedBeforeItIsSent(String flag) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE)) {
            MailStore store = open(server);
            int lines = server.lines().size();
            assertThrows(IllegalArgumentException.class,
                    () -> store.imap(mailbox -> mailbox.flag(1, Set.of(flag), true)));
            assertEquals(lines, server.lines().size());
            assertTrue(store.usable());
        }
    }

    @Test
    void aMailIsStoredOctetForOctet() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE)) {
            MailStore store = open(server);
            store.imap(mailbox -> {
                mailbox.append("Sent", TWO.getBytes(StandardCharsets.US_ASCII), Set.of("\\Seen"));
                return 0;
            });
            assertEquals(List.of(ONE, TWO), server.mails());
            assertEquals("APPEND \"Sent\" (\\Seen) {" + TWO.length() + "}", last(server));
            server.offering("IMAP4rev1 AUTH=PLAIN SASL-IR LITERAL+");
            open(server).imap(mailbox -> {
                mailbox.append("Sent", TWO.getBytes(StandardCharsets.US_ASCII), Set.of());
                return 0;
            });
            assertEquals(List.of(ONE, TWO, TWO), server.mails());
            assertEquals("APPEND \"Sent\" {" + TWO.length() + "+}", last(server));
            server.on("APPEND", StoreScript.say("{tag} NO [TRYCREATE] no such folder\r\n"));
            assertTrue(assertThrows(SmtpException.class, () -> store.imap(mailbox -> {
                mailbox.append("Nowhere", TWO.getBytes(StandardCharsets.US_ASCII), Set.of());
                return 0;
            })).getMessage().contains("to store a mail in \"Nowhere\""));
            assertEquals(ONE, Opened.content(store, 1));
        }
    }

    @Test
    void textIsLookedForInQuotesAndBeyondAsciiAsUtf8() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(ONE, TWO)) {
            MailStore store = open(server);
            assertEquals(List.of(2), store.imap(mailbox -> mailbox.search(new MailSearch(Where.SUBJECT, "TWO"))));
            assertEquals("UID SEARCH SUBJECT \"TWO\"", last(server));
            assertEquals(List.of(1, 2), store.imap(mailbox -> mailbox.search(new MailSearch(Where.ANYTHING, ""))));
            assertEquals(List.of(),
                    store.imap(mailbox -> mailbox.search(new MailSearch(Where.BODY, "Gr\u00fc\u00dfe"))));
            assertEquals("UID SEARCH CHARSET UTF-8 BODY {7}", last(server));
            store.delete(2);
            assertEquals(List.of(), store.imap(mailbox -> mailbox.search(new MailSearch(Where.SUBJECT, "two"))));
            assertEquals(ONE, Opened.content(store, 1));
        }
    }

    @Test
    void manyHeadersComeInOneRoundTrip() throws Exception {
        String[] mails = new String[300];
        for (int i = 0; i < mails.length; i++) {
            mails[i] = "Subject: mail " + (i + 1) + "\r\n\r\ntext\r\n";
        }
        try (ScriptedMailbox server = ScriptedMailbox.imap(mails)) {
            MailStore store = open(server);
            store.delete(2);
            int lines = server.lines().size();
            List<MessageEntry> entries = new ArrayList<>();
            List<String> headers = new ArrayList<>();
            store.headers(IntStream.rangeClosed(0, 301).boxed().toList(), (entry, header) -> {
                entries.add(entry);
                headers.add(new String(header, StandardCharsets.US_ASCII));
            });
            assertEquals(lines + 1, server.lines().size());
            assertEquals(299, entries.size());
            assertEquals("Subject: mail 300\r\n\r\n", headers.get(298));
            assertEquals("77:3000", entries.get(298).identifier());
            assertEquals(300, store.locate(entries.get(298)));
            assertEquals(mails[0].length(), entries.get(0).size());
            assertFalse(store.entry(1).orElseThrow().seen());
            store.delete(300);
            assertEquals(0, store.locate(entries.get(298)));
        }
    }

    @Test
    void pop3ReadsHeadersOneByOneAndHasNoFolders() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(ONE, TWO)) {
            MailStore store = Opened.open(transports, Opened.settings(true, server));
            List<String> headers = new ArrayList<>();
            store.headers(List.of(2, 1, 9), (entry, header) ->
                    headers.add(entry.number() + new String(header, StandardCharsets.US_ASCII)));
            assertEquals(List.of("2Subject: two\r\n\r\n", "1Subject: one\r\n\r\n"), headers);
            assertEquals(2, store.locate(store.list().get(1)));
            SmtpException refused = assertThrows(SmtpException.class, () -> store.imap(mailbox -> mailbox.folders()));
            assertTrue(refused.getMessage().contains("open it with IMAP"), refused.getMessage());
            assertEquals(ONE, Opened.content(store, 1));
        }
    }
}
