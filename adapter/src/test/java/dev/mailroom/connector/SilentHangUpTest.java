package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
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
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.MailCounts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With CHUNKING many contents travel at once; a server that hangs up without a word puts them in doubt, once. */
@Timeout(180)
class SilentHangUpTest {
    private static final int WINDOW = 16;
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final MailCounts counts = new MailCounts();
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, counts);
    private final List<Outcome> outcomes = new ArrayList<>();

    @AfterEach
    void end() {
        manager.close();
        transports.close();
    }

    private static ScriptedSmtpServer server(Function<Occasion, Boolean> hangsUp) {
        return ScriptedSmtpServer.builder().script(occasion -> hangsUp.apply(occasion)
                ? Optional.of(Action.cut()) : Optional.empty()).start();
    }

    private SmtpConnection connection(ScriptedSmtpServer server) throws SmtpException {
        return manager.connections().getConnection(SmtpSettings.of("bob", "127.0.0.1", server.port()));
    }

    private static Mail mail(int number) {
        return new Mail(Envelope.of("ann@x.org", List.of("r" + number + "@x.org")),
                MailData.of("Subject: x\r\n\r\n".getBytes()));
    }

    /** A stream ends with its connection when nothing is left that must go again: the next one takes the rest. */
    private void sendSixty(ScriptedSmtpServer server) throws SmtpException {
        long before = server.mailCount();
        Iterator<Mail> mails = IntStream.range(0, 60).mapToObj(SilentHangUpTest::mail).iterator();
        while (mails.hasNext()) {
            try (SmtpConnection connection = connection(server)) {
                connection.sendAll(mails, (mail, outcome) -> outcomes.add(outcome));
            }
        }
        assertEquals(60, outcomes.size());
        List<String> got = server.mails().stream().map(mail -> mail.recipientPaths().get(0)).toList();
        assertEquals(got.size(), got.stream().distinct().count(), "nothing twice");
        assertEquals(outcomes.stream().filter(Receipt.class::isInstance).count(), got.size() - before);
    }

    private List<Integer> doubts() {
        return IntStream.range(0, 60).filter(i -> outcomes.get(i).delivery() == Delivery.IN_DOUBT).boxed().toList();
    }

    @Test
    void afterSoManyMailsItCostsOneWindowAndIsThenLearned() throws SmtpException {
        int[] hangUps = {0};
        try (var server = server(occasion -> {
            boolean worn = occasion.step() == Step.MAIL && occasion.nth() > 10;
            hangUps[0] += worn ? 1 : 0;
            return worn;
        })) {
            sendSixty(server);
            assertTrue(doubts().size() <= WINDOW, doubts().toString());
            assertTrue(doubts().stream().allMatch(number -> number >= 10 && number < 10 + WINDOW), doubts().toString());
            assertEquals(60 - doubts().size(), server.mailCount());
            assertEquals(4, hangUps[0], "once unawares, three times to learn it");
            assertEquals(List.of(10),
                    manager.view(counts).sessions().stream().map(row -> row.limits().mails()).toList());
        }
    }

    @Test
    void becauseOfAMailItCostsOneWindowAndThenThatMailAlone() throws SmtpException {
        List<String> poison = List.of("r2@x.org", "r29@x.org", "r45@x.org");
        Map<Integer, String> last = new ConcurrentHashMap<>();
        try (var server = server(occasion -> {
            if (occasion.step() == Step.RCPT) {
                last.put(occasion.connection(), occasion.argument());
            }
            return occasion.step() == Step.BDAT && poison.contains(last.get(occasion.connection()));
        })) {
            sendSixty(server);
            List<Integer> later = doubts().stream().filter(number -> number >= 2 + WINDOW).toList();
            assertEquals(List.of(29, 45), later);
        }
    }

    @Test
    void severalPoisonMailsInARowDoNotFailTheMailsBehind() throws SmtpException {
        Map<Integer, String> last = new ConcurrentHashMap<>();
        try (var server = ScriptedSmtpServer.builder().without("CHUNKING").script(occasion -> {
            if (occasion.step() == Step.RCPT) {
                last.put(occasion.connection(), occasion.argument());
            }
            return occasion.step() == Step.FINAL_DOT && last.get(occasion.connection()).matches("r[01]@x.org")
                    ? Optional.of(Action.cut()) : Optional.empty();
        }).start()) {
            sendSixty(server);
            assertEquals(List.of(0, 1), doubts());
            assertEquals(58, server.mailCount());
        }
    }

    @Test
    void betweenSingleMailsItCostsOneDoubtAtMost() throws SmtpException {
        try (var server = server(occasion -> occasion.step() == Step.MAIL && occasion.nth() > 5)) {
            int doubts = 0;
            for (int i = 0; i < 30; i++) {
                try (SmtpConnection connection = connection(server)) {
                    connection.send(mail(i));
                } catch (SmtpException e) {
                    assertEquals(Delivery.IN_DOUBT, e.failure().delivery(), e.getMessage());
                    doubts++;
                }
            }
            assertTrue(doubts <= 1, doubts + " in doubt");
            assertEquals(30 - doubts, server.mailCount());
        }
    }

    @Test
    void aConnectionThatOthersHaveWornOutIsNoReasonToEndAStream() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().on(When.at(Step.RCPT).argument("r0@x.org"),
                Action.reply("550 5.1.1 Unknown")).start()) {
            try (SmtpConnection connection = connection(server)) {
                connection.send(mail(99));
            }
            server.script(occasion -> occasion.step() == Step.MAIL && occasion.connection() == 1 && occasion.nth() > 2
                    ? Optional.of(Action.reply("452 4.3.1 Enough")) : Optional.empty());
            sendSixty(server);
            Failure unknown = (Failure) outcomes.get(0);
            assertEquals(550, unknown.reply().code());
            assertEquals(60, server.mailCount());
            assertEquals(2, server.connectionsOpened());
        }
    }
}
