package dev.mailroom.it.spool;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.server.MailApplication;
import dev.mailroom.it.spool.application.SpoolServlet;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told to stop beside a mail server that never answers the final dot. */
final class StopIT {
    /** Long enough that a slow machine takes less than as long again for all the rest. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    @TempDir
    private Path directory;

    @Test
    void afterOneGraceTheServerStopsAndItsLogSaysWhatIsInFlight() throws Exception {
        var silent = new AtomicBoolean();
        try (var smtp = ScriptedSmtpServer.builder().script(occasion -> {
            boolean whole = occasion.step() == Step.FINAL_DOT || occasion.step() == Step.BDAT;
            silent.compareAndSet(false, whole);
            return whole ? Optional.of(Action.nothing()) : Optional.empty();
        }).start();
                SpoolProcess server = SpoolProcess.start(directory,
                        MailApplication.war("spool", Map.of()).addPackage(SpoolServlet.class.getPackage()),
                        Map.of("mailroom.spool.grace", GRACE.toSeconds() + "s",
                                "mailroom.pool.close-grace", GRACE.toSeconds() + "s",
                                "mailroom.spool.sweep", "500ms"))) {
            assertTrue(server.get("spool?do=start&user=jack&port=" + smtp.port()).startsWith("true"));
            assertTrue(server.get("spool?do=send&user=jack&to=bob@example.org").startsWith("true"));
            smtp.await("the final dot", silent::get, Duration.ofMinutes(1));
            long told = System.nanoTime();
            server.stop();
            Duration stop = Duration.ofNanos(System.nanoTime() - told);
            assertTrue(server.log().contains("MR0509"), server.log());
            assertTrue(stop.compareTo(GRACE) >= 0, stop + " is no grace");
            assertTrue(stop.compareTo(GRACE.multipliedBy(2)) < 0, stop + ": the pool waited once more");
        }
    }
}
