package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.receiving.ArrivalSettings.Done;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.testing.Documentation;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mailboxes of the configuration. */
final class NamedMailboxesTest {
    private static final String PREFIX = "mailroom.mailbox.tickets.";

    private static MapConfig config(String... suffixesAndValues) {
        MapConfig config = MapConfig.of(PREFIX + "server", "imap.example.org", PREFIX + "password", "hush");
        for (int i = 0; i < suffixesAndValues.length; i += 2) {
            config.and(PREFIX + suffixesAndValues[i], suffixesAndValues[i + 1]);
        }
        return config;
    }

    private static NamedMailbox mailbox(String... suffixesAndValues) {
        return Reading.read(config(suffixesAndValues)).settings().mailboxes().find("tickets").orElseThrow();
    }

    private static String problem(String... suffixesAndValues) {
        List<String> problems = Reading.problems(config(suffixesAndValues));
        assertEquals(1, problems.size(), problems.toString());
        return problems.get(0);
    }

    @ParameterizedTest
    @CsvSource({"imap, none, 143", "imap, starttls, 143", "imap, implicit, 993", "pop3, none, 110",
        "pop3, starttls, 110", "pop3, implicit, 995"})
    void thePortIsTheProtocolsUnlessOneIsSet(String protocol, String tls, int port) {
        assertEquals(port, mailbox("protocol", protocol, "tls", tls).settings().server().port());
    }

    @Test
    void aMailboxIsImapAndItsMailsAreMarkedAsSeenWhilePop3DeletesThem() {
        assertEquals(Done.SEEN, mailbox().arrival().done());
        assertEquals(Done.DELETE, mailbox("protocol", "pop3").arrival().done());
        assertEquals("tickets", mailbox().settings().server().user());
    }

    @Test
    void anEnvironmentVariableNamesAMailboxToo() {
        MapConfig config = MapConfig.of().environment("MAILROOM_MAILBOX_MY_TICKETS_SERVER", "imap.example.org")
                .environment("MAILROOM_MAILBOX_MY_TICKETS_PASSWORD", "hush");
        assertEquals("my-tickets", Reading.read(config).settings().mailboxes().all().get(0).name());
    }

    @Test
    void theMailboxThatASessionHasForItsReportsMustBeThere() {
        MapConfig session = config().and("mailroom.session.billing.server", "smtp.example.org");
        assertEquals(Map.of("tickets", Set.of("billing")), Reading.read(
                session.and("mailroom.session.billing.bounces", "tickets")).settings().mailboxes().bounces());
        assertEquals(List.of("mailroom.session.billing.bounces = ticket is no mailbox: expected the name of one, such"
                + " as tickets"), Reading.problems(session.and("mailroom.session.billing.bounces", "ticket")));
    }

    @Test
    void whatIsMissingIsNamedWithItsKey() {
        List<String> problems = Reading.problems(MapConfig.of(PREFIX + "folder", "Tickets"));
        assertTrue(problems.get(0).startsWith("mailroom.mailbox.tickets.server is missing"), problems.toString());
        assertTrue(problems.get(1).startsWith("mailroom.mailbox.tickets.password is missing"), problems.toString());
    }

    @Test
    void whatContradictsIsRefusedWithBothKeys() {
        for (String problem : Stream.of(problem("done-folder", "Handled"), problem("protocol", "pop3", "done", "seen"),
                problem("protocol", "pop3", "folder", "Tickets"), problem("trust", "own"),
                problem("protocol", "pop3", "dead-letter-folder", "Failed"), problem("dead-letter-folder", "inbox"),
                problem("access-token", "ya29")).toList()) {
            assertTrue(problem.startsWith("mailroom.mailbox.tickets.")
                    && (problem.contains("expected") || problem.contains("without TLS")), problem);
        }
    }

    @Test
    void thePagesMailboxIsUnderstood(@TempDir Path folder) throws Exception {
        MapConfig config = shown("named-mailbox", folder);
        var server = Reading.read(config).settings().mailboxes().find("tickets").orElseThrow().settings().server();
        assertEquals("tickets@example.org at imap.example.org:993 IMAP", server.identity().toString());
    }

    @Test
    void thePagesMailboxForReportsIsUnderstood(@TempDir Path folder) throws Exception {
        MapConfig config = shown("bounces", folder).and("mailroom.session.billing.server", "smtp.example.org");
        assertEquals(Map.of("returns", Set.of("billing")), Reading.read(config).settings().mailboxes().bounces());
    }

    private static MapConfig shown(String block, Path folder) throws Exception {
        Properties shown = new Properties();
        shown.load(new StringReader(Documentation.block(block)));
        String secret = Files.writeString(folder.resolve("secret"), "hush\n").toString();
        MapConfig config = MapConfig.of();
        shown.stringPropertyNames().forEach(name -> config.and(name,
                name.endsWith("-file") ? secret : shown.getProperty(name)));
        return config;
    }

    @Test
    void aMisspeltKeyIsRefusedWithTheOneThatIsMeant() {
        String problem = problem("max-delivery", "3");
        assertTrue(problem.contains("did you mean mailroom.mailbox.tickets.max-deliveries?"), problem);
    }
}
