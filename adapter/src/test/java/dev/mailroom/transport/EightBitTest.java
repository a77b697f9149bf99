package dev.mailroom.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpException;
import dev.mailroom.testing.ReceivedMail;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 8BITMIME (RFC 6152) where it is offered; else 7 bits. */
@Timeout(180)
class EightBitTest {
    private static final String HEADER = "Subject: x\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\n";
    private static final String EIGHT_BIT = HEADER + "Content-Transfer-Encoding: 8bit\r\n\r\n.ü\nb\r\n";
    private final SocketTransportFactory factory = Sessions.factory();

    @AfterEach
    void end() {
        factory.close();
    }

    private static Mail mail(String content) {
        return Sessions.mail(content, "c@x.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CHUNKING", "PIPELINING"})
    void whereItIsOfferedNothingChanges(String missing) throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().without(missing).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            assertInstanceOf(Receipt.class, link.send(mail(EIGHT_BIT), Deadline.NEVER));
            link.close();
            ReceivedMail received = server.mails().get(0);
            assertTrue(received.parameters().contains("BODY=8BITMIME"));
            assertArrayEquals(EIGHT_BIT.replace("ü\n", "ü\r\n").getBytes(UTF_8), received.content());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8BITMIME", "8BITMIME,CHUNKING", "8BITMIME,PIPELINING", "8BITMIME,SIZE,SMTPUTF8"})
    void elseTheContentIsEncodedAndSaysTheSame(String missing) throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().without(missing.split(",")).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Mail plain = mail("Subject: x\r\n\r\nplain\r\n");
            List<Mail> mails = List.of(plain, mail(EIGHT_BIT), plain);
            List<Mail> answered = new ArrayList<>();
            link.sendAll(mails.iterator(), (mail, outcome) -> {
                assertInstanceOf(Receipt.class, outcome, outcome.toString());
                answered.add(mail);
            });
            assertSame(mails.get(1), answered.get(1));
            assertInstanceOf(Receipt.class, link.send(mail(EIGHT_BIT), Deadline.NEVER));
            link.close();
            String expected = HEADER + "Content-Transfer-Encoding: quoted-printable\r\n\r\n.=C3=BC\r\nb\r\n";
            assertEquals(List.of("Subject: x\r\n\r\nplain\r\n", expected, "Subject: x\r\n\r\nplain\r\n", expected),
                    server.mails().stream().map(ReceivedMail::text).toList());
            assertEquals(missing.contains("SIZE") ? List.of() : List.of("SIZE=" + expected.length()),
                    server.mails().get(1).parameters());
            assertEquals(List.of(), server.violations());
        }
    }

    @Test
    void whatMustNotChangeIsNotSentAndTheReasonIsNamed() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().without("8BITMIME").start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Failure failure = assertInstanceOf(Failure.class,
                    link.send(mail("DKIM-Signature: v=1\r\n" + EIGHT_BIT), Deadline.NEVER));
            assertEquals(Phase.CHECK, failure.phase());
            assertEquals(Delivery.NOT_SENT, failure.delivery());
            assertTrue(failure.message().contains("does not offer 8BITMIME, and the mail cannot be encoded for it: its "
                    + "DKIM-Signature"), failure.message());
            assertTrue(link.reusable());
            assertEquals(1, server.connection(1).commands().size());
            link.close();
        }
    }

    @Test
    void theEncodedMailMustFitToo() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().keywords("PIPELINING", "SIZE 2000").start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Outcome outcome = link.send(mail(EIGHT_BIT + "ä".repeat(500)), Deadline.NEVER);
            Failure failure = assertInstanceOf(Failure.class, outcome);
            assertEquals(Phase.CHECK, failure.phase());
            assertTrue(failure.message().contains("takes at most 2000"), failure.message());
            link.close();
        }
    }

    @Test
    void aContentThatCannotBeReadIsNotSentAndTheConnectionGoesOn() throws SmtpException {
        MailData gone = new MailData() {
            @Override
            public long size() {
                return 100;
            }

            @Override
            public boolean eightBit() {
                return true;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write("Subject: x".getBytes(US_ASCII));
                throw new IOException("the file is gone");
            }
        };
        try (var server = ScriptedSmtpServer.builder().without("8BITMIME").start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Failure failure = assertInstanceOf(Failure.class,
                    link.send(new Mail(mail("").envelope(), gone), Deadline.NEVER));
            assertEquals(Delivery.NOT_SENT, failure.delivery());
            assertTrue(failure.message().contains("the file is gone"), failure.message());
            assertInstanceOf(Receipt.class, link.send(mail(EIGHT_BIT), Deadline.NEVER));
            assertEquals(1, server.mailCount());
            link.close();
        }
    }
}
