package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.testing.NumberedMails;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.NoListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails whose content cannot be read when it is needed: a file is gone, for one. */
@Timeout(180)
class UnreadableContentTest {
    private static final IOException GONE = new NoSuchFileException("/srv/report.pdf", null, "the file is gone");
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, NoListener.INSTANCE);

    @AfterEach
    void end() {
        manager.close();
        transports.close();
    }

    private record Unreadable(IOException trouble) implements MailData {
        @Override
        public long size() {
            return 1000;
        }

        @Override
        public boolean eightBit() {
            return false;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write("Subject: half".getBytes());
            throw trouble;
        }
    }

    private static Mail mail(IOException trouble) {
        return new Mail(NumberedMails.mail(0).envelope(), new Unreadable(trouble));
    }

    private SmtpConnection connection(ScriptedSmtpServer server) throws SmtpException {
        return manager.connections().getConnection(SmtpSettings.of("bob", "127.0.0.1", server.port()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHUNKING", "SIZE"})
    void aFileThatIsGoneIsOneClearErrorAndOneDialogue(String without) throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().without(without).start();
                SmtpConnection connection = connection(server)) {
            connection.send(NumberedMails.mail(1));
            Failure failure = assertThrows(SmtpException.class, () -> connection.send(mail(GONE))).failure();
            assertEquals(Delivery.NOT_SENT, failure.delivery());
            assertFalse(failure.isTransient());
            assertTrue(failure.message().endsWith("it was not sent: /srv/report.pdf: the file is gone"),
                    failure.message());
            assertEquals(1, server.connectionsOpened());
            assertEquals(1, server.mailCount());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHUNKING", "SIZE"})
    void othersOfItsStreamAreSent(String without) throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().without(without).start()) {
            List<Outcome> outcomes = new ArrayList<>();
            Iterator<Mail> mails = List.of(NumberedMails.mail(1), mail(GONE), NumberedMails.mail(2)).iterator();
            while (mails.hasNext()) {
                // There is no way back from DATA but to hang up.
                try (SmtpConnection connection = connection(server)) {
                    connection.sendAll(mails, (mail, outcome) -> outcomes.add(outcome));
                }
            }
            assertInstanceOf(Receipt.class, outcomes.get(0));
            assertFalse(assertInstanceOf(Failure.class, outcomes.get(1)).isTransient());
            assertInstanceOf(Receipt.class, outcomes.get(2));
            assertEquals(2, server.mailCount());
        }
    }

    @Test
    void aSourceThatHandsOnTheTroubleOfADatabaseMayRecover() throws SmtpException {
        var trouble = new IOException("the content cannot be read", new IllegalStateException("connection lost"));
        try (var server = ScriptedSmtpServer.builder().start(); SmtpConnection connection = connection(server)) {
            Failure failure = assertThrows(SmtpException.class, () -> connection.send(mail(trouble))).failure();
            assertTrue(failure.isTransient());
            assertTrue(failure.message().endsWith("the content cannot be read"), failure.message());
        }
    }
}
