package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Failure;
import dev.mailroom.Identity;
import dev.mailroom.Phase;
import dev.mailroom.PoolRow;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpSettings;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.ReceivingConnection;
import dev.mailroom.receiving.ReceivingConnectionFactory;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.Listeners;
import dev.mailroom.watch.MailCounts;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A mailbox is a connection of the pool like any other, and in one hand at a time. */
final class MailboxesTest {
    private static final String MAIL = "Subject: one\r\n\r\ntext\r\n";

    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final MailCounts counts = new MailCounts();
    private final Told told = new Told();
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, new Listeners(List.of(counts, told)));
    private final SmtpPool pool = manager.view(counts);
    private final ReceivingConnectionFactory mailboxes = manager.mailboxes(StoreOpener.over(transports));

    @AfterEach
    void close() {
        manager.close();
        transports.close();
    }

    private static ReceivingSettings settings(boolean pop3, ScriptedMailbox server) {
        return ReceivingSettings.of(SmtpSettings.of("bob", "127.0.0.1", server.port())
                .withProtocol(pop3 ? Identity.MailProtocol.POP3 : Identity.MailProtocol.IMAP)
                .withSecret(Secret.password("secret")));
    }

    @Test
    void anOpenMailboxIsSeenAmongThePoolsConnections() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAIL)) {
            ReceivingConnection mailbox = mailboxes.getConnection(settings(true, server));
            PoolRow row = pool.sessions().get(0);
            assertEquals(1, row.places().inUse());
            assertEquals("bob at 127.0.0.1:" + server.port() + " POP3", row.session().orElseThrow().toString());
            mailbox.close();
            assertEquals(0, pool.sessions().get(0).places().open());
            assertTrue(told.heard.stream().anyMatch(word -> word.startsWith("leased bob")), told.heard.toString());
        }
    }

    @Test
    void theSecondInAPop3MailboxHearsWhoHoldsIt() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAIL)) {
            ReceivingConnection first = mailboxes.getConnection(settings(true, server));
            ReceivingSettings otherPassword = settings(true, server).withServer(settings(true, server).server()
                    .withSecret(Secret.password("other")));
            Failure failure = assertThrows(SmtpException.class,
                    () -> mailboxes.getConnection(otherPassword)).failure();
            assertEquals(Phase.LEASE, failure.phase());
            assertTrue(failure.message().contains("is open already, by thread '" + Thread.currentThread().getName()),
                    failure.message());
            first.close();
            mailboxes.getConnection(settings(true, server)).close();
        }
    }

    @Test
    void aMailboxThatCouldNotBeOpenedIsFree() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAIL)) {
            ReceivingSettings wrong = settings(true, server).withServer(settings(true, server).server()
                    .withSecret(Secret.password("wrong")));
            assertEquals(Phase.AUTH, assertThrows(SmtpException.class, () -> mailboxes.getConnection(wrong))
                    .failure().phase());
            assertTrue(told.heard.stream().anyMatch(word -> word.startsWith("failed at AUTH")), told.heard.toString());
            mailboxes.getConnection(settings(true, server)).close();
        }
    }

    @Test
    void severalReadAnImapMailboxAtOnce() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAIL)) {
            ReceivingConnection first = mailboxes.getConnection(settings(false, server));
            ReceivingConnection second = mailboxes.getConnection(settings(false, server));
            assertEquals(2, pool.sessions().get(0).places().inUse());
            first.close();
            second.close();
        }
    }

    @Test
    void closingDeletesAndAbandoningDoesNot() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAIL, "Subject: two\r\n\r\n")) {
            ReceivingConnection abandoned = mailboxes.getConnection(settings(true, server));
            abandoned.delete(1);
            abandoned.abandon();
            assertEquals(2, server.mails().size());
            ReceivingConnection closed = mailboxes.getConnection(settings(true, server));
            closed.delete(1);
            closed.close();
            closed.close();
            closed.abandon();
            assertEquals(List.of("Subject: two\r\n\r\n"), server.mails());
            assertFalse(closed.usable());
            assertThrows(IllegalStateException.class, closed::count);
        }
    }
}
