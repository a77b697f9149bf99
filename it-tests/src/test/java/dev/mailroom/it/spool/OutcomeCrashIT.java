package dev.mailroom.it.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.it.server.MailApplication;
import dev.mailroom.it.spool.application.SpoolServlet;
import dev.mailroom.it.spool.outcome.InvoiceObserver;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed while the application is being told that its mail was sent: it is told again. */
final class OutcomeCrashIT {
    @TempDir
    private Path directory;

    private static WebArchive application() {
        return MailApplication.war("spool", Map.of()).addPackage(SpoolServlet.class.getPackage())
                .addPackage(InvoiceObserver.class.getPackage());
    }

    private SpoolProcess server() throws Exception {
        return SpoolProcess.start(directory, application(),
                Map.of("mailroom.spool.sweep", "500ms", "mailroom.spool.retry.initial", "1s",
                        InvoiceObserver.DIRECTORY, directory.toString()));
    }

    @Test
    void anOutcomeIsToldUntilTheApplicationHasAcknowledgedIt() throws Exception {
        Path heard = directory.resolve(InvoiceObserver.HEARD);
        Path block = Files.createFile(directory.resolve(InvoiceObserver.BLOCK));
        try (var smtp = ScriptedSmtpServer.builder().start()) {
            try (SpoolProcess server = server()) {
                assertEquals("true", server.get("spool?do=start&user=jack&port=" + smtp.port()));
                server.get("spool?do=send&user=jack&to=jill@example.org&reference=invoice-7");
                smtp.awaitMails(1, Duration.ofMinutes(2));
                smtp.await("the observer to begin", () -> lines(heard).equals(List.of("begins invoice-7 SENT")),
                        Duration.ofMinutes(2));
                server.kill();
            }
            Files.delete(block);
            Files.createFile(directory.resolve(InvoiceObserver.FAIL));
            try (SpoolProcess server = server()) {
                List<String> all = List.of("begins invoice-7 SENT", "begins invoice-7 SENT", "failed invoice-7 SENT",
                        "begins invoice-7 SENT", "done invoice-7 SENT");
                smtp.await("the observer to be told again", () -> lines(heard).equals(all), Duration.ofMinutes(1));
                server.stop();
            }
            try (SpoolProcess server = server()) {
                assertEquals("true", server.get("spool?do=start&user=jack&port=" + smtp.port()));
                server.get("spool?do=send&user=jack&to=jill@example.org&reference=last");
                smtp.await("another outcome", () -> lines(heard).contains("done last SENT"), Duration.ofMinutes(1));
                assertEquals(7, lines(heard).size(), "what was acknowledged is not told again");
            }
            assertEquals(2, smtp.mailCount());
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
