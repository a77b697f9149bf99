package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mailroom.Caller;
import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.PoolRow;
import dev.mailroom.PoolRow.Places;
import dev.mailroom.Secret;
import dev.mailroom.SessionNames;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import dev.mailroom.watch.MailCounts;
import dev.mailroom.watch.ServerPoolView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one application sees of its sessions when the connections are the server's. */
class ServerPoolViewTest {
    private static final Mail MAIL = new Mail(
            Envelope.of("bob@example.org", List.of("ann@example.org")), MailData.of(new byte[] {'x'}));

    private final ScriptedSmtpServer smtp = ScriptedSmtpServer.builder().without("CHUNKING")
            .user("bob", "right").start();
    private final SmtpSettings bob = user("bob", "right");
    private final SmtpResourceAdapter adapter = new SmtpResourceAdapter();
    private final FakeServer server = new FakeServer();
    private final List<String> changes = new ArrayList<>();
    private final MailCounts mails = new MailCounts(session -> changes.add(session.user()));
    private ConnectionFactory factory;
    private final ServerPoolView view = new ServerPoolView(mails, () -> factory.counts());

    @BeforeEach
    void deploy() throws Exception {
        adapter.start(null);
        var managed = new SmtpManagedConnectionFactory();
        managed.setResourceAdapter(adapter);
        factory = (ConnectionFactory) ((ConnectionFactory) managed.createConnectionFactory(server))
                .telling(mails, SessionNames.NONE);
    }

    @AfterEach
    void undeploy() {
        adapter.stop();
        smtp.close();
    }

    private SmtpSettings user(String name, String password) {
        return SmtpSettings.of(name, "127.0.0.1", smtp.port()).withSecret(Secret.password(password));
    }

    private PoolRow row(SmtpSettings settings) {
        return view.session(settings.session().id()).orElseThrow();
    }

    @Test
    void aSessionShowsItsConnectionsFromOpenToGone() throws Exception {
        try (SmtpConnection connection = factory.getConnection(bob)) {
            connection.send(MAIL);
            assertEquals(new Places(1, 0, 1, 0, false), row(bob).places());
        }
        assertEquals(new Places(1, 1, 0, 0, false), row(bob).places());
        factory.getConnection(bob).close();
        PoolRow.Counts counts = row(bob).counts();
        assertEquals(List.of(1L, 2L, 1L), List.of(counts.opened(), counts.leases(), counts.messages()));
        server.flush();
        server.flush();
        assertEquals(0, row(bob).places().open());
        assertEquals(Map.of("BROKEN", 0L, "CLOSED", 1L), row(bob).counts().discarded());
        assertEquals(List.of(row(bob)), view.sessions());
    }

    @Test
    void aBrokenConnectionCountsAsBrokenAndNoLongerAsInUse() throws Exception {
        smtp.on(When.at(Step.FINAL_DOT), Action.cut());
        try (SmtpConnection connection = factory.getConnection(bob)) {
            assertThrows(SmtpException.class, () -> connection.send(MAIL));
            assertEquals(List.of(0, 0), List.of(row(bob).places().open(), row(bob).places().inUse()));
        }
        assertEquals(Map.of("BROKEN", 1L, "CLOSED", 0L), row(bob).counts().discarded());
        assertEquals(List.of(0, 0), List.of(row(bob).places().open(), row(bob).places().inUse()));
    }

    @Test
    void whatCannotBeOpenedIsCountedForItsSession() {
        SmtpSettings wrong = user("bob", "wrong");
        assertThrows(SmtpException.class, () -> factory.getConnection(wrong));
        assertEquals(List.of(1L, 0L), List.of(row(wrong).counts().openFailures(), row(wrong).counts().opened()));
        assertFalse(view.session(bob.session().id()).isPresent(), "the right password's is another session");
    }

    @Test
    void anApplicationSeesTheConnectionsOfItsSessionsWhoeverOpenedThemAndNoOtherSessions() throws Exception {
        MailCounts others = new MailCounts();
        try (SmtpConnection connection = factory.telling(others, SessionNames.NONE).getConnection(bob)) {
            connection.send(MAIL);
        }
        assertEquals(List.of(), view.sessions());
        assertEquals(1, view.total().places().open(), "the whole adapter's");
        mails.on(new SmtpEvent.SessionOpened(bob.session(), new Caller("ann")));
        assertEquals(List.of("bob"), changes);
        assertEquals(List.of(1L, 0L), List.of(row(bob).counts().opened(), row(bob).counts().messages()));
        assertEquals(1, new ServerPoolView(others, () -> factory.counts()).total().counts().messages());
    }

    @Test
    void withoutTheAdapterThereAreOnlyMails() {
        mails.on(new SmtpEvent.SessionOpened(bob.session(), new Caller("ann")));
        PoolRow row = new ServerPoolView(mails, Optional::empty).sessions().get(0);
        assertEquals("bob", row.session().orElseThrow().user());
        assertEquals(0, row.places().open());
    }
}
