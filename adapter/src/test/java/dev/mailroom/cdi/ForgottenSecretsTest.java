package dev.mailroom.cdi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Caller;
import dev.mailroom.ConnectionLimits;
import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import dev.mailroom.testing.HeapDump;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.SinkProcess;
import dev.mailroom.testing.SinkSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A password lives as long as its session: then nothing in memory leads to it, whatever the pool and the tables of
 * numbers still know. Each password is made here, and only its inverse is kept.
 */
class ForgottenSecretsTest {
    private static final Caller ANN = new Caller("ann");
    private static final Mail MAIL = new Mail(
            Envelope.of("bob@example.org", List.of("ann@example.org")), MailData.of(new byte[] {'x'}));

    private static final ConnectionLimits WARM =
            new ConnectionLimits(2, 2, Duration.ofSeconds(60), Duration.ZERO, 0, Duration.ZERO);

    private Wiring wiring = wired();
    private final byte[] password = disguisedPassword();

    @AfterEach
    void close() {
        wiring.close();
    }

    private static Wiring wired() {
        return Wiring.of(Reading.settings("mailroom.pool.close-grace", "0"), List.of());
    }

    private static byte[] disguisedPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return inverse(Base64.getEncoder().encode(random));
    }

    private static byte[] inverse(byte[] bytes) {
        byte[] inverse = bytes.clone();
        for (int i = 0; i < bytes.length; i++) {
            inverse[i] = (byte) ~bytes[i];
        }
        return inverse;
    }

    private SmtpSettings settings(int port, ConnectionLimits limits) {
        return SmtpSettings.of("ann", "127.0.0.1", port).withLimits(limits)
                .withSecret(Secret.password(new String(inverse(password), ISO_8859_1)));
    }

    /** In a method of its own: what it had in its hands is gone afterwards. */
    private void openAndSend(int port, ConnectionLimits limits) throws Exception {
        SmtpSession session = wiring.sessions().start(ANN, settings(port, limits), false);
        session.send(MAIL);
        assertTrue(remembered(), "a search that finds nothing while the session is open proves nothing");
        assertEquals(port, session.settings().port());
    }

    private boolean remembered() throws Exception {
        try (HeapDump heap = HeapDump.take()) {
            byte[] plain = inverse(Base64.getEncoder().encode(
                    ("\0ann\0" + new String(inverse(password), ISO_8859_1)).getBytes(ISO_8859_1)));
            return heap.contains(password) || heap.contains(plain);
        }
    }

    @Test
    void aClosedSessionsPasswordIsForgottenAlthoughItsConnectionsStay() throws Exception {
        try (SinkProcess sink = SinkProcess.start(SinkSettings.ALL.withAuth())) {
            openAndSend(sink.port(), ConnectionLimits.DEFAULTS);
            wiring.sessions().close(ANN, "ann");
            assertEquals(1, wiring.pool().total().places().idle());
            assertFalse(remembered());
        }
    }

    @Test
    void noConnectionIsKeptReadyWithTheForgottenPassword() throws Exception {
        try (SinkProcess sink = SinkProcess.start(SinkSettings.ALL.withAuth())) {
            openAndSend(sink.port(), WARM);
            wiring.sessions().close(ANN, "ann");
            assertFalse(remembered());
        }
    }

    @Test
    void aChangedPasswordReplacesTheFormerOneInMemoryTooOnceNobodyHoldsThatAnyMore() throws Exception {
        try (SinkProcess sink = SinkProcess.start(SinkSettings.ALL.withAuth())) {
            openAndSend(sink.port(), ConnectionLimits.DEFAULTS);
            String former = wiring.sessions().find(ANN, "ann", role -> true).id();
            wiring.sessions().start(ANN, SmtpSettings.of("ann", "127.0.0.1", sink.port())
                    .withSecret(Secret.password("another")), false);
            wiring.sessions().close(ANN, wiring.sessions().open(ANN, former).orElseThrow());
            assertFalse(remembered());
        }
    }

    @Test
    void nothingOutlivesAnApplicationThatEndsWithOpenSessions() throws Exception {
        try (SinkProcess sink = SinkProcess.start(SinkSettings.ALL.withAuth())) {
            openAndSend(sink.port(), WARM);
            wiring.close();
            // As a server drops the beans: what leads to the password now is a thread or a static field.
            wiring = wired();
            assertFalse(remembered());
        }
    }

    @Test
    void aRefusedPasswordIsForgotten() throws Exception {
        refused();
        assertEquals(1, wiring.pool().sessions().size());
        // The server lives in this JVM and heard the password: its threads need a moment to end.
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        boolean remembered = remembered();
        while (remembered && System.nanoTime() - end < 0) {
            remembered = remembered();
        }
        assertFalse(remembered);
    }

    private void refused() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().user("ann", "another").start()) {
            var refused = assertThrows(SmtpException.class, () -> wiring.sessions()
                    .start(ANN, settings(server.port(), ConnectionLimits.DEFAULTS), false));
            assertEquals(Phase.AUTH, refused.failure().phase());
        }
    }
}
