package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.testing.NumberedMails;
import dev.mailroom.testing.UnpackedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real servers that limit the mails of a connection hold no spooled mail up. */
@Timeout(300)
class LimitedServersIT {
    private static final int MAILS = 200;
    private static final Duration LONG = Duration.ofSeconds(200);

    @TempDir
    private Path directory;
    private final CountDownLatch outcomes = new CountDownLatch(MAILS);
    private final ConcurrentLinkedQueue<String> delays = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Settlement> settled = new ConcurrentLinkedQueue<>();

    @Test
    void eximGetsAllMailsAndNoneWaits() throws Exception {
        try (UnpackedServer exim = UnpackedServer.exim()) {
            drain(exim, SmtpSettings.of(UnpackedServer.USER, "localhost", exim.port()).withTls(TlsMode.STARTTLS)
                    .withTrust(TrustMode.OWN).withSecret(Secret.password(UnpackedServer.PASSWORD)));
        }
    }

    @Test
    void openSmtpdGetsAllMailsAndNoneWaits() throws Exception {
        try (UnpackedServer server = UnpackedServer.openSmtpd()) {
            drain(server, SmtpSettings.of("bob", "127.0.0.1", server.port()));
        }
    }

    private void drain(UnpackedServer server, SmtpSettings settings) throws Exception {
        var source = EmbeddedDatabase.open(directory.resolve("spool"));
        var listener = new SpoolListener() {
            @Override
            public void settled(Settlement settlement) {
                settled.add(settlement);
                outcomes.countDown();
            }

            @Override
            public void blocked(SpoolQueue queue, QueueEffect effect, Duration wait, String error) {
                delays.add(effect + " " + wait + " " + error);
            }
        };
        try (var stack = new DrainStack(source, listener)) {
            stack.open(settings);
            for (int i = 0; i < MAILS; i++) {
                stack.spool(settings.user(), NumberedMails.mail(i));
            }
            stack.drain(Duration.ofSeconds(1));
            assertTrue(outcomes.await(LONG.toSeconds(), TimeUnit.SECONDS), () -> settled + " " + delays);
            assertEquals(List.of(), List.copyOf(delays), "the queue never waited");
            assertEquals(List.of(), settled.stream().filter(one -> one.state() != SpoolState.SENT).toList());
            NumberedMails.assertArrived(MAILS, server.awaitMails(MAILS, LONG));
        }
    }
}
