package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.parsing.MailParser;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingConnection;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mailboxes of a server that somebody else has written. */
final class GreenMailMailboxesTest {
    private final GreenMail greenMail = new GreenMail(new ServerSetup[] {setup(ServerSetup.PROTOCOL_SMTP),
        setup(ServerSetup.PROTOCOL_POP3), setup(ServerSetup.PROTOCOL_IMAP)});
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, event -> { });

    private static ServerSetup setup(String protocol) {
        return new ServerSetup(0, "127.0.0.1", protocol);
    }

    @BeforeEach
    void start() {
        greenMail.start();
        greenMail.setUser("jack@example.org", "jack", "secret");
        for (int i = 1; i <= 3; i++) {
            GreenMailUtil.sendTextEmail("jack@example.org", "jill@example.org", "mail " + i, "text\n.dot " + i,
                    greenMail.getSmtp().getServerSetup());
        }
    }

    @AfterEach
    void stop() {
        manager.close();
        transports.close();
        greenMail.stop();
    }

    private ReceivingConnection open(MailProtocol protocol) throws Exception {
        int port = protocol == MailProtocol.POP3 ? greenMail.getPop3().getPort() : greenMail.getImap().getPort();
        return manager.mailboxes(StoreOpener.over(transports)).getConnection(ReceivingSettings.of(
                SmtpSettings.of("jack", "127.0.0.1", port).withProtocol(protocol)
                        .withSecret(Secret.password("secret"))));
    }

    @ParameterizedTest
    @EnumSource(names = {"POP3", "IMAP"})
    void mailsAreListedReadAndDeleted(MailProtocol protocol) throws Exception {
        ReceivingConnection mailbox = open(protocol);
        assertEquals(3, mailbox.count());
        List<MessageEntry> entries = mailbox.list();
        assertEquals(3, entries.stream().map(MessageEntry::identifier).distinct().count());
        for (MessageEntry entry : entries) {
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            assertTrue(mailbox.header(entry.number(), header));
            assertEquals("mail " + entry.number(), MailParser.header(header.toByteArray()).text("Subject"));
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            assertTrue(mailbox.content(entry.number(), content));
            assertEquals("text\n.dot " + entry.number(), MailParser.parse(content.toByteArray()).text().strip());
            assertEquals(entry.identifier(), mailbox.entry(entry.number()).orElseThrow().identifier());
        }
        assertTrue(mailbox.delete(2));
        assertFalse(mailbox.delete(2));
        mailbox.close();

        ReceivingConnection again = open(protocol);
        assertEquals(2, again.list().size());
        assertEquals(entries.get(2).identifier(), again.list().get(1).identifier());
        again.close();
    }

    @Test
    void imapKnowsWhatWasSeenAndWhenItCame() throws Exception {
        ReceivingConnection mailbox = open(MailProtocol.IMAP);
        assertFalse(mailbox.entry(1).orElseThrow().seen());
        mailbox.content(1, new ByteArrayOutputStream());
        MessageEntry seen = mailbox.entry(1).orElseThrow();
        assertTrue(seen.seen() && seen.received().isPresent());
        GreenMailUtil.sendTextEmail("jack@example.org", "jill@example.org", "late", "text",
                greenMail.getSmtp().getServerSetup());
        assertEquals(4, mailbox.count());
        mailbox.close();
    }
}
