package dev.mailroom.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpException;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import dev.mailroom.transport.SocketTransportFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often the server is waited for. */
final class RoundTripsTest {
    private static final String[] MAILS = IntStream.rangeClosed(1, 300)
            .mapToObj(i -> "Subject: " + i + "\r\n\r\n.text " + i + "\r\n").toArray(String[]::new);
    private static final String PIPELINING = "TOP UIDL PIPELINING SASL_PLAIN";

    private final SocketTransportFactory transports = Opened.transports();

    @AfterEach
    void close() {
        transports.close();
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
        String large = "Subject: large\r\n\r\n" + ("x".repeat(98) + "\r\n").repeat(11_000);
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
