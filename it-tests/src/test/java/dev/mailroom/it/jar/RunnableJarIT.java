package dev.mailroom.it.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.PrivatePostfix;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.TestCertificates;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunnableJarIT implements SendingContract, ReceivingContract, SpoolContract, PageContract,
        ReceivingPageContract, SecurityContract, CurlContract {
    static final String MAIL = "{\"sender\":\"me@example.org\",\"recipients\":[\"you@example.org\"]}";

    @TempDir
    private static Path root;
    private static JarProcess jar;
    private static int port;
    private static int mailboxPort;
    private static int pop3Port;
    private static int imapPort;
    private static String banner;
    private static Console console;

    @BeforeAll
    static void start() throws Exception {
        port = freePort();
        mailboxPort = freePort();
        pop3Port = freePort();
        imapPort = freePort();
        jar = JarProcess.start(root.resolve("main"),
                List.of("-Dmailroom.console.mailbox-port=" + mailboxPort, "-Dmailroom.spool.in-doubt=hold",
                        "-Dmailroom.console.mailbox-pop3-port=" + pop3Port,
                        "-Dmailroom.console.mailbox-imap-port=" + imapPort,
                        "-Dmailroom.session.shop.server=127.0.0.1", "-Dmailroom.session.shop.port=" + mailboxPort,
                        "-Dmailroom.security.trust-store=" + TestCertificates.get().trustStore(),
                        "-Dmailroom.security.trust-store-password=" + TestCertificates.get().password()),
                "--port", String.valueOf(port));
        banner = jar.awaitBanner();
        Matcher password = Pattern.compile("Password +(\\S+)").matcher(banner);
        assertTrue(password.find(), banner);
        console = new Console("http://127.0.0.1:" + port, "admin:" + password.group(1));
    }

    @AfterAll
    static void stopsWhenAskedAndLeavesNothingElsewhere() throws Exception {
        if (jar == null) {
            return;
        }
        try (JarProcess ending = jar) {
            ending.stop();
            ending.awaitExit();
            assertEquals(List.of("mailroom-data"), ending.left("work"));
            assertEquals(List.of("spool"), ending.left("work/mailroom-data"));
            assertTrue(ending.left("work/mailroom-data/spool").contains("spool.mv.db"));
            for (int closed : List.of(mailboxPort, pop3Port, imapPort)) {
                assertThrows(IOException.class, () -> new Socket("127.0.0.1", closed).close());
            }
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static String session(String user, int server) {
        return "{\"username\":\"" + user + "\",\"server\":\"127.0.0.1\",\"port\":" + server + "}";
    }

    @Override
    public Console console() {
        return console;
    }

    @Override
    public String output() {
        return jar.output();
    }

    static void isProblem(int status, Console.Answer answer) {
        assertEquals(status, answer.status(), answer.response().body());
        assertEquals("application/problem+json", answer.header("Content-Type").replaceAll(";.*", ""));
        assertEquals(status, answer.json().getInt("status"));
        assertFalse(answer.json().getString("detail").isBlank());
    }

    @Test
    void theLogIsQuietBeforeTheBanner() {
        long lines = banner.substring(0, banner.indexOf("Mailroom is ready")).lines().count();
        assertTrue(lines < 15, banner);
    }

    @ParameterizedTest
    @CsvSource({"GET,/", "GET,/console.js", "GET,/api/pool", "GET,/api/mailbox", "GET,/nothing", "POST,/api/sessions",
        "DELETE,/api/sessions/x", "GET,/api/spool", "POST,/api/spool/1/resend", "DELETE,/api/spool/1",
        "POST,/api/receiving", "GET,/api/receiving/x/messages", "GET,/api/receiving/x/messages/1/source",
        "DELETE,/api/receiving/x", "GET,/error", "GET,/health", "GET,/metrics", "GET,/openapi"})
    void nothingIsToldWithoutThePassword(String method, String path) {
        // Who was right is not slowed down for what others of these tests did.
        console.get("/api/pool");
        for (String login : List.of("", "admin:wrong", "root:" + console.login().substring(6))) {
            Console.Answer answer = console.as(login).ask(method, path, "");
            isProblem(401, answer);
            assertTrue(answer.header("WWW-Authenticate").startsWith("Basic "));
        }
    }

    @Test
    void itListensOnTheLoopbackAddressOnly() throws IOException {
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().filter(one -> !one.isLoopbackAddress()).toList()) {
                for (int listening : List.of(port, mailboxPort, pop3Port, imapPort)) {
                    assertThrows(IOException.class, () -> connect(address, listening), address + ":" + listening);
                }
            }
        }
        connect(InetAddress.getLoopbackAddress(), port);
    }

    private static void connect(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 5_000);
        }
    }

    @Test
    void badInputIsA400ThatNamesIt() {
        Console.Answer unknown = console.post("/api/sessions",
                "{\"username\":\"x\",\"server\":\"127.0.0.1\",\"pasword\":\"hunter2\"}");
        isProblem(400, unknown);
        assertTrue(unknown.json().getString("detail").contains("pasword"));
        assertFalse(unknown.response().body().contains("hunter2"));
        isProblem(400, console.post("/api/sessions", "{\"password\": hunter2"));
        isProblem(400, console.post("/api/sessions", "[]"));
        isProblem(400, console.post("/api/sessions", "{}"));
        isProblem(400, console.post("/api/sessions", session("x", 70_000)));
        isProblem(400, console.post("/api/sessions", "{\"username\":\"x\",\"server\":\"h\",\"port\":\"25\"}"));
    }

    @Test
    void whatIsNotThereIsA404() {
        isProblem(404, console.get("/api/nothing"));
        isProblem(404, console.get("/nothing"));
        isProblem(404, console.get("/api/messages/4711"));
        isProblem(404, console.get("/api/mailbox/4711"));
        isProblem(404, console.delete("/api/sessions/nobody"));
        isProblem(404, console.post("/api/sessions/nobody/messages", MAIL));
    }

    @Test
    void wrongMethodsAndMediaTypesAreProblemsToo() {
        Console.Answer method = console.ask("PUT", "/api/pool", "");
        isProblem(405, method);
        assertTrue(method.header("Allow").contains("GET"));
        isProblem(415, console.ask("POST", "/api/sessions", session("x", 25), "Content-Type", "text/plain"));
    }

    @Test
    void aFailedDialogueIsA502WithPhaseAndReply() throws IOException {
        Console.Answer refused = console.post("/api/sessions", session("refused", freePort()));
        isProblem(502, refused);
        assertEquals("CONNECT", refused.json().getString("phase"));
        try (var server = ScriptedSmtpServer.builder().user("jane", "right").start()) {
            Console.Answer login = console.post("/api/sessions",
                    session("jane", server.port()).replace("{", "{\"password\":\"hunter2\","));
            isProblem(502, login);
            assertEquals("AUTH", login.json().getString("phase"));
            assertTrue(login.json().getString("reply").startsWith("535"), login.response().body());
            assertEquals("5.7.8", login.json().getString("enhancedStatus"));
            assertFalse(login.response().body().contains("hunter2"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CORP/jörg x@y", "CORP\\\\ann", "..", "a;b", "~x"})
    void aSessionWithStrangeCharactersIsUsedAndClosedByItsId(String name) {
        try (var server = ScriptedSmtpServer.builder().start()) {
            Console.Answer open = console.post("/api/sessions", session(name, server.port()));
            assertEquals(201, open.status(), open.response().body());
            Console.Answer sent = console.post("/api/sessions/" + open.json().getString("id") + "/messages", MAIL);
            assertEquals(200, sent.status(), sent.response().body());
            assertTrue(console.get("/api/sessions").json().getJsonArray("sessions").getValuesAs(JsonObject.class)
                    .stream().anyMatch(one -> one.getString("id").equals(open.json().getString("id"))
                            && one.getInt("port") == server.port()));
            Console.Answer closed = console.delete(open.header("Location").substring(console.url().length()));
            assertEquals(204, closed.status(), closed.response().body());
        }
    }

    @Test
    void thePoolShowsASessionsConnections() {
        try (var server = ScriptedSmtpServer.builder().start()) {
            console.post("/api/sessions", session("counted", server.port()));
            console.post("/api/sessions/counted/messages", MAIL);
            JsonObject pool = console.get("/api/pool").json();
            JsonObject row = pool.getJsonArray("sessions").getValuesAs(JsonObject.class).stream()
                    .filter(one -> one.getInt("port") == server.port()).findFirst().orElseThrow();
            assertEquals("counted", row.getString("user"));
            assertEquals(List.of("NONE", "AUTOMATIC", ""),
                    List.of(row.getString("tls"), row.getString("trust"), row.getString("fingerprint")));
            assertTrue(row.getJsonArray("names").isEmpty());
            assertEquals(1, row.getInt("open"));
            assertTrue(pool.getJsonObject("total").getInt("open") >= 1);
        }
    }

    @Test
    void anAdministratorActsOnThePoolAtRunTime() {
        try (var server = ScriptedSmtpServer.builder().start()) {
            console.post("/api/sessions", session("acted", server.port()));
            console.post("/api/sessions/acted/messages", MAIL);
            String id = console.get("/api/pool").json().getJsonArray("sessions").getValuesAs(JsonObject.class).stream()
                    .filter(one -> one.getInt("port") == server.port()).findFirst().orElseThrow().getString("id");
            String row = "/api/pool/" + id;
            assertEquals(1, console.get(row).json().getInt("messages"));

            JsonObject changed = patch(row, "{\"limit\":7,\"suspended\":true}").json();
            assertEquals(7, changed.getInt("limit"));
            assertTrue(changed.getBoolean("suspended"));
            assertFalse(patch(row, "{\"suspended\":false}").json().getBoolean("suspended"));
            assertEquals(204, console.post(row + "/flush", "{\"idleOnly\":true}").status());
            server.awaitOpenConnections(0, Duration.ofSeconds(30));
            assertEquals(1, console.get(row).json().getJsonObject("discarded").getInt("FLUSHED"));
            assertEquals(204, console.delete(row).status());
            isProblem(404, console.get(row));
            isProblem(404, console.delete(row));
            int total = console.get("/api/pool/total").json().getInt("limit");
            assertEquals(total, patch("/api/pool/total", "{\"limit\":" + total + "}").json().getInt("limit"));
        }
    }

    @Test
    void aSenselessChangeOfThePoolIsA400() {
        isProblem(400, patch("/api/pool/total", "{\"limit\":0}"));
        isProblem(400, patch("/api/pool/total", "{}"));
        isProblem(400, patch("/api/pool/total", "{\"limits\":5}"));
        isProblem(400, console.delete("/api/pool/total"));
        isProblem(404, patch("/api/pool/nobody", "{\"limit\":5}"));
        isProblem(404, console.post("/api/pool/nobody/flush", "{}"));
    }

    private static Console.Answer patch(String path, String json) {
        return console.ask("PATCH", path, json, "Content-Type", "application/json");
    }

    @Test
    void anotherSitesPageChangesNothing() {
        isProblem(403, console.ask("DELETE", "/api/mailbox", "", "Origin", "http://evil.example"));
        isProblem(403, console.ask("POST", "/api/sessions", session("x", 25),
                "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"));
    }

    @Test
    void thePageHasNoScriptOfItsOwnAndMayLoadNothingFromElsewhere() {
        Console.Answer page = console.get("/");
        assertEquals(200, page.status());
        String policy = page.header("Content-Security-Policy");
        assertTrue(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals("nosniff", page.header("X-Content-Type-Options"));
        Pattern forbidden = Pattern.compile("<script(?![^>]*src=)|<style|\\s(on\\w+|style)=|https?://");
        assertFalse(forbidden.matcher(page.response().body()).find());
    }

    @Test
    void aMailGoesToARealPostfixOverStartTlsWithAuthentication() {
        try (PrivatePostfix postfix = PrivatePostfix.startOrSkip()) {
            String open = "{\"username\":\"%s\",\"password\":\"%s\",\"server\":\"localhost\",\"port\":%d,"
                    + "\"option\":\"emailOptionSecuredTLS\"}";
            Console.Answer session = console.post("/api/sessions",
                    open.formatted(PrivatePostfix.USER, PrivatePostfix.PASSWORD, postfix.submissionPort()));
            assertEquals(201, session.status(), session.response().body());
            Console.Answer sent = console.post("/api/sessions/" + PrivatePostfix.USER + "/messages", MAIL);
            assertEquals(200, sent.status(), sent.response().body());
            assertEquals(List.of("you@example.org"),
                    postfix.awaitMails(1, Duration.ofMinutes(2)).get(0).recipientPaths());
            assertFalse(jar.output().contains(PrivatePostfix.PASSWORD));
        }
    }
}
