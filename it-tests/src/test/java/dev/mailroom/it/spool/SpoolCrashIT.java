package dev.mailroom.it.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.server.MailApplication;
import dev.mailroom.it.spool.application.SpoolServlet;
import dev.mailroom.testing.ReceivedMail;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments, again and again: what was acknowledged arrives. Most of the kills are those of a
 * program without a server, which starts in a second: {@code EmbeddedSpoolCrashIT}.
 */
final class SpoolCrashIT {
    private static final int ROUNDS = Integer.getInteger("mailroom.it.server-crash-rounds", 6);
    private static final int MAILS = 500;
    private static final int CALLERS = 8;
    private static final int BATCH = 32;
    private static final int CONNECTIONS = 2;
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    private Path directory;
    private final Callers callers = new Callers(CALLERS);

    private static WebArchive application() {
        return MailApplication.war("spool", Map.of()).addPackage(SpoolServlet.class.getPackage());
    }

    private SpoolProcess server(String inDoubt) throws Exception {
        return SpoolProcess.start(directory, application(), Map.of(
                "mailroom.spool.key", KEY, "mailroom.spool.in-doubt", inDoubt, "mailroom.spool.sweep", "500ms",
                "mailroom.spool.batch", String.valueOf(BATCH),
                "mailroom.spool.max-per-queue", String.valueOf(CONNECTIONS)));
    }

    private void crash(ScriptedSmtpServer smtp, String inDoubt, int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            try (SpoolProcess server = server(inDoubt)) {
                assertEquals("true", server.get("spool?do=start&user=jack&port=" + smtp.port()));
                int before = callers.accepted.size();
                callers.begin(server, "jack", "r" + round + "-", MAILS);
                callers.awaitAccepted(before + ThreadLocalRandom.current().nextInt(MAILS));
                server.kill();
                callers.awaitEnd();
            }
        }
    }

    private static Map<String, Integer> received(ScriptedSmtpServer smtp) {
        return smtp.mails().stream().map(ReceivedMail::recipientPaths)
                .collect(Collectors.toMap(paths -> paths.get(0), paths -> 1, Integer::sum, TreeMap::new));
    }

    private static int duplicates(Map<String, Integer> received) {
        return received.values().stream().mapToInt(times -> times - 1).sum();
    }

    @Test
    void whatWasAcknowledgedArrivesWheneverTheServerIsKilled() throws Exception {
        try (var smtp = ScriptedSmtpServer.builder().start()) {
            crash(smtp, "resend", ROUNDS);
            try (SpoolProcess last = server("resend")) {
                smtp.await("every acknowledged mail",
                        () -> received(smtp).keySet().containsAll(callers.accepted.keySet()), LONG);
                last.stop();
            }
            int twice = duplicates(received(smtp));
            System.out.printf("spool crash test: %d kills, %d mails acknowledged, all arrived, %d arrived twice%n",
                    ROUNDS, callers.accepted.size(), twice);
            assertTrue(callers.accepted.size() > ROUNDS, "hardly a mail was accepted");
            assertTrue(twice <= ROUNDS * 2 * BATCH * CONNECTIONS, "more than were in flight: " + twice);
        }
    }

    @Test
    void withHoldNothingArrivesTwiceAndWhatDidNotArriveIsHeld() throws Exception {
        int rounds = Math.max(1, ROUNDS / 3);
        try (var smtp = ScriptedSmtpServer.builder().start()) {
            crash(smtp, "hold", rounds);
            int held = 0;
            try (SpoolProcess last = server("hold")) {
                assertEquals("true", last.get("spool?do=start&user=jack&port=" + smtp.port()));
                for (var mail : callers.accepted.entrySet()) {
                    String status = awaitEnd(last, mail.getValue());
                    boolean sent = status.startsWith("EMAIL_SENT");
                    held += sent ? 0 : 1;
                    assertTrue(sent || status.contains("in flight"), status);
                    assertTrue(!sent || received(smtp).containsKey(mail.getKey()), "sent, but not here: " + mail);
                }
            }
            assertEquals(Set.of(1), Set.copyOf(received(smtp).values()));
            System.out.printf("spool crash test with hold: %d kills, %d mails acknowledged, none twice, %d held%n",
                    rounds, callers.accepted.size(), held);
        }
    }

    private static String awaitEnd(SpoolProcess server, String id) throws Exception {
        long end = System.nanoTime() + LONG.toNanos();
        String status = server.get("spool?do=status&id=" + id);
        while (status.startsWith("EMAIL_PENDING") && System.nanoTime() < end) {
            status = server.get("spool?do=status&id=" + id);
        }
        return status;
    }
}
