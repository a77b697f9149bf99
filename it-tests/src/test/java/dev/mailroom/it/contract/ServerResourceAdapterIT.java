package dev.mailroom.it.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.contract.application.ContractServlet;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The resource adapter in the pool of WildFly or Open Liberty, set up as the page of servers says. */
final class ServerResourceAdapterIT {
    private static final SupportedServer SERVER = SupportedServer.asked().pooling();

    @TempDir
    private static Path directory;
    private static ScriptedSmtpServer smtp;
    private static RunningServer server;

    private static Path war() {
        var configuration = Map.of("mailroom.connection-factory", SERVER.pool());
        WebArchive war = SERVER.host(MailApplication.war("pooled", configuration))
                .addPackage(ContractServlet.class.getPackage());
        war.delete("/WEB-INF/lib/SmtpSession.jar");
        war.addAsLibrary(MailApplication.besideRar().toFile());
        Path file = directory.resolve("pooled.war");
        war.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    @BeforeAll
    static void start() throws Exception {
        smtp = ScriptedSmtpServer.builder().user("jack", Secrets.of("jack")).user("pail", Secrets.of("pail")).start();
        server = RunningServer.start(SERVER, directory, war(),
                Map.of("mailroom.spool.directory", directory.resolve("spool").toString()));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        smtp.close();
    }

    private static void send(String user) throws IOException {
        assertEquals("true", server.ask("start", "user", user, "password", Secrets.of(user),
                "port", String.valueOf(smtp.port())));
        for (int i = 0; i < 3; i++) {
            String answer = server.ask("send", "user", user, "subject", "of " + user);
            assertTrue(answer.startsWith("true"), answer);
        }
    }

    @Test
    void theServersPoolLendsEachUserConnectionsOfItsOwn() throws IOException {
        int before = smtp.connectionsOpened();
        send("jack");
        send("pail");
        assertEquals(6, smtp.mailCount());
        assertEquals(before + 2, smtp.connectionsOpened());
        send("jack");
        assertEquals(before + 2, smtp.connectionsOpened());
    }

    @Test
    void anErrorIsToldToItsCaller() throws IOException {
        String wrong = server.ask("start", "user", "jack", "password", "wrong", "port", String.valueOf(smtp.port()));
        assertTrue(wrong.startsWith("false ") && wrong.contains("535"), wrong);
    }
}
