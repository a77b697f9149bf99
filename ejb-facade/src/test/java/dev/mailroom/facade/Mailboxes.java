package dev.mailroom.facade;

import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.NamedMailboxes;
import dev.mailroom.session.ReceivingRegistry;
import dev.mailroom.session.SecuritySettings;
import dev.mailroom.session.SessionsSettings;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import org.junit.jupiter.api.Assertions;

/** A facade that receives, over everything that it receives with. */
final class Mailboxes implements AutoCloseable {
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, event -> { });
    private final ReceivingRegistry registry = new ReceivingRegistry(manager.mailboxes(StoreOpener.over(transports)),
            SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS, SmtpSettings.of("t", "t", 25), 100_000,
            NamedMailboxes.NONE, event -> { }, System::nanoTime);

    final Bench bench = new Bench(registry);
    final MailFacade mail = bench.facade;

    /** Opens the mailbox of jack. */
    void start(boolean pop3, ScriptedMailbox server) {
        Assertions.assertTrue(pop3
                ? mail.emailStartPOP3Session("jack", "secret", "127.0.0.1", server.port())
                : mail.emailStartIMAPSession("jack", "secret", "127.0.0.1", server.port()), mail.errorInfo());
    }

    /** A variable of that mailbox, not started. */
    static EmailReceivingSession variable(boolean pop3, ScriptedMailbox server) {
        EmailReceivingSession variable = pop3 ? new EmailPOP3Session() : new EmailIMAPSession();
        variable.setServerAddress("127.0.0.1");
        variable.setPort(server.port());
        variable.setName("jack");
        variable.setPassword("secret");
        return variable;
    }

    /** That mailbox, started. */
    EmailReceivingSession started(boolean pop3, ScriptedMailbox server) {
        EmailReceivingSession variable = variable(pop3, server);
        Assertions.assertTrue(mail.emailStartSession(variable), mail.errorInfo());
        return variable;
    }

    @Override
    public void close() {
        registry.close();
        manager.close();
        transports.close();
    }
}
