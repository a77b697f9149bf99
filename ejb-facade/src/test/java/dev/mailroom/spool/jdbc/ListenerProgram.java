package dev.mailroom.spool.jdbc;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.arrival.MailboxReader;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.parsing.MailParser;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.ArrivalSettings;
import dev.mailroom.receiving.ArrivalSettings.Done;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/**
 * A program with a reader of a mailbox in it and no container, that may be killed at any moment. Arguments: directory
 * of the embedded database, protocol, port of the mail server, user, password. Prints the subject of each mail,
 * which is how it handles it.
 */
final class ListenerProgram {
    private ListenerProgram() {
    }

    /** Runs until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        var source = EmbeddedDatabase.open(Path.of(arguments[0]));
        MailProtocol protocol = MailProtocol.valueOf(arguments[1]);
        var store = JdbcSpool.open(SpoolDatabase.local(source), Spooling.SETTINGS, UUID.randomUUID().toString());
        store.deliveries().giveAllBack();
        var mailbox = new NamedMailbox("crash", ReceivingSettings.of(SmtpSettings.of(arguments[3], "127.0.0.1",
                Integer.parseInt(arguments[2])).withProtocol(protocol).withSecret(Secret.password(arguments[4]))),
                new ArrivalSettings(Duration.ofMillis(50), true, 1_000, protocol == MailProtocol.POP3
                        ? Done.DELETE : Done.SEEN, "", "Failed"), Set.of());
        try (var transports = new SocketTransportFactory(TrustSettings.jdk());
                var manager = new KeyedConnectionManager(new SmtpManagedConnectionFactory(transports),
                        PoolSettings.DEFAULTS, event -> { })) {
            MailboxReader reader = MailboxReader.of(mailbox, manager.mailboxes(StoreOpener.over(transports)),
                    store.deliveries(), mail -> handle(mail.source()));
            Thread thread = new Thread(reader, "reader");
            thread.start();
            while (System.in.read() >= 0) {
                // Only the end counts.
                reader.look();
            }
            reader.stop();
            thread.join();
        }
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }

    private static void handle(byte[] mail) {
        System.out.println(MailParser.header(mail).text("Subject"));
        System.out.flush();
    }
}
