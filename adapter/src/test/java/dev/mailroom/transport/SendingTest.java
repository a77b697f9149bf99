package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Delivery;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpException;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.ScriptedSmtpServerBuilder;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mails over real sockets to a server that behaves, breaks off, keeps silent, or stops reading. */
@Timeout(180)
class SendingTest {
    private static final List<String[]> OFFERS = List.of(new String[] {"PIPELINING", "CHUNKING"},
            new String[] {"CHUNKING"}, new String[] {"PIPELINING"}, new String[] {});
    private final SocketTransportFactory factory = Sessions.factory();

    @AfterEach
    void end() {
        factory.close();
    }

    /** Which of both extensions the server does not have. */
    static Stream<List<String>> missing() {
        return OFFERS.stream().map(List::of);
    }

    static Stream<Arguments> missingAndStep() {
        return OFFERS.stream().flatMap(offer -> Stream.of(Step.MAIL, Step.RCPT, Step.DATA)
                .filter(step -> step != Step.DATA || List.of(offer).contains("CHUNKING"))
                .map(step -> Arguments.of(List.of(offer), step)));
    }

    private static ScriptedSmtpServerBuilder without(List<String> missing) {
        return ScriptedSmtpServer.builder().without(missing.toArray(String[]::new));
    }

    private static Step end(List<String> missing) {
        return missing.contains("CHUNKING") ? Step.FINAL_DOT : Step.BDAT;
    }

    @ParameterizedTest
    @MethodSource("missing")
    void contentArrivesUnchangedWhateverItsSize(List<String> missing) throws SmtpException {
        Random random = new Random(7);
        try (var server = without(missing).pieceSize(5).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            List<byte[]> contents = new ArrayList<>();
            for (int size : new int[] {0, 2, 3, 1_000, 98_300, 98_304, 200_000, 3_000_000}) {
                byte[] content = lines(random, size);
                contents.add(content);
                Outcome outcome = link.send(new Mail(Sessions.mail("", "c@x.org").envelope(), MailData.of(content)),
                        Deadline.NEVER);
                assertInstanceOf(Receipt.class, outcome, outcome.toString());
            }
            link.close();
            for (int i = 0; i < contents.size(); i++) {
                assertArrayEquals(contents.get(i), server.mails().get(i).content());
            }
            assertEquals(List.of(), server.violations());
            assertEquals(1, server.connectionsOpened());
        }
    }

    private static byte[] lines(Random random, int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (random.nextInt(4) == 0 ? '.' : 'a' + random.nextInt(26));
            if (i > 0 && content[i - 1] != '\n' && random.nextInt(20) == 0) {
                content[i - 1] = '\r';
                content[i] = '\n';
            }
        }
        if (size > 2) {
            content[size - 3] = 'x';
        }
        if (size > 1) {
            content[size - 2] = '\r';
            content[size - 1] = '\n';
        }
        return content;
    }

    @ParameterizedTest
    @MethodSource("missingAndStep")
    void aCutBeforeTheContentIsSafeToTryAgain(List<String> missing, Step step) throws SmtpException {
        for (Action action : List.of(Action.cut(), Action.reset(), Action.reply("421 4.3.2 Bye").then(Action.cut()))) {
            try (var server = without(missing).on(step, action).start()) {
                SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
                Failure failure = failure(link.send(Sessions.mail("x", "c@x.org"), Deadline.NEVER));
                assertFalse(failure.reusable());
                assertFalse(link.reusable());
                boolean contentLeft = missing.isEmpty() && !failure.reply().isPresent();
                assertEquals(contentLeft, failure.delivery() == Delivery.IN_DOUBT, failure.toString());
                assertEquals(!contentLeft, link.lostBeforeContent());
                link.close();
                assertEquals(0, server.mailCount());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("missing")
    void withoutAReplyToTheEndOfTheContentTheMailIsInDoubt(List<String> missing) throws SmtpException {
        for (Action action : List.of(Action.cut(), Action.reset(), Action.cut().countsAs(250), Action.silence())) {
            try (var server = without(missing).on(end(missing), action).start()) {
                SmtpTransport link = factory.open(Sessions.impatient(server, Duration.ofMillis(300)), Deadline.NEVER);
                Failure failure = failure(link.send(Sessions.mail("x", "c@x.org"), Deadline.NEVER));
                assertEquals(Delivery.IN_DOUBT, failure.delivery());
                assertEquals(Phase.FINAL_DOT, failure.phase());
                assertFalse(link.reusable());
                assertFalse(link.lostBeforeContent());
                assertEquals(Delivery.NOT_SENT,
                        link.send(Sessions.mail("y", "c@x.org"), Deadline.NEVER).delivery());
                assertTrue(link.lostBeforeContent());
                assertTrue(failure.message().contains("may or may not have been accepted"), failure.message());
                link.close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("missing")
    void aRefusedContentIsRejectedAndTheConnectionGoesOn(List<String> missing) throws SmtpException {
        try (var server = without(missing).on(When.at(end(missing)).nth(1), Action.reply("554 5.7.1 Spam")).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Failure failure = failure(link.send(Sessions.mail("x", "c@x.org"), Deadline.NEVER));
            assertEquals(Delivery.REJECTED, failure.delivery());
            assertEquals("5.7.1", failure.reply().enhancedStatus());
            assertTrue(failure.reusable());
            assertTrue(link.reusable());
            assertInstanceOf(Receipt.class, link.send(Sessions.mail("y", "c@x.org"), Deadline.NEVER));
            link.close();
            assertEquals("y\r\n", server.mails().get(0).text());
        }
    }

    @ParameterizedTest
    @MethodSource("missing")
    void silenceInTheDialogueEndsAtTheReplyTimeout(List<String> missing) throws SmtpException {
        try (var server = without(missing).on(Step.RCPT, Action.silence()).start()) {
            SmtpTransport link = factory.open(Sessions.impatient(server, Duration.ofMillis(300)), Deadline.NEVER);
            Failure failure = failure(link.send(Sessions.mail("x", "c@x.org"), Deadline.NEVER));
            assertTrue(failure.message().contains("within 300 ms"), failure.message());
            assertFalse(link.lostBeforeContent());
            link.close();
        }
    }

    @Test
    void theDeadlineBoundsAWholeSend() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().without("CHUNKING")
                .on(Step.RCPT, Action.drip(Duration.ofMillis(50), "250 " + "x".repeat(1000))).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Failure failure = failure(link.send(Sessions.mail("x", "c@x.org"), Deadline.after(Duration.ofMillis(300))));
            assertEquals(Delivery.NOT_SENT, failure.delivery());
            assertTrue(failure.message().contains("the deadline"), failure.message());
            link.close();
        }
    }

    @ParameterizedTest
    @MethodSource("missing")
    void aServerThatStopsReadingIsLeftAfterTheWriteTimeout(List<String> missing) throws SmtpException {
        try (var server = without(missing)
                .on(Step.CONTENT, Action.deafness().afterBytes(10_000)).start()) {
            SmtpTransport link = factory.open(Sessions.impatient(server, Duration.ofMillis(500)), Deadline.NEVER);
            Failure failure = failure(link.send(Sessions.mail("x\r\n".repeat(5_000_000), "c@x.org"), Deadline.NEVER));
            assertEquals(Delivery.NOT_SENT, failure.delivery(), failure.message());
            assertTrue(failure.message().contains(" 500 ms"), failure.message());
            link.close();
        }
    }

    @ParameterizedTest
    @MethodSource("missing")
    void aServerThatRefusesEarlyIsHeard(List<String> missing) throws SmtpException {
        try (var server = without(missing).without("SIZE").on(Step.CONTENT, Action.reply("552 5.3.4 Too big")
                .then(Action.deafness()).afterBytes(10_000)).start()) {
            SmtpTransport link = factory.open(Sessions.impatient(server, Duration.ofSeconds(5)), Deadline.NEVER);
            Failure failure = failure(link.send(Sessions.mail("x\r\n".repeat(10_000_000), "c@x.org"), Deadline.NEVER));
            assertEquals(Delivery.REJECTED, failure.delivery(), failure.message());
            assertEquals(552, failure.reply().code());
            link.close();
        }
    }

    @Test
    void aServerThatSaysGoodByeWhileIdleIsNotQuiet() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().start()) {
            for (Runnable end : List.<Runnable>of(server::dropAll, () -> server.hangUp("421 4.4.2 Idle"))) {
                SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
                assertTrue(link.quiet());
                end.run();
                server.await("not quiet", () -> !link.quiet(), Sessions.SOON);
                assertFalse(link.reusable());
                link.close();
            }
        }
    }

    @Test
    void aGoodByeSeenOnlyWhenSendingIsSafeToTryAgain() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().without("CHUNKING").start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            server.hangUp("421 4.4.2 Idle");
            Failure failure = failure(link.send(Sessions.mail("x", "c@x.org"), Deadline.NEVER));
            assertNotEquals(Delivery.IN_DOUBT, failure.delivery());
            assertTrue(link.lostBeforeContent());
            link.close();
        }
    }

    @Test
    void probingAsksTheServer() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().on(When.at(Step.NOOP).nth(2), Action.silence()).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            assertTrue(link.probe(Sessions.SOON));
            assertTrue(link.reusable());
            assertFalse(link.probe(Duration.ofMillis(200)));
            assertFalse(link.reusable());
            link.close();
        }
    }

    @Test
    void closingFromAnotherThreadEndsASend() throws Exception {
        try (var server = ScriptedSmtpServer.builder().on(Step.MAIL, Action.silence()).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
            Thread sender = new Thread(() -> outcomes.add(link.send(Sessions.mail("x", "c@x.org"), Deadline.NEVER)));
            sender.start();
            server.await("MAIL", () -> server.connection(1).commands().size() > 1, Sessions.SOON);
            link.close();
            sender.join(Sessions.SOON.toMillis());
            assertEquals(1, outcomes.size());
            assertFalse(link.reusable());
        }
    }

    @Test
    void theTimeTheIteratorTakesIsNotThatOfTheSend() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().start()) {
            Duration send = Duration.ofMillis(500);
            SmtpTransport link = factory.open(Sessions.to(server).withTimeouts(
                    new TimeoutSettings(Sessions.SOON, Sessions.SOON, Sessions.SOON, send)), Deadline.NEVER);
            List<Outcome> outcomes = new ArrayList<>();
            Iterator<Mail> mails = List.of(Sessions.mail("1", "c@x.org"), Sessions.mail("2", "c@x.org")).iterator();
            link.sendAll(new Iterator<>() {
                @Override
                public boolean hasNext() {
                    if (!mails.hasNext()) {
                        LockSupport.parkNanos(2 * send.toNanos());
                    }
                    return mails.hasNext();
                }

                @Override
                public Mail next() {
                    return mails.next();
                }
            }, (mail, outcome) -> outcomes.add(outcome));
            assertEquals(2, outcomes.stream().filter(Receipt.class::isInstance).count(), outcomes.toString());
            link.close();
        }
    }

    @Test
    void severalMailsInAStreamShareTheirRoundTrips() throws SmtpException {
        for (List<String> missing : missing().toList()) {
            try (var server = without(missing).start()) {
                SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
                long before = server.flights();
                List<Mail> mails = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    mails.add(Sessions.mail("mail " + i, "c@x.org"));
                }
                List<Outcome> outcomes = new ArrayList<>();
                link.sendAll(mails.iterator(), (mail, outcome) -> outcomes.add(outcome));
                long flights = server.flights() - before;
                assertEquals(64, outcomes.stream().filter(Receipt.class::isInstance).count());
                assertEquals(64, server.mailCount());
                long most = missing.isEmpty() ? 10 : missing.equals(List.of("CHUNKING")) ? 66 : 64 * 4 + 1;
                assertTrue(flights <= most, missing + ": " + flights + " flights");
                assertTrue(link.reusable());
                link.close();
                assertEquals("mail 63\r\n", server.mails().get(63).text().replace("\n", "\n"));
            }
        }
    }

    @Test
    void charactersWhoseLowByteIsALineEndStayWhatTheyAre() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            assertInstanceOf(Receipt.class, link.send(Sessions.mail("x", "a\u760a\u760db@x.org"), Deadline.NEVER));
            link.close();
            assertEquals(List.of("a\u760a\u760db@x.org"), server.mails().get(0).recipientPaths());
            assertTrue(server.mails().get(0).parameters().contains("SMTPUTF8"));
            assertEquals("x\r\n", new String(server.mails().get(0).content(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void anAddressBeyondAsciiInTheHeaderAloneNeedsSmtpUtf8Too() throws SmtpException {
        String text = "Subject: =?UTF-8?Q?=C3=A5?=\r\nReply-To: =?UTF-8?Q?=C3=A5?=\r\n\t<gr\u00e5@example.org>, x@y.z"
                + "\r\n\r\n\u00e5@z";
        var data = MailData.of(text.getBytes(StandardCharsets.UTF_8));
        var envelope = new Envelope("ann@x.org", List.of("bob@x.org"), false, DeliveryNotification.NONE, true);
        Mail mail = new Mail(envelope, data);
        try (var server = ScriptedSmtpServer.builder().start();
                var plain = ScriptedSmtpServer.builder().without("SMTPUTF8").start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            assertInstanceOf(Receipt.class, link.send(mail, Deadline.NEVER));
            link.close();
            assertTrue(server.mails().get(0).parameters().contains("SMTPUTF8"));
            link = factory.open(Sessions.to(plain), Deadline.NEVER);
            Failure failure = failure(link.send(mail, Deadline.NEVER));
            assertEquals(Delivery.NOT_SENT, failure.delivery());
            assertTrue(failure.message().startsWith("the address \"gr\u00e5@example.org\" in Reply-To has"),
                    failure.message());
            assertTrue(failure.message().contains("does not offer SMTPUTF8"), failure.message());
            link.close();
            assertEquals(List.of(), plain.mails());
        }
    }

    @Test
    void theAddressThatAServerCannotCarryIsNamed() throws SmtpException {
        var data = MailData.of("Reply-To: gr\u00e5@example.org\r\n\r\nx".getBytes(StandardCharsets.UTF_8));
        try (var server = ScriptedSmtpServer.builder().without("8BITMIME").start();
                var plain = ScriptedSmtpServer.builder().without("SMTPUTF8", "8BITMIME").start()) {
            for (String[] wanted : new String[][] {{"\u00e5@x.org", "b@x.org", "the sender \"\u00e5@x.org\" has"},
                {"a@x.org", "\u00e5@x.org", "the recipient \"\u00e5@x.org\" has"},
                {"a@x.org", "b@x.org", "the address \"gr\u00e5@example.org\" in Reply-To has"}}) {
                var envelope = new Envelope(wanted[0], List.of("c@x.org", wanted[1]), false,
                        DeliveryNotification.NONE, true);
                SmtpTransport link = factory.open(Sessions.to(plain), Deadline.NEVER);
                Failure failure = failure(link.send(new Mail(envelope, data), Deadline.NEVER));
                assertTrue(failure.message().startsWith(wanted[2]), failure.message());
                link.close();
            }
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            var envelope = new Envelope("a@x.org", List.of("b@x.org"), false, DeliveryNotification.NONE, true);
            Failure failure = failure(link.send(new Mail(envelope, data), Deadline.NEVER));
            assertTrue(failure.message().contains("SMTPUTF8 without 8BITMIME"), failure.message());
            link.close();
            assertEquals(List.of(), server.mails());
        }
    }

    private static Failure failure(Outcome outcome) {
        return assertInstanceOf(Failure.class, outcome);
    }
}
