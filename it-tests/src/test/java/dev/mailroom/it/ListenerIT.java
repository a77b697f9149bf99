package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.EmailStatus;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.it.listening.Bounces;
import dev.mailroom.it.listening.Inquiries;
import dev.mailroom.it.listening.MailboxPorts;
import dev.mailroom.it.listening.Tickets;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.listening.FromMailbox;
import dev.mailroom.spool.MailBounced;
import dev.mailroom.testing.ScriptedMailbox;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
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
    private MailFacade mail;
    @Inject
    private Bounces bounced;
    @Inject
    @FromMailbox("inquiries")
    private Inquiries inquiries;

    @Deployment
    static WebArchive application() {
        return MailApplication.war("listening", properties(
                "mailroom.session.shop.server", "127.0.0.1",
                "mailroom.session.shop.tls", "none",
                "mailroom.session.shop.asynchronous", "true",
                "mailroom.session.shop.bounces", "bounces",
                "mailroom.mailbox.bounces.server", "127.0.0.1",
                "mailroom.mailbox.bounces.password", "secret",
                "mailroom.mailbox.bounces.interval", "200ms",
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

    private static Map<String, String> properties(String... keysAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
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

    @Test
    void aReportOfAFailedDeliveryIsNotedAndToldAndOtherMailsAreLeftAlone() {
        Email email = new Email();
        email.setSender("shop@example.org");
        email.setRecipient(List.of("Ann <ann@example.net>", "bob@example.net"));
        email.setSubject("Your order");
        email.setReference("order 4711");
        assertTrue(mail.emailSendMessage("shop", email), mail.errorInfo());
        await("the mail to be sent", () -> Bounces.smtp().mailCount() == 1
                && mail.emailStatus(email.getMailIdentifier()) == EmailStatus.EMAIL_SENT);
        Bounces.server().deliver("From: eve@example.com\r\nSubject: hello\r\n\r\ntext\r\n");
        Bounces.server().deliver(report("another@example.org"));
        Bounces.server().deliver(report(email.getId()));
        await("the report to be read", () -> Bounces.server().seen().size() == 1);
        assertEquals(Set.of(report(email.getId())), Bounces.server().seen());
        assertEquals(1, bounced.bounces().size());
        MailBounced bounce = bounced.bounces().get(0);
        assertEquals(List.of("ann@example.net", "order 4711", email.getId(), email.getMailIdentifier()),
                List.of(bounce.recipient(), bounce.reference(), bounce.messageId(), bounce.id().number()));
        assertEquals("550 5.1.1 no such mailbox", bounce.reply().toString());
    }

    private static String report(String id) {
        return String.join("\r\n", "Return-Path: <>", "From: MAILER-DAEMON@example.net", "To: shop@example.org",
                "MIME-Version: 1.0", "Content-Type: multipart/report; report-type=delivery-status; boundary=b", "",
                "--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example.net", "",
                "Final-Recipient: rfc822; ann@example.net", "Action: failed", "Status: 5.1.1",
                "Diagnostic-Code: smtp; 550 5.1.1 no such mailbox", "",
                "--b", "Content-Type: text/rfc822-headers", "", "Message-ID: <" + id + ">", "--b--", "");
    }
}
