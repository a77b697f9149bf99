package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.ArrivalSettings;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.NamedMailboxes;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.session.ReceivingRegistry;
import dev.mailroom.session.SecuritySettings;
import dev.mailroom.session.SessionsSettings;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A mailbox of the configuration is read by its name. */
final class NamedMailboxReadingTest {
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, event -> { });

    @AfterEach
    void close() {
        manager.close();
        transports.close();
    }

    private Bench bench(ScriptedMailbox server) {
        var settings = ReceivingSettings.of(SmtpSettings.of("jack", "127.0.0.1", server.port())
                .withProtocol(MailProtocol.POP3).withSecret(Secret.password("secret")));
        var named = new NamedMailboxes(List.of(
                new NamedMailbox("tickets", settings, ArrivalSettings.DEFAULTS, Set.of())));
        return new Bench(new ReceivingRegistry(manager.mailboxes(StoreOpener.over(transports)),
                SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS, SmtpSettings.of("t", "t", 25), 100_000, named,
                event -> { }, System::nanoTime));
    }

    @Test
    void itIsOpenedWhenItIsNeededAndDeletesWhenItIsClosed() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3("Subject: one\r\n\r\n", "Subject: two\r\n\r\n")) {
            MailFacade mail = bench(server).facade;
            assertTrue(mail.emailReadFirst("tickets", mail.email()), mail.errorInfo());
            assertEquals("one", mail.email().getSubject());
            assertTrue(mail.emailDeleteMessage("tickets"), mail.errorInfo());
            mail.emailCloseSession("tickets");
            assertFalse(mail.errorOccurred(), mail.errorInfo());
            assertEquals(List.of("Subject: two\r\n\r\n"), server.mails());
            assertEquals(1, mail.emailMessageCount("tickets"));
            mail.emailCloseSession("tickets");
            mail.emailCloseSession("tickets");
            assertTrue(mail.errorOccurred(), "closing opens nothing");
        }
    }
}
