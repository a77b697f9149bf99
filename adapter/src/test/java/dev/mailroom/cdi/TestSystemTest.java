package dev.mailroom.cdi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Caller;
import dev.mailroom.Delivery;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSession;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.LogCapture;
import dev.mailroom.testing.ReceivedMail;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom the mails of a test system reach, whichever way they leave. */
@Timeout(120)
class TestSystemTest {
    private static final String CONTENT = "Subject: x\r\n\r\nx\r\n";

    private final ScriptedSmtpServer server = ScriptedSmtpServer.builder().start();
    private Wiring wiring;

    @AfterEach
    void close() {
        if (wiring != null) {
            wiring.close();
        }
        server.close();
    }

    private SmtpSession session(String... namesAndValues) throws Exception {
        MapConfig config = MapConfig.of("mailroom.pool.close-grace", "0", "mailroom.session.a.server", "127.0.0.1",
                "mailroom.session.a.port", String.valueOf(server.port()));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            config = config.and(namesAndValues[i], namesAndValues[i + 1]);
        }
        wiring = Wiring.of(Reading.read(config).settings(), List.of());
        return wiring.sessions().find(Caller.ANONYMOUS, "a", role -> false);
    }

    private SmtpSession redirecting() throws Exception {
        return session("mailroom.redirect-all-to", "test@example.org");
    }

    private static Mail mail(boolean partial, String... recipients) {
        return new Mail(new Envelope("from@x.org", List.of(recipients), partial, DeliveryNotification.NONE),
                MailData.of(CONTENT.getBytes(UTF_8)));
    }

    private static Mail mail(String... recipients) {
        return mail(false, recipients);
    }

    private static String original(ReceivedMail received) throws Exception {
        return String.join(" ", new MimeMessage(null, new ByteArrayInputStream(received.content()))
                .getHeader("X-Mailroom-Original-Recipients", "").split("\\s+"));
    }

    @Test
    void allMailsAreRedirectedAndTellWhomTheyWereFor() throws Exception {
        SmtpSession session = redirecting();
        session.send(mail("a@customer.org", "b@customer.org"));
        List<Outcome> outcomes = new ArrayList<>();
        session.sendAll(List.of(mail("c@customer.org")).iterator(), (mail, outcome) -> {
            assertEquals(List.of("c@customer.org"), mail.envelope().forwardPaths());
            outcomes.add(outcome);
        });
        SmtpSession started = wiring.sessions().start(new Caller("ann"),
                wiring.sessions().defaults("ann", "127.0.0.1", server.port()), false);
        started.send(mail("d@customer.org"));
        try (SmtpConnection connection = wiring.connections().getConnection(started.settings())) {
            connection.send(mail("e@customer.org"));
        }
        List<String> originals = new ArrayList<>();
        for (ReceivedMail received : server.mails()) {
            assertEquals(List.of("test@example.org"), received.recipientPaths());
            assertTrue(new String(received.content(), UTF_8).endsWith(CONTENT));
            originals.add(original(received));
        }
        assertEquals(List.of("a@customer.org, b@customer.org", "c@customer.org", "d@customer.org", "e@customer.org"),
                originals);
        assertEquals(Delivery.SENT, outcomes.get(0).delivery());
    }

    @Test
    void whoIsAllowedGetsTheMailAndTheOthersGoToTheAddress() throws Exception {
        SmtpSession session = session("mailroom.redirect-all-to", "test@example.org", "mailroom.allowed-recipients",
                "*@Example.org, boss@customer.org");
        session.send(mail("ann@EXAMPLE.org", "boss@customer.org", "c@customer.org", "d@customer.org"));
        session.send(mail("ann@example.org"));
        assertEquals(List.of("ann@EXAMPLE.org", "boss@customer.org", "test@example.org"),
                server.mails().get(0).recipientPaths());
        assertEquals("ann@EXAMPLE.org, boss@customer.org, c@customer.org, d@customer.org",
                original(server.mails().get(0)));
        assertEquals(CONTENT, new String(server.mails().get(1).content(), UTF_8), "nothing was redirected");
    }

    @Test
    void withoutAnAddressOthersAreRefused() throws Exception {
        SmtpSession session = session("mailroom.allowed-recipients", "*@example.org");
        Failure failure = assertThrows(SmtpException.class,
                () -> session.send(mail("ann@example.org", "x@example.org.evil.net"))).failure();
        assertEquals(Phase.CHECK, failure.phase());
        assertEquals(Delivery.NOT_SENT, failure.delivery());
        assertTrue(!failure.isTransient());
        assertEquals(List.of("x@example.org.evil.net"),
                failure.refused().stream().map(RefusedRecipient::address).toList());
        assertEquals(0, server.mails().size());
        Receipt receipt = session.send(mail(true, "ann@example.org", "c@customer.org"));
        assertEquals("550", String.valueOf(receipt.refused().get(0).reply().code()));
        assertEquals(List.of("ann@example.org"), server.mails().get(0).recipientPaths());
    }

    @Test
    void inAStreamEachMailHasItsOutcomeInItsPlace() throws Exception {
        SmtpSession session = session("mailroom.allowed-recipients", "*@example.org");
        List<Mail> mails = List.of(mail("a@x.org"), mail("b@example.org"), mail("c@x.org"), mail("d@x.org"),
                mail("e@example.org"), mail("f@x.org"));
        List<String> told = new ArrayList<>();
        session.sendAll(mails.iterator(), (mail, outcome) ->
                told.add(mail.envelope().forwardPaths().get(0).charAt(0) + " " + outcome.delivery()));
        assertEquals(List.of("a NOT_SENT", "b SENT", "c NOT_SENT", "d NOT_SENT", "e SENT", "f NOT_SENT"), told);
    }

    @Test
    void aStreamWhoseConnectionIsLostLeavesNoMailWithoutAnOutcome() throws Exception {
        server.on(When.at(Step.MAIL).nth(2), Action.reply("421 4.3.2 bye"));
        server.on(When.at(Step.MAIL).connection(2), Action.reply("421 4.3.2 bye"));
        SmtpSession session = session("mailroom.allowed-recipients", "*@example.org");
        List<Mail> mails = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            mails.add(mail(i % 3 == 0 ? "x@x.org" : "b" + i + "@example.org"));
        }
        List<Mail> taken = new ArrayList<>();
        List<Mail> told = new ArrayList<>();
        var counted = mails.stream().peek(taken::add).iterator();
        session.sendAll(counted, (mail, outcome) -> told.add(mail));
        assertEquals(taken.size(), told.size());
        for (int i = 0; i < told.size(); i++) {
            assertEquals(taken.get(i), told.get(i));
        }
    }

    @Test
    void theLogSaysAtTheStartWhatHolds() throws Exception {
        try (LogCapture log = LogCapture.of("dev.mailroom.configuration")) {
            session("mailroom.redirect-all-to", "test@example.org", "mailroom.allowed-recipients", "*@example.org");
            assertEquals(List.of("WARNING MR0406 this is a test system: only recipients like *@example.org get their"
                    + " mails (mailroom.allowed-recipients), those of all others go to test@example.org"
                    + " (mailroom.redirect-all-to)"), log.lines());
            wiring.close();
            session();
            assertEquals(1, log.lines().size(), "and nothing where nothing is set");
        }
    }

    @Test
    void whatIsNoAddressIsRefused() {
        assertTrue(Reading.problem("mailroom.redirect-all-to", "Test <a@b.c>").contains("expected an address"));
        assertTrue(Reading.problem("mailroom.allowed-recipients", "*").contains("such as *@example.org"));
    }
}
