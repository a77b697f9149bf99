package dev.mailroom.it.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.Documentation;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.GenericArchive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The sample, with its own database beside the spool in one transaction, is the same file on every server. */
@ExtendWith(ContractReport.class)
final class ServerSampleIT {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Path SAMPLE = Documentation.file("samples/invoicing/src/main");

    @TempDir
    private Path directory;

    @Test
    void theInvoicingSampleRunsUnchanged() throws Exception {
        try (var smtp = ScriptedSmtpServer.builder().start();
                RunningServer server = RunningServer.launch(SupportedServer.asked().sharing(), directory, war(),
                        Map.of("mailroom.session.billing.port", String.valueOf(smtp.port()),
                                "mailroom.spool.directory", directory.resolve("spool").toString()))) {
            smtp.await("the first invoice", () -> issued(server), LONG);
            smtp.await("its mail", () -> smtp.mailCount() == 1, LONG);
            String mail = smtp.mails().get(0).text();
            assertTrue(mail.contains("Subject: Invoice 7") && mail.contains("invoice-7.pdf"), mail);
            smtp.await("its state", () -> shown(server, 7).contains("SENT"), LONG);
            // Accepted by the spool, then without an amount for its column: the transaction rolls back.
            assertThrows(IOException.class,
                    () -> server.postForm("invoices", "number=8&customer=bob@example.org"));
            server.postForm("invoices", "number=9&customer=cid@example.org&amount=1");
            smtp.await("the third state", () -> shown(server, 9).contains("SENT"), LONG);
            assertEquals(2, smtp.mailCount());
        }
    }

    private static boolean issued(RunningServer server) {
        try {
            server.postForm("invoices", "number=7&customer=ann@example.org&amount=19.90");
            return true;
        } catch (IOException e) {
            if (!server.runs()) {
                throw new AssertionError("the server has ended:\n" + server.log(), e);
            }
            return false;
        }
    }

    private static String shown(RunningServer server, int number) {
        try {
            return server.get("invoices/" + number);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Path war() throws IOException {
        WebArchive war = MailApplication.libraries("invoicing");
        war.merge(folder(compiled()), "WEB-INF/classes", Filters.includeAll());
        war.merge(folder(SAMPLE.resolve("resources")), "WEB-INF/classes", Filters.includeAll());
        war.merge(folder(SAMPLE.resolve("webapp")), "/", Filters.includeAll());
        Path file = directory.resolve("invoicing.war");
        war.as(ZipExporter.class).exportTo(file.toFile());
        return file;
    }

    private static GenericArchive folder(Path folder) {
        return ShrinkWrap.create(ExplodedImporter.class).importDirectory(folder.toFile()).as(GenericArchive.class);
    }

    private Path compiled() throws IOException {
        Path classes = directory.resolve("classes");
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-parameters", "-proc:none",
                "-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
        try (Stream<Path> files = Files.walk(SAMPLE.resolve("java"))) {
            files.filter(file -> file.toString().endsWith(".java")).map(Path::toString).forEach(arguments::add);
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
        return classes;
    }
}
