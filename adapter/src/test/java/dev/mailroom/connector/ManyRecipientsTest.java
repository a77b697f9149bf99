package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.NoListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail goes in several mail transactions, and a later one fails. The server takes three recipients a mail. */
@Timeout(180)
class ManyRecipientsTest {
    private static final Mail MAIL = new Mail(new Envelope("ann@x.org", recipients(0, 8), true,
            DeliveryNotification.NONE), MailData.of("Subject: x\r\n\r\n".getBytes()));
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, NoListener.INSTANCE);

    @AfterEach
    void end() {
        manager.close();
        transports.close();
    }

    private static List<String> recipients(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "r" + i + "@x.org").toList();
    }

    /** The third transaction ends so. */
    private static ScriptedSmtpServer server(Action third) {
        int[] accepted = {0};
        return ScriptedSmtpServer.builder().on(When.at(Step.BDAT).nth(3), third).script(occasion -> {
            if (occasion.step() == Step.MAIL) {
                accepted[0] = 0;
            }
            boolean full = occasion.step() == Step.RCPT && accepted[0]++ >= 3;
            return full ? Optional.of(Action.reply("452 4.5.3 Too many recipients")) : Optional.empty();
        }).start();
    }

    private SmtpConnection connection(ScriptedSmtpServer server) throws SmtpException {
        return manager.connections().getConnection(SmtpSettings.of("bob", "127.0.0.1", server.port()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recipientsInDoubtAreNeitherRefusedNorMixedWithThoseWhoHaveTheMail(boolean streamed) throws SmtpException {
        try (var server = server(Action.cut().countsAs(250)); SmtpConnection connection = connection(server)) {
            Failure failure = streamed ? assertInstanceOf(Failure.class, streamed(connection))
                    : assertThrows(SmtpException.class, () -> connection.send(MAIL)).failure();
            assertEquals(Delivery.IN_DOUBT, failure.delivery());
            assertEquals(recipients(0, 6), failure.accepted());
            assertEquals(List.of(), failure.refused());
            assertTrue(failure.message().contains("about r6@x.org, r7@x.org; the server had accepted the mail for 6 "),
                    failure.message());
        }
    }

    private static Outcome streamed(SmtpConnection connection) {
        List<Outcome> outcomes = new ArrayList<>();
        connection.sendAll(List.of(MAIL).iterator(), (mail, outcome) -> outcomes.add(outcome));
        assertEquals(1, outcomes.size());
        return outcomes.get(0);
    }

    @Test
    void recipientsThatNobodyAskedAboutMayBeTriedAgain() throws SmtpException {
        try (var server = server(Action.reply("421 4.3.2 Bye").then(Action.cut()));
                SmtpConnection connection = connection(server)) {
            server.on(When.at(Step.GREETING).connection(2), Action.reply("554 5.7.1 Go away"));
            Receipt receipt = connection.send(MAIL);
            assertEquals(recipients(6, 8), receipt.refused().stream().map(RefusedRecipient::address).toList());
            assertTrue(receipt.refused().stream().allMatch(RefusedRecipient::isTransient), receipt.toString());
        }
    }
}
