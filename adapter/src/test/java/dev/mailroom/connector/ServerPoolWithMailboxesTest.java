package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.PoolRow;
import dev.mailroom.PoolRow.Places;
import dev.mailroom.Secret;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpSettings;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.ReceivingConnection;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.MailCounts;
import dev.mailroom.watch.ServerPoolView;
import dev.mailroom.watch.ServerPoolWithMailboxes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is to be seen of mailboxes where the application server pools what sends. */
final class ServerPoolWithMailboxesTest {
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final MailCounts mails = new MailCounts(session -> { });
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, mails);
    private final SmtpPool pool = new ServerPoolWithMailboxes(new ServerPoolView(mails, Optional::empty),
            manager.view(mails));

    @AfterEach
    void close() {
        manager.close();
        transports.close();
    }

    @Test
    void aMailboxIsSeenFromOpenToClosedAndCounts() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3("A: b\r\n\r\n")) {
            ReceivingSettings settings = ReceivingSettings.of(SmtpSettings.of("bob", "127.0.0.1", server.port())
                    .withProtocol(MailProtocol.POP3).withSecret(Secret.password("secret")));
            ReceivingConnection mailbox = manager.mailboxes(StoreOpener.over(transports)).getConnection(settings);
            String id = settings.server().session().id();
            assertEquals(List.of(id), pool.sessions().stream().map(PoolRow::id).toList());
            assertEquals(new Places(1, 0, 1, 0, false), pool.session(id).orElseThrow().places());
            assertEquals(new Places(1, 0, 1, 0, false), pool.total().places());
            mailbox.close();
            assertEquals(new Places(0, 0, 0, 0, false), pool.total().places());
            assertEquals(1, pool.total().counts().opened());
            assertEquals(1, pool.total().counts().leases());
            assertTrue(pool.drop(id));
            assertFalse(pool.drop(id));
        }
    }
}
