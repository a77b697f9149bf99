package dev.mailroom.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.TlsMode;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import dev.mailroom.transport.SocketTransportFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers and networks do to an open mailbox: every operation ends, in its phase, and nothing is believed. */
@Timeout(300)
final class HostileMailboxTest {
    private static final String MAIL = "Subject: one\r\n\r\ntext\r\n";
    private static final String PIPELINING = "TOP UIDL PIPELINING STLS SASL_PLAIN";

    private final SocketTransportFactory transports = Opened.transports();

    /** An operation by its name. */
    private static void operate(MailStore store, String operation) throws Exception {
        switch (operation) {
            case "count" -> store.count();
            case "list" -> store.list();
            case "entry" -> store.entry(1);
            case "header" -> Opened.header(store, 1);
            case "headers" -> store.headers(List.of(1, 2), (entry, header) -> { });
            case "content" -> Opened.content(store, 1);
            case "delete" -> store.delete(1);
            case "reset" -> {
                store.delete(2);
                store.reset();
            }
            default -> throw new IllegalArgumentException(operation);
        }
    }

    private static Failure failure(MailStore store, String operation) {
        return assertThrows(SmtpException.class, () -> operate(store, operation), operation).failure();
    }

    @AfterEach
    void close() {
        transports.close();
    }

    private static ScriptedMailbox server(boolean pop3) {
        ScriptedMailbox server = ScriptedMailbox.of(pop3, MAIL, MAIL);
        return pop3 ? server.offering(PIPELINING) : server;
    }

    @ParameterizedTest
    @CsvSource({"true,list,LIST,LIST", "true,list,UIDL,LIST", "true,entry,LIST,LIST", "true,header,TOP,FETCH",
        "true,headers,TOP 2,FETCH", "true,headers,UIDL,LIST", "true,content,RETR,FETCH", "true,delete,DELE,DELETE",
        "true,reset,RSET,DELETE", "false,count,NOOP,LIST", "false,list,UID FETCH,LIST", "false,entry,UID FETCH,LIST",
        "false,header,UID FETCH,FETCH", "false,headers,UID FETCH,FETCH", "false,content,UID FETCH,FETCH",
        "false,delete,UID FETCH,DELETE", "false,delete,UID STORE,DELETE", "false,reset,UID STORE 20 -,DELETE"})
    void whatIsCutOffInTheMiddleIsAnErrorOfItsPhaseAndEndsTheConnection(boolean pop3, String operation,
            String command, Phase phase) throws Exception {
        for (String half : pop3 ? List.of("", "+OK", "+OK\r\n1 ", "+OK\r\n.") : List.of("", "* 1 FETCH (UID 10 FL",
                "* 1 FETCH (UID 10 BODY[] {100}\r\nSubj", "* BYE shutting down\r\n")) {
            if (command.matches("DELE|RSET") && half.contains("\n")) {
                // That is a whole answer.
                continue;
            }
            try (ScriptedMailbox server = server(pop3)) {
                MailStore store = Opened.open(transports, Opened.settings(pop3, server));
                server.on(command, StoreScript.sayAndCut(half));
                Failure failure = failure(store, operation);
                assertEquals(phase, failure.phase(), half);
                assertFalse(store.usable(), half);
                assertTrue(failure(store, operation).message().contains("is closed; open the mailbox again"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true,list,LIST,+OK;1 10;", "true,content,RETR,+OK;Subj", "true,headers,TOP 2,+OK;Subj",
        "true,delete,DELE,", "false,count,NOOP,* 2 EX", "false,content,UID FETCH,* 1 FETCH (BODY[] {100};Subj",
        "false,headers,UID FETCH,* 1 FETCH (BODY[HEADER] {100};Subj", "false,delete,UID STORE,"})
    void silenceInTheMiddleHasAnEnd(boolean pop3, String operation, String command, String begin) throws Exception {
        String said = begin == null ? "" : begin.replace(";", "\r\n");
        try (ScriptedMailbox server = server(pop3)) {
            MailStore store = Opened.open(transports, Opened.impatient(Opened.settings(pop3, server)));
            server.on(command, StoreScript.say(said).then(StoreScript.silence()));
            Failure failure = failure(store, operation);
            assertTrue(failure.message().contains("within 1 s"), failure.message());
            assertTrue(failure.isTransient());
            assertFalse(store.usable());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,list,LIST,+OK;,1 10;", "true,list,UIDL,+OK;1 ,x", "true,header,TOP,+OK ,x",
        "true,header,TOP,+OK;,A: b;", "true,headers,TOP,+OK;,x", "true,content,RETR,+OK;,.x",
        "false,list,UID FETCH,* 1 FETCH (UID 10 FLAGS (,x", "false,content,UID FETCH,* 1 FETCH (X ,{1};x",
        "false,content,UID FETCH,* 1 FETCH (BODY[] ,x", "false,count,NOOP,* ,x"})
    void whatIsEndlessEndsTheOperation(boolean pop3, String operation, String command, String begin, String piece)
            throws Exception {
        try (ScriptedMailbox server = server(pop3)) {
            MailStore store = Opened.open(transports,
                    Opened.settings(pop3, server).withMaxMessage(100_000));
            server.on(command, StoreScript.sayForever(begin.replace(";", "\r\n"), piece.replace(";", "\r\n")));
            failure(store, operation);
            assertFalse(store.usable());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"* OK still here\r\n", "* 2 EXISTS\r\n", "* 1 FETCH (FLAGS ())\r\n",
        "* 1 FETCH (UID 10 RFC822.SIZE 1 FLAGS ())\r\n", "* 9 EXPUNGE\r\n", "* SEARCH 1 2 3\r\n"})
    void aServerThatNeverComesToAnEndIsLeftWhenTheTimeIsOver(String piece) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAIL)) {
            MailStore store = Opened.open(transports, Opened.hurried(Opened.settings(false, server)));
            server.on("UID FETCH", StoreScript.sayForever("", piece));
            failure(store, "list");
            assertFalse(store.usable());
        }
    }

    @ParameterizedTest
    @CsvSource({"0 EXPUNGE", "3 EXPUNGE", "999999999 EXPUNGE", "99999999999 EXPUNGE", "4294967295 EXISTS",
        "99999999999999999999 EXISTS", "-1 EXISTS", "0 FETCH (UID 10)", "99999999999 FETCH (UID 10 RFC822.SIZE 1)",
        "1 FETCH (UID 99999999999999999999 RFC822.SIZE 1)", "1 FETCH (UID 10 RFC822.SIZE -5)", "SEARCH 99999999999",
        "FETCH", "EXISTS", "OK [UIDVALIDITY 99999999999999]", "\u0000\u0001\u00ff"})
    void numbersOutOfRangeAreNotBelieved(String response) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAIL, MAIL)) {
            MailStore store = Opened.open(transports, Opened.settings(false, server));
            server.on("NOOP", StoreScript.sayBefore("* " + response + "\r\n"));
            server.on("UID FETCH", StoreScript.sayBefore("* " + response + "\r\n"));
            assertEquals(2, store.count());
            assertEquals(List.of("77:10", "77:20"), store.list().stream().map(MessageEntry::identifier).toList());
            assertEquals(MAIL, Opened.content(store, 2));
            assertEquals(MAIL.length(), store.entry(1).orElseThrow().size());
        }
    }

    @Test
    void mailsThatWereNotAskedForAreNotTaken() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAIL, MAIL, MAIL)) {
            MailStore store = Opened.open(transports, Opened.settings(false, server));
            String forged = "* 2 FETCH (UID 20 RFC822.SIZE 6 FLAGS () BODY[] {6}\r\nforged)\r\n";
            server.on("UID FETCH 10 ", StoreScript.sayBefore(forged));
            assertEquals(MAIL, Opened.content(store, 1));
            assertEquals(MAIL, Opened.content(store, 2));
            server.on("UID FETCH 10,", StoreScript.sayBefore(forged.replace("BODY[]", "BODY[HEADER]") + forged));
            int[] headers = new int[1];
            store.headers(List.of(1, 3), (entry, header) -> headers[0]++);
            assertEquals(2, headers[0]);
        }
    }

    @ParameterizedTest
    @CsvSource({"5,10 20", "1,10 20", "0,10 20", "2,20 10 10 20", "2,10 20 20 10 x -1 99999999999", "2,0 10 20"})
    void countAndSearchMayContradictEachOther(int exists, String found) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAIL, MAIL)) {
            server.on("SELECT", StoreScript.say("* " + exists + " EXISTS\r\n* OK [UIDVALIDITY 77]\r\n{tag} OK\r\n"));
            server.on("UID SEARCH", StoreScript.say("* SEARCH " + found + "\r\n{tag} OK\r\n"));
            MailStore store = Opened.open(transports, Opened.settings(false, server));
            assertEquals(MAIL, Opened.content(store, 1));
            assertEquals(MAIL, Opened.content(store, 2));
            assertEquals(2, store.list().size());
        }
    }

    @Test
    void anotherUidvalidityMakesOtherIdentifiers() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAIL)) {
            String before = Opened.open(transports, Opened.settings(false, server)).list().get(0).identifier();
            server.on("SELECT", StoreScript.say("* 1 EXISTS\r\n* OK [UIDVALIDITY 78]\r\n{tag} OK\r\n"));
            MailStore store = Opened.open(transports, Opened.settings(false, server));
            MessageEntry after = store.list().get(0);
            assertNotEquals(before, after.identifier());
            assertEquals(0, store.locate(new MessageEntry(1, before, 1, false, Optional.empty())));
            assertEquals(1, store.locate(after));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nulAndEightBitsPassEverywhere(boolean pop3) throws Exception {
        String odd = "\u0000\u0001\u0080\u00e4\u00ff";
        String mail = "Subject: " + odd + "\r\n" + odd + "\r\n\r\n" + odd + "\n\r" + odd + "\r\n." + odd + "\r\n";
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, mail)) {
            server.on("greeting", StoreScript.say((pop3 ? "+OK " : "* OK ") + odd + "\r\n"));
            server.on(pop3 ? "UIDL" : "NOOP", StoreScript.say(pop3 ? "+OK " + odd + "\r\n1 " + odd + "\r\n.\r\n"
                    : "* OK " + odd + "\r\n* 1 FETCH (FLAGS (" + odd + "))\r\n{tag} OK " + odd + "\r\n"));
            MailStore store = Opened.open(transports, Opened.settings(pop3, server));
            assertEquals(1, store.count());
            assertEquals(mail, Opened.content(store, 1));
            assertEquals(1, store.list().size());
            assertFalse(store.serverName().chars().anyMatch(Character::isISOControl), store.serverName());
            server.on(pop3 ? "DELE" : "UID STORE", StoreScript.say((pop3 ? "-ERR " : "{tag} NO ") + odd + "\r\n"));
            String message = failure(store, "delete").message();
            assertFalse(message.chars().anyMatch(Character::isISOControl), message);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHandshakeThatIsCutOffIsAnErrorOfTls(boolean pop3) {
        for (String begin : List.of("", "\u0016\u0003\u0003", "plain text\r\n")) {
            try (ScriptedMailbox server = server(pop3)) {
                // What comes before the client has read the consent is another attack.
                server.on(pop3 ? "STLS" : "STARTTLS", StoreScript.say(pop3 ? "+OK\r\n" : "{tag} OK\r\n")
                        .then(StoreScript.hear()).then(StoreScript.sayAndCut(begin)));
                ReceivingSettings settings = Opened.settings(pop3, server);
                Failure failure = Opened.refusal(transports, settings.withServer(
                        settings.server().withTls(TlsMode.STARTTLS)));
                assertEquals(Phase.TLS, failure.phase(), failure.message());
                assertFalse(server.lines().stream().anyMatch(line -> line.contains("AUTH")), "" + server.lines());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true,-ERR no", "false,{tag} NO no", "false,{tag} BAD no"})
    void whatOneCommandIsRefusedDoesNotEndTheConnection(boolean pop3, String answer) throws Exception {
        try (ScriptedMailbox server = server(pop3)) {
            MailStore store = Opened.open(transports, Opened.settings(pop3, server));
            for (String command : pop3 ? List.of("LIST", "TOP", "RETR", "DELE", "RSET")
                    : List.of("NOOP", "UID FETCH", "UID STORE")) {
                server.on(command, StoreScript.say(answer + "\r\n"));
            }
            for (String operation : pop3 ? List.of("list", "header", "headers", "delete")
                    : List.of("count", "list", "entry", "header", "headers", "content", "delete")) {
                Failure failure = failure(store, operation);
                assertTrue(failure.reusable(), operation + ": " + failure.message());
                assertTrue(store.usable(), operation);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHundredThousandMailsAreListed(boolean pop3) throws Exception {
        String[] mails = IntStream.range(0, 100_000).mapToObj(i -> "A: " + i + "\r\n\r\n").toArray(String[]::new);
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, mails)) {
            MailStore store = Opened.open(transports, Opened.settings(pop3, server));
            assertEquals(mails.length, store.count());
            List<MessageEntry> entries = store.list();
            assertEquals(mails.length, entries.size());
            assertEquals(Arrays.stream(mails).mapToLong(String::length).sum(),
                    entries.stream().mapToLong(MessageEntry::size).sum());
            assertEquals(mails[77_777], Opened.content(store, 77_778));
            assertTrue(store.delete(100_000));
            store.end();
        }
    }
}
