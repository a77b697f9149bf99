package dev.mailroom.arrival;

import static dev.mailroom.arrival.ArrivalBed.await;
import static dev.mailroom.arrival.ArrivalBed.mailbox;
import static dev.mailroom.arrival.ArrivalBed.often;
import static dev.mailroom.arrival.ArrivalBed.seldom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.receiving.ArrivalSettings.Done;
import dev.mailroom.receiving.ListenedMailbox.ReadingState;
import dev.mailroom.receiving.SetAsideMail;
import dev.mailroom.testing.LogCapture;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A mailbox and its listener: every mail is handled, once it was it is done, and what fails ends as a dead letter. */
@Timeout(120)
final class MailboxReaderTest {
    private static final String IDLING = "IMAP4rev1 AUTH=PLAIN SASL-IR UIDPLUS MOVE IDLE";
    private static final String POISON = "Subject: bad\r\n\r\npoison\r\n";

    private final ArrivalBed bed = new ArrivalBed();
    private final MemoryDeliveries store = new MemoryDeliveries();
    private LogCapture log;

    @BeforeEach
    void listen() {
        log = LogCapture.of("dev.mailroom.receiving");
    }

    @AfterEach
    void close() {
        bed.close();
        log.close();
    }

    private void awaitLine(String id) {
        await(id, () -> log.lines().stream().anyMatch(line -> line.contains(id)));
    }

    private static String mail(int number) {
        return "Subject: " + number + "\r\n\r\ntext\r\n";
    }

    private static String[] mails(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(MailboxReaderTest::mail).toArray(String[]::new);
    }

    @Test
    void aPop3MailboxIsEmptiedAndWhatComesLaterIsHandledToo() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(mails(50))) {
            MailboxReader reader = bed.start(mailbox(server, MailProtocol.POP3, often(Done.DELETE)), store);
            await("fifty mails", () -> bed.handled.size() == 50 && server.mails().isEmpty());
            assertEquals(List.of(mails(50)), bed.handled);
            server.deliver(mail(51));
            await("one more", () -> bed.handled.size() == 51 && server.mails().isEmpty());
            assertEquals(51, reader.handled());
            assertEquals("", reader.trouble());
        }
    }

    @Test
    void imapTellsOfANewMailWithoutALook() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(mails(3)).offering(IDLING)) {
            MailboxReader reader = bed.start(mailbox(server, MailProtocol.IMAP, seldom()), store);
            await("three mails", () -> server.seen().equals(Set.of(mails(3))));
            await("a wait", () -> reader.state() == ReadingState.WAITING);
            server.deliver(mail(4));
            await("the fourth", () -> bed.handled.size() == 4 && server.seen().size() == 4);
            assertTrue(server.lines().stream().anyMatch(line -> line.endsWith(" IDLE")), server.lines().toString());
            assertEquals(1, server.lines().stream().filter(line -> line.contains(" SELECT ")).count());
        }
    }

    @Test
    void aMailThatComesWhileAnotherIsHandledIsNotLeftUntilTheNextLook() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(mail(1)).offering(IDLING)) {
            bed.start(mailbox(server, MailProtocol.IMAP, seldom()), store, mail -> {
                if (bed.given.isEmpty()) {
                    // The answer to the command that marks the first mail as seen tells of it; IDLE does not again.
                    server.deliver(mail(2));
                }
                bed.onMail(mail);
            });
            await("both", () -> server.seen().equals(Set.of(mails(2))));
            assertEquals(List.of(mails(2)), bed.handled);
        }
    }

    @Test
    void whereTheServerDoesNotTellItIsAsked() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(mail(1))) {
            bed.start(mailbox(server, MailProtocol.IMAP, often(Done.SEEN)), store);
            await("the first", () -> server.seen().size() == 1);
            server.deliver(mail(2));
            await("the second", () -> bed.handled.size() == 2);
            assertFalse(server.lines().stream().anyMatch(line -> line.endsWith(" IDLE")), server.lines().toString());
        }
    }

    @Test
    void aHandledMailIsMovedToAFolderThatIsMadeForIt() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(mail(1), mail(2)).offering(IDLING)) {
            bed.start(mailbox(server, MailProtocol.IMAP, often(Done.MOVE)), store);
            await("both", () -> server.mails().isEmpty());
            assertEquals(List.of(mail(1), mail(2)), server.folders().get("\"Handled\""));
        }
    }

    @Test
    void aMailIsNotSeenBeforeItsListenerHasHandledIt() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(mail(1)).offering(IDLING)) {
            AtomicBoolean seen = new AtomicBoolean();
            bed.start(mailbox(server, MailProtocol.IMAP, seldom()), store, mail -> {
                seen.set(!server.seen().isEmpty());
                bed.onMail(mail);
            });
            await("the mail", () -> server.seen().size() == 1);
            assertFalse(seen.get());
            assertTrue(server.lines().stream().noneMatch(line -> line.contains("(BODY[])")), server.lines().toString());
        }
    }

    @Test
    void aMailWhoseListenerAlwaysFailsIsMovedAwayAndHoldsNobodyUp() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(POISON, mail(1)).offering(IDLING)) {
            MailboxReader reader = bed.start(mailbox(server, MailProtocol.IMAP, often(Done.SEEN)), store);
            await("a dead letter", () -> server.folders().containsKey("\"Failed\"")
                    && server.folders().get("\"Failed\"").equals(List.of(POISON)));
            await("the other mail", () -> server.seen().equals(Set.of(mail(1))));
            await("the count", () -> reader.deadLetters() == 1 && reader.failures() == 3);
            assertEquals(List.of(1, 2, 3), bed.given.stream().filter(mail -> mail.source().length == POISON.length())
                    .map(mail -> mail.delivery()).toList());
            assertEquals(List.of(), reader.setAside());
            awaitLine("MR0814");
        }
    }

    @Test
    void withPop3ADeadLetterStaysAndIsDeliveredAgainWhenItIsAskedFor() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(POISON, mail(1))) {
            AtomicBoolean mended = new AtomicBoolean();
            MailboxReader reader = bed.start(mailbox(server, MailProtocol.POP3, often(Done.DELETE)), store, mail -> {
                if (mended.get()) {
                    bed.handled.add("mended");
                } else {
                    bed.onMail(mail);
                }
            });
            await("a dead letter", () -> reader.setAside().size() == 1 && bed.handled.size() == 1
                    && server.mails().size() == 1);
            SetAsideMail aside = reader.setAside().get(0);
            assertEquals(3, aside.deliveries());
            assertTrue(aside.error().contains("it is poison"), aside.error());
            assertFalse(reader.deliverAgain("another"));
            mended.set(true);
            assertTrue(reader.deliverAgain(aside.identifier()));
            await("it again", () -> server.mails().isEmpty() && reader.setAside().isEmpty());
            assertEquals(List.of(mail(1), "mended"), bed.handled);
        }
    }

    @Test
    void aMailThatIsTooLargeIsADeadLetterAtOnce() {
        String large = "Subject: large\r\n\r\n" + "x".repeat(3000) + "\r\n";
        try (ScriptedMailbox server = ScriptedMailbox.pop3(large, mail(1))) {
            MailboxReader reader = bed.start(mailbox(server, MailProtocol.POP3, often(Done.DELETE)), store);
            await("the other mail", () -> server.mails().equals(List.of(large)) && bed.handled.size() == 1);
            assertTrue(reader.setAside().get(0).error().contains("mailroom.receive.max-message"));
        }
    }

    @Test
    void aServerThatIsLostIsCalledAgainAndTheMailboxGoesOn() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(mails(5))) {
            server.on("RETR 3", StoreScript.cut());
            MailboxReader reader = bed.start(mailbox(server, MailProtocol.POP3, often(Done.DELETE)), store);
            await("trouble", () -> reader.state() == ReadingState.TROUBLED);
            assertFalse(reader.trouble().isEmpty());
            server.on("RETR 3", StoreScript.sayBefore(""));
            await("all", () -> server.mails().isEmpty());
            assertEquals(List.of(mails(5)), bed.handled, "each once, although nothing was deleted the first time");
            await("no trouble", () -> reader.trouble().isEmpty());
            awaitLine("MR0810");
            awaitLine("MR0811");
        }
    }

    @Test
    void aMailboxInTroubleHoldsNoOtherUp() {
        try (ScriptedMailbox silent = ScriptedMailbox.pop3(mail(1)).on("greeting", StoreScript.silence());
                ScriptedMailbox server = ScriptedMailbox.pop3(mail(2))) {
            bed.start(mailbox(silent, MailProtocol.POP3, often(Done.DELETE)), store);
            bed.start(mailbox(server, MailProtocol.POP3, often(Done.DELETE)), store);
            await("the other", () -> bed.handled.equals(List.of(mail(2))));
        }
    }

    @Test
    void aStopEndsAReaderThatWaitsForNewsAndItSaysGoodbye() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(mail(1)).offering(IDLING)) {
            MailboxReader reader = bed.start(mailbox(server, MailProtocol.IMAP, seldom()), store);
            await("an idle connection", bed::listensToServer);
            bed.stop(reader);
            assertEquals(ReadingState.STOPPED, reader.state());
            assertTrue(server.lines().stream().anyMatch(line -> line.endsWith(" LOGOUT")), server.lines().toString());
        }
    }

    @Test
    void aStopWaitsForTheMailThatIsBeingHandled() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(mail(1), mail(2))) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            MailboxReader reader = bed.start(mailbox(server, MailProtocol.POP3, often(Done.DELETE)), store, mail -> {
                begun.countDown();
                go.await();
                bed.onMail(mail);
            });
            begun.await();
            reader.stop();
            go.countDown();
            assertTrue(reader.awaitEnd(ArrivalBed.LONG));
            assertEquals(List.of(mail(1)), bed.handled);
            assertEquals(List.of(mail(2)), server.mails(), "what was handled is gone, the rest is there");
        }
    }

    @Test
    void aListenerThatLeavesItsThreadInterruptedEndsNothing() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(mails(3))) {
            bed.start(mailbox(server, MailProtocol.POP3, often(Done.DELETE)), store, mail -> {
                bed.onMail(mail);
                Thread.currentThread().interrupt();
            });
            await("all", () -> server.mails().isEmpty());
            server.deliver(mail(4));
            await("one more", () -> bed.handled.size() == 4);
        }
    }

    @Test
    void aMailThatIsNotForTheListenerStaysAsItIsAndDoesNotComeAgain() {
        for (MailProtocol protocol : MailProtocol.values()) {
            if (protocol == MailProtocol.SMTP) {
                continue;
            }
            boolean pop3 = protocol == MailProtocol.POP3;
            AtomicInteger refused = new AtomicInteger();
            try (ScriptedMailbox server = pop3 ? ScriptedMailbox.pop3(POISON, mail(1))
                    : ScriptedMailbox.imap(POISON, mail(1)).offering(IDLING)) {
                MailboxReader reader = bed.start(
                        mailbox(server, protocol, often(pop3 ? Done.DELETE : Done.SEEN)), store, mail -> {
                            if (new String(mail.source(), StandardCharsets.US_ASCII).equals(POISON)) {
                                refused.incrementAndGet();
                                throw new UnclaimedMailException("not ours");
                            }
                        });
                await("the other mail", () -> reader.handled() == 1);
                server.deliver(mail(2));
                await("a later mail", () -> reader.handled() == 2
                        && (pop3 ? server.mails().size() == 1 : server.seen().size() == 2));
                assertEquals(pop3 ? List.of(POISON) : List.of(POISON, mail(1), mail(2)), server.mails());
                assertEquals(1, refused.get());
                assertEquals(List.of(0L, 0L), List.of(reader.failures(), reader.deadLetters()));
                assertEquals(List.of(), reader.setAside());
            }
        }
    }

    @Test
    void aListenerThatTakesNoMailsNowCountsAsNoFailure() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(mail(1))) {
            AtomicInteger attempts = new AtomicInteger();
            MailboxReader reader = bed.start(mailbox(server, MailProtocol.POP3, often(Done.DELETE)), store, mail -> {
                if (attempts.incrementAndGet() == 1) {
                    throw new ListenerUnavailableException("not yet", null);
                }
                bed.onMail(mail);
            });
            await("the mail", () -> bed.handled.size() == 1);
            assertEquals(0, reader.failures());
        }
    }
}
