package dev.mailroom.spool.jdbc;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingConnection;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.util.List;

/** Looks which mails of an inbox nobody has seen. */
final class Unseen {
    private Unseen() {
    }

    static List<String> subjects(int port, String user, String password) throws Exception {
        try (var transports = new SocketTransportFactory(TrustSettings.jdk());
                var manager = new KeyedConnectionManager(new SmtpManagedConnectionFactory(transports),
                        PoolSettings.DEFAULTS, event -> { });
                ReceivingConnection inbox = manager.mailboxes(StoreOpener.over(transports)).getConnection(
                        ReceivingSettings.of(SmtpSettings.of(user, "127.0.0.1", port)
                                .withProtocol(MailProtocol.IMAP).withSecret(Secret.password(password))))) {
            return inbox.list().stream().filter(mail -> !mail.seen()).map(MessageEntry::identifier).toList();
        }
    }
}
