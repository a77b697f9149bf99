package dev.mailroom.it.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.server.MailApplication;
import dev.mailroom.it.spool.application.SpoolServlet;
import dev.mailroom.it.spool.shared.SharedDatabase;
import dev.mailroom.testing.PrivatePostgres;
import dev.mailroom.testing.ReceivedMail;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.xa.PGXADataSource;

/** Two servers, one spool in PostgreSQL; one is killed midway. */
final class SharedSpoolIT {
    private static final int MAILS = Integer.getInteger("mailroom.it.shared-mails", 10_000);
    private static final int BATCH = 32;
    private static final int CONNECTIONS = 2;
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private static WebArchive application() throws Exception {
        var driver = new File(PGXADataSource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return MailApplication.war("spool", Map.of()).addPackage(SpoolServlet.class.getPackage())
                .addPackage(SharedDatabase.class.getPackage()).addAsLibrary(driver);
    }

    private SpoolProcess server(String name, PrivatePostgres database) throws Exception {
        return SpoolProcess.start(directory.resolve(name), application(), Map.of(
                "it.postgres.url", database.url(),
                "mailroom.spool.datasource", "java:app/jdbc/shared",
                "mailroom.spool.key", Base64.getEncoder().encodeToString(new byte[32]),
                "mailroom.spool.lease", LEASE.toMillis() + "ms",
                "mailroom.spool.sweep", "500ms",
                "mailroom.spool.batch", String.valueOf(BATCH),
                "mailroom.spool.max-per-queue", String.valueOf(CONNECTIONS)));
    }

    private static Map<String, Integer> received(ScriptedSmtpServer smtp) {
        return smtp.mails().stream().map(ReceivedMail::recipientPaths)
                .collect(Collectors.toMap(paths -> paths.get(0), paths -> 1, Integer::sum, TreeMap::new));
    }

    /** The spool's database is the application's own: a row of its and a mail are one transaction. */
    private static void assertRowAndMailShareTheirFate(SpoolProcess server, ScriptedSmtpServer smtp)
            throws Exception {
        assertEquals("", server.get("invoice?user=jack&to=never@example.org&end=rollback"));
        assertEquals("paid@example.org", server.get("invoice?user=jack&to=paid@example.org&end=commit"));
        smtp.await("the mail of the committed row", () -> smtp.mailCount() > 0, Duration.ofMinutes(2));
        assertEquals(Map.of("paid@example.org", 1), received(smtp));
    }

    @Test
    void theSurvivorTakesOverAndNothingIsLost() throws Exception {
        var mine = new Callers(4);
        var others = new Callers(4);
        try (PrivatePostgres database = PrivatePostgres.startOrSkip();
                var smtp = ScriptedSmtpServer.builder().start();
                SpoolProcess dying = server("dying", database);
                SpoolProcess survivor = server("survivor", database)) {
            for (SpoolProcess server : new SpoolProcess[] {dying, survivor}) {
                assertEquals("true", server.get("spool?do=start&user=jack&port=" + smtp.port()));
            }
            assertRowAndMailShareTheirFate(survivor, smtp);
            mine.begin(survivor, "jack", "s", MAILS / 2);
            others.begin(dying, "jack", "d", MAILS / 2);
            others.awaitAccepted(MAILS / 4);
            dying.kill();
            long killed = System.nanoTime();
            others.awaitEnd();
            smtp.await("the mails of the dead server",
                    () -> received(smtp).keySet().containsAll(others.accepted.keySet()), LONG);
            Duration takeOver = Duration.ofNanos(System.nanoTime() - killed);
            mine.awaitEnd();
            smtp.await("the mails of the survivor",
                    () -> received(smtp).keySet().containsAll(mine.accepted.keySet()), LONG);
            assertEquals(MAILS / 2, mine.accepted.size());
            assertFalse(received(smtp).containsKey("never@example.org"), "a mail outlived its rolled-back row");
            int twice = received(smtp).values().stream().mapToInt(times -> times - 1).sum();
            System.out.printf("two servers, one spool: %d mails acknowledged, one server killed, all arrived (those of"
                    + " the dead one %d ms after the kill, lease %d ms), %d arrived twice%n",
                    mine.accepted.size() + others.accepted.size(), takeOver.toMillis(), LEASE.toMillis(), twice);
            assertTrue(twice <= 2 * BATCH * CONNECTIONS, "more than were in flight: " + twice);
        }
    }
}
