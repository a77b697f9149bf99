package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.Occasion;
import dev.mailroom.testing.ReceivedMail;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.ScriptedSmtpServerBuilder;
import dev.mailroom.testing.Step;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.MailCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that take only so many mails on a connection, or so many recipients in a mail. */
@Timeout(180)
class WornOutConnectionTest {
    private static final int BORNE = 10;
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final MailCounts counts = new MailCounts();
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, counts);

    @AfterEach
    void end() {
        manager.close();
        transports.close();
    }

    private static ScriptedSmtpServerBuilder limited(Step step, Action action, String... without) {
        return ScriptedSmtpServer.builder().without(without).script(occasion -> wornOut(occasion, step)
                ? Optional.of(action) : Optional.empty());
    }

    private static boolean wornOut(Occasion occasion, Step step) {
        return occasion.step() == step && occasion.nth() > BORNE;
    }

    private SmtpConnection connection(ScriptedSmtpServer server) throws SmtpException {
        return manager.connections().getConnection(SmtpSettings.of("bob", "127.0.0.1", server.port()));
    }

    private static Mail mail(int number) {
        return new Mail(Envelope.of("ann@x.org", List.of("r" + number + "@x.org")),
                MailData.of(("Subject: " + number + "\r\n\r\n").getBytes()));
    }

    @ParameterizedTest
    @CsvSource({"MAIL, 452 4.5.3 Too many messages sent", "MAIL, 451 4.7.1 Enough", "BDAT, 452 4.5.3 Enough",
        "RCPT, 452 4.5.3 Too many recipients: Too many messages sent", "RCPT, 451 4.7.0 Too many messages this session",
        "MAIL, 550 5.7.0 Too many messages on this connection", "MAIL, 503 5.5.1 Too many messages this session",
        "MAIL, 554 Maximum number of messages per session exceeded"})
    void aMailThatAWornOutConnectionRefusesGoesOnAFreshOne(Step step, String reply) throws SmtpException {
        try (var server = limited(step, Action.reply(reply)).start()) {
            for (int i = 0; i < 40; i++) {
                try (SmtpConnection connection = connection(server)) {
                    connection.send(mail(i));
                }
            }
            assertAll(server, 40);
            assertEquals(4, server.connectionsOpened());
        }
    }

    @ParameterizedTest
    @CsvSource({"MAIL, 452 4.5.3 Enough", "DATA, 451 4.3.0 Enough", "FINAL_DOT, 452 Enough"})
    void withoutChunkingToo(Step step, String reply) throws SmtpException {
        try (var server = limited(step, Action.reply(reply), "CHUNKING").start()) {
            for (int i = 0; i < 25; i++) {
                try (SmtpConnection connection = connection(server)) {
                    connection.send(mail(i));
                }
            }
            assertAll(server, 25);
            assertEquals(3, server.connectionsOpened());
        }
    }

    @ParameterizedTest
    @CsvSource({"MAIL, 452 4.5.3 Enough, false", "MAIL, 421 4.7.0 Enough, true", "BDAT, 452 4.5.3 Enough, false",
        "RCPT, 421 4.7.0 Enough, true", "RCPT, 452 4.5.3 Too many messages sent, false",
        "MAIL, 550 5.7.0 Too many messages on this connection, false",
        "MAIL, 554 Too many messages this session, false"})
    void aStreamGoesOnOverFreshConnections(Step step, String reply, boolean closes) throws SmtpException {
        Action action = closes ? Action.reply(reply).then(Action.cut()) : Action.reply(reply);
        try (var server = limited(step, action).start(); SmtpConnection connection = connection(server)) {
            List<Mail> mails = IntStream.range(0, 60).mapToObj(WornOutConnectionTest::mail).toList();
            List<Mail> told = new ArrayList<>();
            connection.sendAll(mails.iterator(), (mail, outcome) -> {
                told.add(mail);
                assertInstanceOf(Receipt.class, outcome, outcome.toString());
            });
            assertEquals(mails, told, "one outcome each, in their order");
            assertAll(server, 60);
            assertEquals(6, server.connectionsOpened());
        }
    }

    @ParameterizedTest
    @CsvSource({"452 4.5.3 Too many messages sent, false, 1", "421 4.7.0 too many messages this session, true, 1",
        "451 4.7.1 Enough, false, 2", "550 5.7.0 Too many messages on this connection, false, 1"})
    void afterThatConnectionsEndBeforeTheRefusal(String reply, boolean closes, int refusals) throws SmtpException {
        Action action = closes ? Action.reply(reply).then(Action.cut()) : Action.reply(reply);
        int[] refused = {0};
        try (var server = ScriptedSmtpServer.builder().script(occasion -> {
            boolean refuses = wornOut(occasion, Step.MAIL);
            refused[0] += refuses ? 1 : 0;
            return refuses ? Optional.of(action) : Optional.empty();
        }).start()) {
            for (int i = 0; i < 60; i++) {
                try (SmtpConnection connection = connection(server)) {
                    connection.send(mail(i));
                }
            }
            assertAll(server, 60);
            assertEquals(refusals, refused[0]);
            assertEquals(6, server.connectionsOpened());
            assertShown();
        }
    }

    private void assertShown() {
        assertEquals(List.of(BORNE), manager.view(counts).sessions().stream()
                .map(row -> row.limits().mails()).toList());
        assertEquals(0, manager.view(counts).total().limits().mails());
    }

    @Test
    void aStreamLearnsItToo() throws SmtpException {
        int[] refused = {0};
        try (var server = ScriptedSmtpServer.builder().script(occasion -> {
            boolean refuses = wornOut(occasion, Step.MAIL);
            refused[0] += refuses && occasion.nth() == BORNE + 1 ? 1 : 0;
            return refuses ? Optional.of(Action.reply("452 4.5.3 Enough")) : Optional.empty();
        }).start(); SmtpConnection connection = connection(server)) {
            connection.sendAll(IntStream.range(0, 60).mapToObj(WornOutConnectionTest::mail).iterator(),
                    (mail, outcome) -> assertInstanceOf(Receipt.class, outcome, outcome.toString()));
            assertAll(server, 60);
            assertEquals(1, refused[0]);
            assertEquals(6, server.connectionsOpened());
            assertShown();
        }
    }

    private static void assertAll(ScriptedSmtpServer server, int count) {
        assertEquals(IntStream.range(0, count).mapToObj(i -> "r" + i + "@x.org").sorted().toList(),
                server.mails().stream().flatMap(mail -> mail.recipientPaths().stream()).sorted().toList(),
                "each mail arrived once");
        assertEquals(List.of(), server.violations());
    }

    @Test
    void aRefusalOnAFreshConnectionIsNotTriedAgain() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().reply(Step.MAIL, "452 4.5.3 Too many").start();
                SmtpConnection connection = connection(server)) {
            Failure failure = assertThrows(SmtpException.class, () -> connection.send(mail(1))).failure();
            assertEquals(FailureScope.SESSION, failure.scope());
            assertTrue(failure.reusable());
            assertEquals(1, server.connectionsOpened());
        }
    }

    @Test
    void aRefusedAddressCostsNoConnection() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder()
                .reply(Step.MAIL, "bad@x.org", "450 4.1.8 Domain not found").start();
                SmtpConnection connection = connection(server)) {
            connection.send(mail(1));
            Mail bad = new Mail(Envelope.of("bad@x.org", List.of("c@x.org")), mail(2).data());
            Failure failure = assertThrows(SmtpException.class, () -> connection.send(bad)).failure();
            assertEquals(FailureScope.SENDER, failure.scope());
            connection.send(mail(3));
            assertEquals(1, server.connectionsOpened());
        }
    }

    @Test
    void aFreshConnectionThatCannotBeOpenedIsTheOutcomeOfTheMailsThatWaitedForIt() throws SmtpException {
        try (var server = limited(Step.MAIL, Action.reply("452 4.5.3 Enough"))
                .script(occasion -> occasion.step() == Step.GREETING && occasion.connection() > 1
                        ? Optional.of(Action.reply("421 4.3.2 Closed")) : Optional.empty()).start();
                SmtpConnection connection = connection(server)) {
            List<Outcome> outcomes = new ArrayList<>();
            connection.sendAll(IntStream.range(0, 11).mapToObj(WornOutConnectionTest::mail).iterator(),
                    (mail, outcome) -> outcomes.add(outcome));
            assertEquals(11, outcomes.size());
            Failure failure = assertInstanceOf(Failure.class, outcomes.get(10));
            assertEquals(FailureScope.SERVER, failure.scope());
            assertEquals(421, failure.reply().code());
        }
    }

    @Test
    void onlyTheMailThatCostTheConnectionFails() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().without("CHUNKING")
                .script(occasion -> occasion.step() == Step.FINAL_DOT && occasion.connection() == 1
                        && occasion.nth() == 3 ? Optional.of(Action.cut()) : Optional.empty()).start();
                SmtpConnection connection = connection(server)) {
            List<Outcome> outcomes = new ArrayList<>();
            connection.sendAll(IntStream.range(0, 12).mapToObj(WornOutConnectionTest::mail).iterator(),
                    (mail, outcome) -> outcomes.add(outcome));
            assertEquals(Delivery.IN_DOUBT, outcomes.get(2).delivery());
            assertEquals(11, outcomes.stream().filter(Receipt.class::isInstance).count(), outcomes.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"452 4.5.3 Too many recipients", "552 5.5.3 Too many recipients", "450 4.5.3 Enough",
        "451 4.5.3 Too many recipients", "550 5.5.3 Too many recipients", "554 5.5.3 Too many recipients"})
    void recipientsTooManyGoInFurtherTransactions(String reply) throws SmtpException {
        try (var server = crowded(reply); SmtpConnection connection = connection(server)) {
            Mail mail = crowd(8, true);
            Receipt receipt = connection.send(mail);
            assertEquals(List.of("r5@x.org"), receipt.refused().stream().map(one -> one.address()).toList());
            List<Outcome> outcomes = new ArrayList<>();
            connection.sendAll(List.of(mail, mail(20), mail).iterator(), (given, outcome) -> outcomes.add(outcome));
            assertTrue(outcomes.stream().allMatch(Receipt.class::isInstance), outcomes.toString());
            assertEquals(List.of(1, 0, 1), outcomes.stream().map(outcome -> outcome.refused().size()).toList());
            List<String> got = server.mails().stream().map(ReceivedMail::recipientPaths).flatMap(List::stream).toList();
            assertEquals(7 * 3 + 1, got.size(), got.toString());
            assertEquals(1, server.connectionsOpened());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"452 4.5.3 Too many recipients", "552 5.5.3 Too many recipients",
        "550 5.5.3 Too many recipients"})
    void allOrNobodyWithRecipientsTooManyIsHopelessAndSaysWhatToDo(String reply) throws SmtpException {
        try (var server = crowded(reply); SmtpConnection connection = connection(server)) {
            Failure failure = assertThrows(SmtpException.class, () -> connection.send(crowd(5, false))).failure();
            assertFalse(failure.isTransient());
            assertTrue(failure.message().contains("use partialSend, or split"), failure.message());
            assertEquals(0, server.mailCount());
        }
    }

    @Test
    void aRefusalWithoutAnAcceptedRecipientIsOne() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().reply(Step.RCPT, "550 5.5.3 Too many recipients").start();
                SmtpConnection connection = connection(server)) {
            Failure failure = assertThrows(SmtpException.class, () -> connection.send(crowd(2, true))).failure();
            assertFalse(failure.isTransient());
            assertEquals(1, server.connectionsOpened());
        }
    }

    @Test
    void aRefusedSenderStaysRefusedOnAConnectionThatCarriedMails() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder()
                .reply(Step.MAIL, "bad@x.org", "550 5.7.1 Sender not allowed in this session").start();
                SmtpConnection connection = connection(server)) {
            connection.send(mail(1));
            Mail bad = new Mail(Envelope.of("bad@x.org", List.of("c@x.org")), mail(2).data());
            Failure failure = assertThrows(SmtpException.class, () -> connection.send(bad)).failure();
            assertFalse(failure.isTransient());
            connection.send(mail(3));
            assertEquals(1, server.connectionsOpened());
        }
    }

    @Test
    void aServerThatRefusesAFreshConnectionForItsMailsIsBelieved() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().script(at -> at.step() == Step.MAIL
                && (at.nth() > 1 || at.connection() > 1)
                ? Optional.of(Action.reply("550 5.7.0 Too many messages on this connection")) : Optional.empty())
                .start(); SmtpConnection connection = connection(server)) {
            connection.send(mail(1));
            Failure failure = assertThrows(SmtpException.class, () -> connection.send(mail(2))).failure();
            assertFalse(failure.isTransient());
            assertEquals(FailureScope.MAIL, failure.scope());
            assertEquals(2, server.connectionsOpened());
        }
    }

    /** It counts the recipients of a connection: ten, and then none. */
    @Test
    void allOrNobodyGoesOnAFreshConnectionWhereTheServerCountsTheRecipientsOfOne() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().script(at -> at.step() == Step.RCPT && at.nth() > 10
                ? Optional.of(Action.reply("452 4.5.3 Too many recipients")) : Optional.empty()).start();
                SmtpConnection connection = connection(server)) {
            for (int i = 0; i < 6; i++) {
                connection.send(crowd(4, false));
            }
            assertEquals(6, server.mailCount());
            assertEquals(3, server.connectionsOpened());
        }
    }

    /** Takes three recipients a mail, and never r5. */
    private static ScriptedSmtpServer crowded(String reply) {
        int[] accepted = {0};
        return ScriptedSmtpServer.builder().script(occasion -> {
            if (occasion.step() == Step.MAIL) {
                accepted[0] = 0;
            }
            if (occasion.step() != Step.RCPT) {
                return Optional.empty();
            }
            if (occasion.argument().equals("r5@x.org")) {
                return Optional.of(Action.reply("550 5.1.1 Unknown"));
            }
            return accepted[0]++ < 3 ? Optional.empty() : Optional.of(Action.reply(reply));
        }).start();
    }

    private static Mail crowd(int recipients, boolean partial) {
        List<String> paths = IntStream.range(0, recipients).mapToObj(i -> "r" + i + "@x.org").toList();
        return new Mail(new Envelope("ann@x.org", paths, partial, DeliveryNotification.NONE), mail(0).data());
    }
}
