package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Delivery;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpException;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mails whose writers go on after they were told that the server has refused the mail. */
@Timeout(180)
class StubbornWriterTest {
    private static final byte[] LINE = "MAIL FROM:<smuggled@x.org>\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LINES = 100_000;
    private static final Mail SMALL = Sessions.mail("x", "carl@x.org");
    private final SocketTransportFactory factory = Sessions.factory();

    private enum Writer {
        /** Flushes its rest when it closes, after the exception. */
        BUFFERED {
            @Override
            void write(OutputStream out) throws IOException {
                try (var buffered = new BufferedOutputStream(out, 10_000)) {
                    for (int i = 0; i < LINES; i++) {
                        buffered.write(LINE);
                    }
                }
            }
        },
        /** Swallows every exception. */
        DEAF {
            @Override
            void write(OutputStream out) {
                for (int i = 0; i < LINES; i++) {
                    try {
                        out.write(LINE);
                    } catch (IOException e) {
                        // It goes on.
                    }
                }
            }
        },
        /** Swallows the exception and stops soon after. */
        LEAVING {
            @Override
            void write(OutputStream out) throws IOException {
                try {
                    for (int i = 0; i < LINES; i++) {
                        out.write(LINE);
                    }
                } catch (IOException e) {
                    out.write(LINE);
                }
            }
        };

        abstract void write(OutputStream out) throws IOException;
    }

    private record Content(Writer writer) implements MailData {
        @Override
        public long size() {
            return (long) LINE.length * LINES;
        }

        @Override
        public boolean eightBit() {
            return false;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            writer.write(out);
        }
    }

    @AfterEach
    void end() {
        factory.close();
    }

    @ParameterizedTest
    @EnumSource(Writer.class)
    void nothingOfAMailWhoseFirstChunkWasRefusedBecomesACommand(Writer writer) throws SmtpException {
        try (var server = ScriptedSmtpServer.builder()
                .on(When.at(Step.BDAT).nth(1), Action.reply("552 5.3.4 Too big")).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Outcome outcome = link.send(new Mail(SMALL.envelope(), new Content(writer)), Deadline.NEVER);
            assertEquals(Delivery.REJECTED, outcome.delivery());
            assertEquals(552, outcome.reply().code());
            assertTrue(link.reusable());
            assertInstanceOf(Receipt.class, link.send(SMALL, Deadline.NEVER));
            link.close();
            assertNothingSmuggled(server);
            assertEquals(1, server.mailCount());
        }
    }

    @ParameterizedTest
    @EnumSource(Writer.class)
    void afterAReplyWithinTheContentOfDataNothingBecomesACommand(Writer writer) throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().without("CHUNKING")
                .on(Step.CONTENT, Action.reply("552 5.3.4 Too big").afterBytes(1_000)).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            Outcome outcome = link.send(new Mail(SMALL.envelope(), new Content(writer)), Deadline.NEVER);
            assertFalse(outcome instanceof Receipt, outcome.toString());
            link.close();
            assertNothingSmuggled(server);
            assertEquals(0, server.mailCount());
        }
    }

    private static void assertNothingSmuggled(ScriptedSmtpServer server) {
        server.awaitOpenConnections(0, Sessions.SOON);
        assertTrue(server.connection(1).commands().stream().noneMatch(command -> command.contains("smuggled")),
                () -> server.connection(1).commands().toString());
        assertEquals(List.of(), server.violations());
    }
}
