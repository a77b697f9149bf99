package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Delivery;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.DialogueSettings;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.ScriptedSmtpServerBuilder;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How commands share round trips, and what happens when the server refuses one of a group. */
@Timeout(180)
class GroupsTest {
    private static final SmtpReply UNKNOWN = new SmtpReply(550, "5.1.1", "Unknown");
    private final SocketTransportFactory factory = Sessions.factory();

    @AfterEach
    void end() {
        factory.close();
    }

    private static Mail mail(int recipients, boolean partial) {
        List<String> paths = IntStream.rangeClosed(1, recipients).mapToObj(i -> "r" + i + "@x.org").toList();
        return new Mail(new Envelope("ann@x.org", paths, partial, DeliveryNotification.NONE), Sessions.data("x"));
    }

    private static ScriptedSmtpServerBuilder offering(boolean pipelining, boolean chunking) {
        ScriptedSmtpServerBuilder builder = ScriptedSmtpServer.builder();
        if (!pipelining) {
            builder.without("PIPELINING");
        }
        return chunking ? builder : builder.without("CHUNKING");
    }

    private static Failure failure(Outcome outcome) {
        return assertInstanceOf(Failure.class, outcome);
    }

    @ParameterizedTest
    @CsvSource({"true, true, 1, false, 1", "true, true, 20, false, 2", "true, true, 20, true, 1",
        "true, false, 1, false, 2", "true, false, 20, false, 3", "true, false, 20, true, 2",
        "false, false, 1, false, 4", "false, true, 1, false, 3", "false, false, 3, true, 6"})
    void aMailCostsThatManyRoundTrips(boolean pipelining, boolean chunking, int recipients, boolean partial,
            int flights) throws SmtpException {
        try (var server = offering(pipelining, chunking).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            long before = server.flights();
            for (int i = 0; i < 5; i++) {
                assertInstanceOf(Receipt.class, link.send(mail(recipients, partial), Deadline.NEVER));
            }
            assertEquals(5 * flights, server.flights() - before);
            assertEquals(List.of(), server.violations());
            link.close();
        }
    }

    @Test
    void thousandsOfRecipientsDoNotDeadLock() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().on(Step.RCPT, Action.reply("250 2.1.5 " + "y".repeat(400)))
                .start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            assertInstanceOf(Receipt.class, link.send(mail(10_000, false), Deadline.NEVER));
            assertEquals(10_000, server.mails().get(0).recipients().size());
            link.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void allOrNobodyMeansNobody(boolean pipelining, boolean chunking) throws SmtpException {
        try (var server = offering(pipelining, chunking).reply(Step.RCPT, "r2@x.org", "550 5.1.1 Unknown")
                .reply(Step.RCPT, "r3@x.org", "450 4.2.1 Later").start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Failure failure = failure(link.send(mail(3, false), Deadline.NEVER));
            assertEquals(Delivery.REJECTED, failure.delivery());
            assertEquals(Phase.RCPT, failure.phase());
            assertEquals(2, failure.refused().size());
            assertEquals(new RefusedRecipient("r2@x.org", UNKNOWN), failure.refused().get(0));
            assertTrue(failure.message().contains("r2@x.org: 550 5.1.1 Unknown"), failure.message());
            assertTrue(link.reusable());
            assertInstanceOf(Receipt.class, link.send(mail(1, false), Deadline.NEVER));
            assertEquals(List.of("r1@x.org"), server.mails().get(0).recipientPaths());
            assertEquals(1, server.mailCount());
            assertEquals(List.of(), server.violations());
            link.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void partialSendingReachesTheOthers(boolean pipelining, boolean chunking) throws SmtpException {
        try (var server = offering(pipelining, chunking).reply(Step.RCPT, "r2@x.org", "550 5.1.1 Unknown").start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Receipt receipt = assertInstanceOf(Receipt.class, link.send(mail(3, true), Deadline.NEVER));
            assertEquals(List.of(new RefusedRecipient("r2@x.org", UNKNOWN)), receipt.refused());
            assertEquals(List.of("r1@x.org", "r3@x.org"), server.mails().get(0).recipientPaths());
            link.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aContentThatIsRefusedTellsWhichRecipientsWereRefusedBefore(boolean pipelining, boolean chunking)
            throws SmtpException {
        Step end = chunking ? Step.BDAT : Step.FINAL_DOT;
        for (Action action : List.of(Action.reply("554 5.7.1 Spam"), Action.cut())) {
            try (var server = offering(pipelining, chunking).reply(Step.RCPT, "r2@x.org", "550 5.1.1 Unknown")
                    .on(end, action).start()) {
                SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
                Failure failure = failure(link.send(mail(3, true), Deadline.NEVER));
                assertEquals(Phase.FINAL_DOT, failure.phase());
                assertEquals(List.of(new RefusedRecipient("r2@x.org", UNKNOWN)), failure.refused());
                link.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA"})
    void aRefusalWithinAGroupLeavesTheConnectionFit(Step step) throws SmtpException {
        for (boolean chunking : new boolean[] {true, false}) {
            Step refused = step == Step.DATA && chunking ? Step.BDAT : step;
            try (var server = offering(true, chunking).on(When.at(refused).nth(1), Action.reply("451 4.3.0 Not now"))
                    .start()) {
                SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
                Failure failure = failure(link.send(mail(1, false), Deadline.NEVER));
                assertEquals(Delivery.REJECTED, failure.delivery());
                assertEquals("4.3.0", failure.reply().enhancedStatus());
                assertTrue(failure.isTransient());
                assertTrue(link.reusable());
                assertInstanceOf(Receipt.class, link.send(mail(1, false), Deadline.NEVER));
                assertEquals(1, server.mailCount());
                link.close();
            }
        }
    }

    @Test
    void aServerThatTakesContentForNobodyGetsALoneDot() throws SmtpException {
        try (var server = offering(true, false).on(When.at(Step.RCPT).nth(1), Action.reply("550 5.1.1 Unknown"))
                .on(When.at(Step.DATA).nth(1), Action.reply("354 Go on")).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            assertEquals(Phase.RCPT, failure(link.send(mail(1, false), Deadline.NEVER)).phase());
            assertTrue(link.reusable());
            assertInstanceOf(Receipt.class, link.send(mail(1, false), Deadline.NEVER));
            assertEquals(1, server.mailCount());
            link.close();
        }
    }

    @Test
    void aServerThatGoesOnWithAMailItHasRefusedNeverGetsTheDot() throws SmtpException {
        try (var server = offering(true, false).on(Step.MAIL, Action.reply("550 5.7.1 No"))
                .on(Step.RCPT, Action.reply("250 Yes")).on(Step.DATA, Action.reply("354 Go on")).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Failure failure = failure(link.send(mail(1, false), Deadline.NEVER));
            assertEquals(Delivery.REJECTED, failure.delivery());
            assertEquals(Phase.MAIL, failure.phase());
            assertFalse(link.reusable());
            link.close();
            server.awaitOpenConnections(0, Sessions.SOON);
            assertEquals(0, server.mailCount());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChunkRefusedMidwayEndsTheMailAndTheConnectionGoesOn(boolean pipelining) throws SmtpException {
        try (var server = offering(pipelining, true)
                .on(When.at(Step.BDAT).nth(2), Action.reply("552 5.3.4 Too big")).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Mail large = new Mail(mail(1, false).envelope(), Sessions.data("0123456789 .\r\n".repeat(500_000)));
            Failure failure = failure(link.send(large, Deadline.NEVER));
            assertEquals(Delivery.REJECTED, failure.delivery());
            assertEquals("5.3.4", failure.reply().enhancedStatus());
            assertTrue(link.reusable());
            assertInstanceOf(Receipt.class, link.send(mail(1, false), Deadline.NEVER));
            assertEquals(1, server.mailCount());
            assertEquals(List.of(), server.violations());
            link.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 16", "300000, 6"})
    void soManyMailsOfAStreamAreUnansweredAtMost(int size, int most) throws SmtpException {
        // The first is answered; then the server reads on and says nothing.
        try (var server = offering(true, true).on(When.at(Step.MAIL).nth(2), Action.silence()).start()) {
            SmtpTransport link = factory.open(Sessions.impatient(server, Duration.ofMillis(500)), Deadline.NEVER);
            Mail one = new Mail(mail(1, false).envelope(), Sessions.data("x".repeat(size)));
            List<Delivery> outcomes = new ArrayList<>();
            link.sendAll(Collections.nCopies(1_000, one).iterator(),
                    (mail, outcome) -> outcomes.add(outcome.delivery()));
            assertEquals(Delivery.SENT, outcomes.remove(0));
            assertTrue(outcomes.size() > 2 && outcomes.size() <= most, outcomes.toString());
            assertFalse(outcomes.contains(Delivery.SENT), outcomes.toString());
            link.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA", "BDAT", "FINAL_DOT"})
    void goodByeAnywhereMeansNotSent(Step step) throws SmtpException {
        try (var server = offering(true, step == Step.BDAT)
                .on(step, Action.reply("421 4.3.2 Closing").then(Action.cut())).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Failure failure = failure(link.send(mail(1, false), Deadline.NEVER));
            assertEquals(Delivery.REJECTED, failure.delivery(), failure.message());
            assertEquals(421, failure.reply().code());
            assertTrue(failure.isTransient());
            assertFalse(link.reusable());
            link.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"MAIL, true", "MAIL, false", "BDAT, true", "FINAL_DOT, false"})
    void whatAServerAcceptsBehindAGoodByeIsSent(Step step, boolean chunking) throws SmtpException {
        try (var server = offering(true, chunking)
                .on(When.at(step).nth(3), Action.reply("421 4.7.0 Slow down")).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            List<String> sent = new ArrayList<>();
            List<Delivery> outcomes = new ArrayList<>();
            link.sendAll(IntStream.range(0, 12).mapToObj(GroupsTest::numbered).iterator(), (mail, outcome) -> {
                outcomes.add(outcome.delivery());
                if (outcome.delivery() == Delivery.SENT) {
                    sent.add(mail.envelope().forwardPaths().get(0));
                }
            });
            link.close();
            assertEquals(server.mails().stream().map(mail -> mail.recipientPaths().get(0)).toList(), sent);
            assertFalse(outcomes.contains(Delivery.IN_DOUBT), outcomes.toString());
            assertEquals(Delivery.REJECTED, outcomes.get(2), outcomes.toString());
            assertFalse(link.reusable());
        }
    }

    @Test
    void aServerThatSaysGoodByeAndStaysSilentIsNotWaitedForAsForAReply() throws SmtpException {
        try (var server = offering(true, true).on(When.at(Step.BDAT).and(at -> at.nth() > 3), Action.silence())
                .on(When.at(Step.BDAT).nth(3), Action.reply("421 4.7.0 Slow down")).start()) {
            SmtpTransport link = factory.open(Sessions.impatient(server, Duration.ofMinutes(10)), Deadline.NEVER);
            List<Delivery> outcomes = new ArrayList<>();
            link.sendAll(IntStream.range(0, 8).mapToObj(GroupsTest::numbered).iterator(),
                    (mail, outcome) -> outcomes.add(outcome.delivery()));
            link.close();
            assertEquals(8, outcomes.size());
            assertEquals(List.of(Delivery.SENT, Delivery.SENT, Delivery.REJECTED), outcomes.subList(0, 3));
            assertEquals(Set.of(Delivery.NOT_SENT), Set.copyOf(outcomes.subList(3, 8)));
        }
    }

    private static Mail numbered(int number) {
        return new Mail(new Envelope("ann@x.org", List.of("r" + number + "@x.org"), false, DeliveryNotification.NONE),
                Sessions.data("x"));
    }

    @Test
    void aServerThatOffersChunkingWithoutKnowingItGetsData() throws SmtpException {
        try (var server = offering(true, true).on(Step.BDAT, Action.reply("502 5.5.1 Unknown command")).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            assertEquals(Delivery.NOT_SENT, link.send(mail(1, false), Deadline.NEVER).delivery());
            assertTrue(link.lostBeforeContent());
            link.close();
            SmtpTransport next = factory.open(Sessions.to(server), Deadline.NEVER);
            assertInstanceOf(Receipt.class, next.send(mail(1, false), Deadline.NEVER));
            assertTrue(server.connection(2).commands().contains("DATA"));
            next.close();
        }
    }

    @Test
    void bothCanBeSwitchedOff() throws SmtpException {
        try (var server = offering(true, true).start()) {
            SmtpSettings settings = Sessions.to(server).withDialogue(new DialogueSettings(false, false, true));
            SmtpTransport link = factory.open(settings, Deadline.NEVER);
            long before = server.flights();
            assertInstanceOf(Receipt.class, link.send(mail(1, false), Deadline.NEVER));
            assertEquals(4, server.flights() - before);
            link.close();
        }
    }

    @Test
    void somethingUnaskedBeforeAGroupClosesTheConnection() throws SmtpException {
        try (var server = offering(true, true).on(Step.BDAT, Action.raw("250 2.0.0 Yes\r\n250 2.0.0 And no\r\n"))
                .start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            assertInstanceOf(Receipt.class, link.send(mail(1, false), Deadline.NEVER));
            if (link.reusable()) {
                assertTrue(failure(link.send(mail(1, false), Deadline.NEVER)).message()
                        .contains("without being asked"));
            }
            assertFalse(link.reusable());
            assertEquals(1, server.mailCount());
            link.close();
        }
    }

    @Test
    void whatDoesNotFitTheServerIsNotEvenBegun() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().keywords("PIPELINING", "SIZE 1000").start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            MailData large = MailData.of(new byte[1001]);
            MailData eightBit = MailData.of("\u00e4".getBytes(StandardCharsets.UTF_8));
            assertUnfit(link, new Mail(mail(1, false).envelope(), large), "1001 octets");
            assertUnfit(link, new Mail(mail(1, false).envelope(), eightBit), "8BITMIME");
            assertUnfit(link, Sessions.mail("x", "\u00e4@x.org"), "SMTPUTF8");
            assertEquals(1, server.connection(1).commands().size());
            assertInstanceOf(Receipt.class, link.send(mail(1, false), Deadline.NEVER));
            link.close();
        }
    }

    private static void assertUnfit(SmtpTransport link, Mail mail, String words) {
        Failure failure = failure(link.send(mail, Deadline.NEVER));
        assertEquals(Phase.CHECK, failure.phase());
        assertEquals(Delivery.NOT_SENT, failure.delivery());
        assertTrue(failure.message().contains(words), failure.message());
        assertFalse(failure.isTransient());
        assertTrue(link.reusable());
        assertFalse(link.lostBeforeContent());
    }

    @Test
    void parametersGoWhereTheyAreOffered() throws SmtpException {
        DeliveryNotification wanted = new DeliveryNotification(Set.of(DeliveryNotification.Event.FAILURE,
                DeliveryNotification.Event.SUCCESS), false, "a+b=c");
        Mail mail = new Mail(new Envelope("", List.of("a+b=c@x.org", "\u00e4@x.org"), false, wanted),
                MailData.of("\u00e4\r\n".getBytes(StandardCharsets.UTF_8)));
        try (var server = ScriptedSmtpServer.builder().start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            assertInstanceOf(Receipt.class, link.send(mail, Deadline.NEVER));
            link.close();
            var received = server.mails().get(0);
            assertEquals(List.of("SIZE=4", "BODY=8BITMIME", "SMTPUTF8", "RET=FULL", "ENVID=a+2Bb+3Dc"),
                    received.parameters());
            assertEquals("", received.reversePath());
            assertEquals(List.of("NOTIFY=SUCCESS,FAILURE", "ORCPT=rfc822;a+2Bb+3Dc@x.org"),
                    received.recipients().get(0).parameters());
            assertEquals(List.of("NOTIFY=SUCCESS,FAILURE"), received.recipients().get(1).parameters());
        }
        try (var server = ScriptedSmtpServer.builder().without("DSN", "SIZE").start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            assertInstanceOf(Receipt.class, link.send(mail, Deadline.NEVER));
            link.close();
            assertEquals(List.of("BODY=8BITMIME", "SMTPUTF8"), server.mails().get(0).parameters());
            assertEquals(List.of(), server.mails().get(0).recipients().get(0).parameters());
        }
    }
}
