package dev.mailroom.benchmark.receiving;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.parsing.MailParser;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.ReceivingConnection;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.testing.PrivateDovecot;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** Mailroom's own connections. */
final class MailroomReader implements MailboxReader {
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, event -> { });
    private ReceivingConnection mailbox;

    @Override
    public String name() {
        return ReceivingTable.OURS;
    }

    @Override
    public String settings() {
        return "as it comes";
    }

    @Override
    public void open(boolean pop3, int port, String user) throws Exception {
        mailbox = manager.mailboxes(StoreOpener.over(transports)).getConnection(ReceivingSettings.of(
                SmtpSettings.of(user, "127.0.0.1", port)
                        .withProtocol(pop3 ? MailProtocol.POP3 : MailProtocol.IMAP)
                        .withSecret(Secret.password(PrivateDovecot.PASSWORD))).withMaxMessage(100 << 20));
    }

    @Override
    public int headers() throws Exception {
        Set<String> identifiers = new HashSet<>();
        mailbox.headers(IntStream.rangeClosed(1, mailbox.count()).boxed().toList(), (entry, header) -> {
            if (!MailParser.header(header).text("Subject").isEmpty() && entry.size() > 0) {
                identifiers.add(entry.identifier());
            }
        });
        return identifiers.size();
    }

    @Override
    public int read(OutputStream to) throws Exception {
        int count = mailbox.count();
        int came = 0;
        for (int number = 1; number <= count; number++) {
            came += mailbox.fetch(number, false, to).isPresent() ? 1 : 0;
        }
        return came;
    }

    @Override
    public void close() {
        if (mailbox != null) {
            mailbox.abandon();
        }
        manager.close();
        transports.close();
    }
}
