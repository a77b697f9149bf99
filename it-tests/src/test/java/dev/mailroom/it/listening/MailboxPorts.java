package dev.mailroom.it.listening;

import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Starts the servers of the mailboxes when the application is deployed, and tells it their ports. */
public final class MailboxPorts implements ConfigSource {
    static final ScriptedMailbox TICKETS =
            ScriptedMailbox.imap().offering("IMAP4rev1 AUTH=PLAIN SASL-IR UIDPLUS MOVE IDLE");
    static final ScriptedMailbox INQUIRIES = ScriptedMailbox.pop3();
    static final ScriptedMailbox BOUNCES = ScriptedMailbox.imap();
    static final ScriptedSmtpServer SMTP = ScriptedSmtpServer.builder().start();

    private final Map<String, String> ports = Map.of("mailroom.mailbox.tickets.port", "" + TICKETS.port(),
            "mailroom.mailbox.inquiries.port", "" + INQUIRIES.port(),
            "mailroom.mailbox.bounces.port", "" + BOUNCES.port(),
            "mailroom.session.shop.port", "" + SMTP.port());

    @Override
    public Set<String> getPropertyNames() {
        return ports.keySet();
    }

    @Override
    public String getValue(String name) {
        return ports.get(name);
    }

    @Override
    public String getName() {
        return "mailbox-ports";
    }

    @Override
    public Map<String, String> getProperties() {
        return ports;
    }
}
