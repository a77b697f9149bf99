package dev.mailroom.it.jar;

import static dev.mailroom.it.jar.Browser.quoted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.server.QuickServer;
import dev.mailroom.it.spool.outcome.InvoiceObserver;
import dev.mailroom.testing.ScriptedSmtpServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in an application whose observer of outcomes keeps failing, and what an administrator does about it. */
final class OutcomesIT {
    private static final String PASSWORD = "correct-horse-battery";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path root;
    private static JarProcess server;
    private static ScriptedSmtpServer smtp;
    private static Console console;

    @BeforeAll
    static void start() throws IOException {
        Path war = root.resolve("console.war");
        ShrinkWrap.create(WebArchive.class, "console.war").as(ZipImporter.class)
                .importFrom(Path.of(System.getProperty("mailroom.jar")).resolveSibling("mailroom-console.war").toFile())
                .as(WebArchive.class).addPackage(InvoiceObserver.class.getPackage())
                .as(ZipExporter.class).exportTo(war.toFile(), true);
        Files.createFile(root.resolve(InvoiceObserver.REJECT));
        smtp = ScriptedSmtpServer.builder().start();
        int port = RunnableJarIT.freePort();
        server = JarProcess.start(QuickServer.jar(), root, List.of(QuickServer.sharing(),
                "-D" + InvoiceObserver.DIRECTORY + "=" + root, "-Dmailroom.console.password=" + PASSWORD,
                "-Dmailroom.console.mailbox=on", "-Dmailroom.console.mailbox-port=" + RunnableJarIT.freePort(),
                "-Dmailroom.spool.retry.initial=1h", "-Dmailroom.spool.retry.max=1h"),
                "--disablephonehome", "--nohazelcast", "--port", String.valueOf(port), "--deploy", war.toString(),
                "--prebootcommandfile", Path.of("src/test/payara/pre-boot.txt").toAbsolutePath().toString());
        console = new Console("http://127.0.0.1:" + port + "/mailroom-console", "admin:" + PASSWORD);
        await("the console", OutcomesIT::answers);
        assertEquals(201, console.post("/api/sessions", ("{\"username\":\"invoices\",\"server\":\"127.0.0.1\","
                + "\"port\":%d,\"asynchronous\":true}").formatted(smtp.port())).status());
    }

    private static boolean answers() {
        try {
            return console.get("/api/pool").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            smtp.close();
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "waited in vain for " + what + "\n" + server.output());
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** Sends a mail and waits until the observer has failed at its outcome. */
    private static String failed(String reference) {
        Console.Answer sent = console.post("/api/sessions/invoices/messages", ("{\"sender\":\"me@example.org\","
                + "\"recipients\":[\"you@example.org\"],\"reference\":\"%s\"}").formatted(reference));
        assertEquals(202, sent.status(), sent.response().body());
        String id = sent.json().getString("id");
        await("the failure", () -> outcomes().stream()
                .anyMatch(one -> one.getString("id").equals(id) && one.getInt("failures") == 1));
        return id;
    }

    private static List<JsonObject> outcomes() {
        Console.Answer answer = console.get("/api/outcomes");
        assertEquals(200, answer.status(), answer.response().body());
        return answer.json().getJsonArray("outcomes").getValuesAs(JsonObject.class);
    }

    private static void awaitHeard(String line) {
        await(line, () -> {
            try {
                return Files.readAllLines(root.resolve(InvoiceObserver.HEARD)).contains(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The observer is mended while this runs. */
    private static void mended(Runnable work) throws IOException {
        Files.delete(root.resolve(InvoiceObserver.REJECT));
        try {
            work.run();
        } finally {
            Files.createFile(root.resolve(InvoiceObserver.REJECT));
        }
    }

    @Test
    void anOutcomeAtWhichAnObserverFailsIsShownAndToldAgainOnRequest() throws IOException {
        String id = failed("invoice-7");
        JsonObject answer = console.get("/api/outcomes").json();
        assertTrue(answer.getInt("count") >= 1 && answer.getInt("failing") >= 1, answer.toString());
        JsonObject shown = outcomes().stream().filter(one -> one.getString("id").equals(id)).findFirst().orElseThrow();
        assertEquals(List.of("invoice-7", "SENT"), List.of(shown.getString("reference"), shown.getString("state")));
        assertTrue(shown.getString("error").contains("no such invoice"), shown.toString());
        assertTrue(Instant.parse(answer.getString("oldest")).compareTo(Instant.parse(shown.getString("since"))) <= 0);
        assertTrue(Instant.parse(shown.getString("next")).isAfter(Instant.now().plusSeconds(600)), shown.toString());
        mended(() -> {
            assertEquals(204, console.ask("POST", "/api/outcomes/" + id + "/tell", "").status());
            awaitHeard("done invoice-7 SENT");
        });
        await("the acknowledgement", () -> outcomes().stream().noneMatch(one -> one.getString("id").equals(id)));
        assertTrue(server.output().contains("MR0701 admin from 127.0.0.1 by REST had the outcome of mail " + id
                + " told again"), server.output());
        RunnableJarIT.isProblem(404, console.ask("POST", "/api/outcomes/" + id + "/tell", ""));
        RunnableJarIT.isProblem(404, console.ask("POST", "/api/outcomes/none/tell", ""));
    }

    @Test
    void anOutcomeCanBeDropped() {
        String id = failed("invoice-8");
        assertEquals(204, console.delete("/api/outcomes/" + id).status());
        assertTrue(outcomes().stream().noneMatch(one -> one.getString("id").equals(id)));
        assertTrue(server.output().contains("MR0701 admin from 127.0.0.1 by REST dropped the outcome of mail " + id),
                server.output());
        RunnableJarIT.isProblem(404, console.delete("/api/outcomes/" + id));
        assertEquals(200, console.get("/api/messages/" + id).status(), "the mail is still known");
    }

    @Test
    void thePageShowsItWithAButton(@TempDir Path profile) throws IOException {
        String id = failed("invoice <9>");
        String dropped = failed("invoice <10>");
        try (Browser page = Browser.openOrSkip(profile, console)) {
            page.await("the outcome", row("invoice <9>") + ".innerText.includes('no such invoice')");
            page.await("how many", "byId('outcomes-count').textContent.includes(', the first since ')");
            mended(() -> {
                page.click(row("invoice <9>"), "Tell again now", "");
                awaitHeard("done invoice <9> SENT");
            });
            await("the acknowledgement", () -> outcomes().stream().noneMatch(one -> one.getString("id").equals(id)));
            page.click("#outcomes-section", "Refresh", "");
            page.await("the end of the row", "!" + row("invoice <9>"));
            page.run(row("invoice <10>") + ".id = 'acted-on'");
            assertTrue(page.refuse(row("invoice <10>"), "Tell no more").contains("mail " + dropped));
            page.await("the list again", row("invoice <10>") + ".id !== 'acted-on'");
            page.click(row("invoice <10>"), "Tell no more", "");
            page.await("the end of the section", "byId('outcomes-section').hidden");
            assertEquals(List.of(), outcomes());
        }
    }

    private static String row(String text) {
        return "[...document.querySelectorAll('#outcomes tbody tr')].find((row) => row.innerText.includes("
                + quoted(text) + "))";
    }
}
