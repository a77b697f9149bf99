package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.driven.DrivenTickets;
import dev.mailroom.it.server.AdministratorsCommands;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.ScriptedMailbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The resource adapter gives the mails of a mailbox to a message-driven bean. Seen at the mailbox. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
final class MessageDrivenIT {
    private static final ScriptedMailbox SERVER =
            ScriptedMailbox.imap().offering("IMAP4rev1 AUTH=PLAIN SASL-IR UIDPLUS MOVE IDLE");
    private static final String GOOD = "Subject: good\r\n\r\ntext\r\n";
    private static final String ROLLED_BACK = "Subject: roll back\r\n\r\ntext\r\n";
    private static final String THROWN = "Subject: throw\r\n\r\ntext\r\n";
    private static final String AFTER = "Subject: after\r\n\r\ntext\r\n";

    @Deployment
    @TargetsContainer(AdministratorsCommands.CONTAINER)
    static WebArchive application() {
        AdministratorsCommands.write();
        return MailApplication.war("driven", Map.of())
                .addPackage(DrivenTickets.class.getPackage())
                .addAsWebInfResource(new StringAsset("<ejb-jar xmlns=\"https://jakarta.ee/xml/ns/jakartaee\""
                        + " version=\"4.0\"><enterprise-beans><message-driven><ejb-name>DrivenTickets</ejb-name>"
                        + "<activation-config><activation-config-property>"
                        + "<activation-config-property-name>port</activation-config-property-name>"
                        + "<activation-config-property-value>" + SERVER.port() + "</activation-config-property-value>"
                        + "</activation-config-property></activation-config></message-driven></enterprise-beans>"
                        + "</ejb-jar>"), "ejb-jar.xml")
                .addAsWebInfResource(new StringAsset("<glassfish-ejb-jar><enterprise-beans><ejb>"
                        + "<ejb-name>DrivenTickets</ejb-name><mdb-resource-adapter>"
                        + "<resource-adapter-mid>mailroom</resource-adapter-mid></mdb-resource-adapter></ejb>"
                        + "</enterprise-beans></glassfish-ejb-jar>"), "glassfish-ejb-jar.xml");
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "in vain: " + what + " " + SERVER.lines());
            Thread.onSpinWait();
        }
    }

    @Test
    void aMailIsDoneOnceItsTransactionHasCommittedAndElseADeadLetter() {
        SERVER.deliver(GOOD);
        await("the good one", () -> SERVER.seen().equals(Set.of(GOOD)));
        SERVER.deliver(ROLLED_BACK);
        SERVER.deliver(THROWN);
        SERVER.deliver(AFTER);
        await("the one after", () -> SERVER.seen().equals(Set.of(GOOD, AFTER)));
        await("dead letters", () -> SERVER.folders().getOrDefault("\"Failed\"", List.of()).size() == 2);
        assertEquals(Set.of(ROLLED_BACK, THROWN), Set.copyOf(SERVER.folders().get("\"Failed\"")));
        assertEquals(List.of(GOOD, AFTER), SERVER.mails());
    }
}
