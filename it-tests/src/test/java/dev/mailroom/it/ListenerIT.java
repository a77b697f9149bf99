package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.listening.Inquiries;
import dev.mailroom.it.listening.MailboxPorts;
import dev.mailroom.it.listening.Tickets;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.listening.FromMailbox;
import dev.mailroom.testing.ScriptedMailbox;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.management.ObjectName;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Beans that listen to mailboxes, on the server. The servers of the mailboxes are in the application. */
@ExtendWith(ArquillianExtension.class)
final class ListenerIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @EJB
    private Tickets tickets;
    @Inject
    @FromMailbox("inquiries")
    private Inquiries inquiries;

    @Deployment
    static WebArchive application() {
        return MailApplication.war("listening", Map.of(
                "mailroom.mailbox.tickets.server", "127.0.0.1",
                "mailroom.mailbox.tickets.username", "jack",
                "mailroom.mailbox.tickets.password", "secret",
                "mailroom.mailbox.tickets.interval", "200ms",
                "mailroom.mailbox.tickets.max-deliveries", "2",
                "mailroom.mailbox.inquiries.server", "127.0.0.1",
                "mailroom.mailbox.inquiries.protocol", "pop3",
                "mailroom.mailbox.inquiries.password", "secret",
                "mailroom.mailbox.inquiries.interval", "200ms"))
                .addPackage(Tickets.class.getPackage())
                .addAsServiceProvider(ConfigSource.class, MailboxPorts.class);
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "in vain: " + what);
            Thread.onSpinWait();
        }
    }

    @Test
    void eachMailIsHandledInATransactionAndARollbackBringsItBackUntilItIsADeadLetter() throws Exception {
        ScriptedMailbox server = Tickets.server();
        server.deliver("Subject: good\r\n\r\ntext\r\n");
        await("the good one", () -> tickets.subjects().equals(List.of("good")) && server.seen().size() == 1);
        server.deliver("Subject: roll back\r\n\r\ntext\r\n");
        await("a dead letter", () -> server.folders().containsKey("\"Failed\"")
                && !server.folders().get("\"Failed\"").isEmpty());
        assertEquals(List.of("good", "roll back", "roll back"), tickets.subjects());
        assertEquals(List.of("committed", "rolled back", "rolled back"), tickets.ends());
        server.deliver("Subject: throw\r\n\r\ntext\r\n");
        await("another", () -> server.folders().get("\"Failed\"").size() == 2);
        server.deliver("Subject: after\r\n\r\ntext\r\n");
        await("the next", () -> tickets.subjects().contains("after") && server.seen().size() == 2);
        Set<ObjectName> names = ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("dev.mailroom:type=Mailbox,name=\"tickets\",*"), null);
        assertEquals(1, names.size(), names.toString());
        assertEquals(2L, ManagementFactory.getPlatformMBeanServer()
                .getAttribute(names.iterator().next(), "DeadLetters"));
    }

    @Test
    void aCdiBeanListensToPop3() {
        ScriptedMailbox server = Inquiries.server();
        server.deliver("Subject: one\r\n\r\ntext\r\n");
        server.deliver("Subject: two\r\n\r\ntext\r\n");
        await("both", () -> inquiries.subjects().equals(List.of("one", "two")) && server.mails().isEmpty());
    }
}
