package dev.mailroom.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpException;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import dev.mailroom.transport.SocketTransportFactory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often the server is waited for. */
final class RoundTripsTest {
    private static final String[] MAILS = IntStream.rangeClosed(1, 300)
            .mapToObj(i -> "Subject: " + i + "\r\n\r\n.text " + i + "\r\n").toArray(String[]::new);
    private static final String IMAP = "IMAP4rev1 AUTH=PLAIN SASL-IR UIDPLUS";
    private static final String PIPELINING = "TOP UIDL PIPELINING SASL_PLAIN";

    private final SocketTransportFactory transports = Opened.transports();

    @AfterEach
    void close() {
        transports.close();
    }

    private MailStore imap(ScriptedMailbox server) throws Exception {
        return Opened.open(transports, Opened.settings(false, server));
    }

    private MailStore pop3(ScriptedMailbox server) throws Exception {
        return Opened.open(transports, Opened.settings(true, server));
    }

    @Test
    void aPop3MailboxIsListedInOneRoundTrip() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAILS).offering(PIPELINING)) {
            MailStore store = pop3(server);
            int before = server.flights();
            assertEquals(300, store.list().size());
            assertEquals(MAILS[6].length(), store.entry(7).orElseThrow().size());
            assertEquals(1, server.flights() - before);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manyHeadersComeInFewRoundTrips(boolean pop3) throws Exception {
        String[] mails = IntStream.rangeClosed(1, 10_000).mapToObj(i -> "Subject: " + i + "\r\n\r\n")
                .toArray(String[]::new);
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, mails).offering(pop3 ? PIPELINING : IMAP)) {
            MailStore store = Opened.open(transports, Opened.settings(pop3, server));
            int before = server.flights();
            List<String> subjects = new ArrayList<>();
            List<Integer> numbers = IntStream.rangeClosed(1, mails.length).boxed().toList();
            store.headers(numbers, (entry, header) -> {
                assertEquals(subjects.size() + 1, entry.number());
                subjects.add(new String(header, StandardCharsets.ISO_8859_1));
            });
            assertEquals(List.of(mails), subjects);
            assertTrue(server.flights() - before <= 6, server.flights() - before + " round trips");
            store.end();
        }
    }

    @Test
    void headersOfSomeMailsComeTogetherToo() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAILS).offering(IMAP)) {
            MailStore store = imap(server);
            assertTrue(store.delete(4));
            List<Integer> got = new ArrayList<>();
            int before = server.flights();
            store.headers(List.of(300, 1, 2, 3, 4, 5, 9, 9, 500, 0), (entry, header) -> got.add(entry.number()));
            assertEquals(List.of(1, 2, 3, 5, 9, 300), got);
            assertEquals(1, server.flights() - before);
            assertTrue(server.lines().stream().anyMatch(line -> line.contains(" FETCH 10:30,50,90,3000 ")));
        }
    }

    @Test
    void anImapMailIsReadInOneRoundTripAndIsSeenFromThenOn() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAILS).offering(IMAP)) {
            MailStore store = imap(server);
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            MessageEntry entry = store.fetch(7, false, octets).orElseThrow();
            assertEquals(MAILS[6], octets.toString(StandardCharsets.ISO_8859_1));
            assertEquals(MAILS[6].length(), entry.size());
            assertFalse(entry.seen());
            assertEquals(1, server.lines().stream().filter(line -> line.contains("FETCH")).count());
            assertTrue(store.entry(7).orElseThrow().seen());
            assertFalse(store.entry(8).orElseThrow().seen());
            assertTrue(store.delete(7));
            assertFalse(store.delete(7));
        }
    }

    @Test
    void aLargeImapMailIsReadInTwoRoundTrips() throws Exception {
        String large = "Subject: large\r\n\r\n" + ("x".repeat(98) + "\r\n").repeat(22_000);
        try (ScriptedMailbox server = ScriptedMailbox.imap(large).offering(IMAP)) {
            MailStore store = imap(server);
            assertEquals(large, Opened.content(store, 1));
            assertEquals(2, server.lines().stream().filter(line -> line.contains("FETCH")).count());
        }
    }

    @Test
    void aMailReadAheadIsUnseenUntilItIsAskedFor() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAILS).offering(IMAP)) {
            MailStore store = imap(server);
            int before = server.flights();
            for (int number = 1; number <= 100; number++) {
                assertEquals(MAILS[number - 1], Opened.content(store, number));
            }
            assertTrue(server.flights() - before <= 110, server.flights() - before + " round trips");
            assertTrue(server.lines().stream().filter(line -> line.contains("FETCH")).count() <= 8);
            assertTrue(store.entry(100).orElseThrow().seen());
            assertFalse(store.entry(101).orElseThrow().seen());
        }
    }

    @Test
    void anImapMailboxOpensInFourRoundTripsAndInThreeWhereTheServerTellsWhatItCanDo() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAILS).offering(IMAP)) {
            imap(server);
            assertEquals(List.of("CAPABILITY", "AUTHENTICATE", "CAPABILITY", "SELECT", "UID"), words(server));
        }
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAILS)
                .on("greeting", StoreScript.say("* OK [CAPABILITY " + IMAP + "] ready\r\n"))
                .on("AUTHENTICATE", StoreScript.say("{tag} OK [CAPABILITY " + IMAP + "] in\r\n"))) {
            assertEquals(300, imap(server).count());
            assertEquals(List.of("AUTHENTICATE", "SELECT", "UID", "NOOP"), words(server));
        }
    }

    private static List<String> words(ScriptedMailbox server) {
        return server.lines().stream().map(line -> line.split(" ")[1]).toList();
    }

    @ParameterizedTest
    @CsvSource({PIPELINING + ",20", "TOP UIDL SASL_PLAIN,302", PIPELINING + " EXPIRE_0,301"})
    void mailsThatAreReadOneAfterTheOtherComeTogetherWhereTheServerAllows(String offered, int most) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAILS).offering(offered)) {
            MailStore store = pop3(server);
            int before = server.flights();
            for (int number = 1; number <= MAILS.length; number++) {
                assertEquals(number, store.entry(number).orElseThrow().number());
                assertEquals(MAILS[number - 1], Opened.content(store, number));
            }
            assertTrue(server.flights() - before <= most, server.flights() - before + " round trips");
            store.end();
        }
    }

    @Test
    void oneMailIsReadWithoutOthers() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAILS).offering(PIPELINING)) {
            MailStore store = pop3(server);
            for (int number : new int[] {1, 7, 3, 9, 8}) {
                assertEquals(MAILS[number - 1], Opened.content(store, number));
            }
            assertEquals(5, server.lines().stream().filter(line -> line.startsWith("RETR")).count());
        }
    }

    @Test
    void whatWasReadAheadIsNotThereOnceItIsDeleted() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAILS).offering(PIPELINING)) {
            MailStore store = pop3(server);
            for (int number = 1; number <= 4; number++) {
                assertEquals(MAILS[number - 1], Opened.content(store, number));
                assertTrue(store.delete(number));
            }
            assertTrue(store.delete(5));
            assertNull(Opened.content(store, 5));
            store.reset();
            assertEquals(MAILS[4], Opened.content(store, 5));
        }
    }

    @Test
    void aMailThatIsRefusedAmongOthersIsToldWhenItIsAskedForAndTheOthersCome() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAILS).offering(PIPELINING)
                .on("RETR 3", StoreScript.say("-ERR not now\r\n"))) {
            MailStore store = pop3(server);
            assertEquals(MAILS[0], Opened.content(store, 1));
            assertEquals(MAILS[1], Opened.content(store, 2));
            SmtpException refused = assertThrows(SmtpException.class, () -> Opened.content(store, 3));
            assertTrue(refused.getMessage().contains("not now") && refused.failure().reusable());
            assertEquals(MAILS[3], Opened.content(store, 4));
            assertEquals(MAILS[4], Opened.content(store, 5));
        }
    }

    @Test
    void largeMailsAreNotReadAhead() throws Exception {
        String large = "Subject: large\r\n\r\n" + ("x".repeat(98) + "\r\n").repeat(22_000);
        try (ScriptedMailbox server = ScriptedMailbox.pop3(large, large, large).offering(PIPELINING)) {
            MailStore store = pop3(server);
            assertEquals(large, Opened.content(store, 1));
            assertEquals(large, Opened.content(store, 2));
            assertFalse(server.lines().contains("RETR 3"));
        }
    }

    @Test
    void aConnectionThatIsCutWhileReadingAheadIsAnError() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAILS).offering(PIPELINING)
                .on("RETR 3", StoreScript.sayAndCut("+OK\r\nSubj"))) {
            MailStore store = pop3(server);
            assertEquals(MAILS[0], Opened.content(store, 1));
            assertThrows(SmtpException.class, () -> List.of(Opened.content(store, 2), Opened.content(store, 3)));
            assertFalse(store.usable());
        }
    }
}
