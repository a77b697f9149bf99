package dev.mailroom.it.jar;

import static dev.mailroom.it.jar.RunnableJarIT.isProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.jar.Console.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console promises whoever attacks it, or just makes mistakes. */
interface SecurityContract {
    /** The console of a running jar. */
    Console console();

    /** What the jar printed so far. */
    String output();

    private static void hasOurHeaders(Answer answer) {
        assertTrue(answer.header("Content-Security-Policy").startsWith("default-src 'none'"), answer.toString());
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        assertEquals("DENY", answer.header("X-Frame-Options"));
        assertEquals("no-store", answer.header("Cache-Control"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic !!!!", "Basic YWRtaW4=", "Basic", "Bearer x", "Basic /w=="})
    default void credentialsThatAreNoneAreAskedForAgainWithTheSameHeaders(String header) {
        console().get("/api/pool");
        Answer answer = console().as("").ask("GET", "/api/pool", "", "Authorization", header);
        isProblem(401, answer);
        assertTrue(answer.header("WWW-Authenticate").startsWith("Basic "));
        hasOurHeaders(answer);
        assertFalse(answer.response().body().contains("\tat "));
    }

    @Test
    default void theSchemesNameMayBeInLowerCase() {
        String login = Base64.getEncoder().encodeToString(console().login().getBytes(StandardCharsets.UTF_8));
        assertEquals(200, console().as("").ask("GET", "/api/pool", "", "Authorization", "basic " + login).status());
    }

    @Test
    default void whatTheContainerAnswersHasTheSameHeaders() {
        for (Answer answer : List.of(console().get("/nothing"), console().get("/api/nothing"),
                console().ask("PUT", "/index.html", ""), console().get("/"), console().as("").get("/"))) {
            hasOurHeaders(answer);
        }
    }

    @Test
    default void wrongPasswordsAreAnsweredEverMoreSlowlyAndTheRightOneAtOnce() {
        console().get("/api/pool");
        for (int i = 0; i < 3; i++) {
            assertTrue(millis(console().as("admin:guess"), 401) < 2_000);
        }
        assertTrue(millis(console().as("admin:guess"), 401) >= 250);
        assertTrue(millis(console().as("admin:guess"), 401) >= 500);
        assertTrue(millis(console().as("admin:guess"), 401) >= 1_000);
        console().get("/api/pool");
        assertTrue(millis(console().as("admin:guess"), 401) < 1_000, "the right one has ended the series");
        console().get("/api/pool");
        assertTrue(output().contains("MR0604 wrong user or password for the console from 127.0.0.1"), output());
        assertFalse(output().contains("guess"));
    }

    private static long millis(Console console, int status) {
        long start = System.nanoTime();
        isProblem(status, console.get("/api/pool"));
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** However the client goes; a request behind it shows that the one that broke off has been dealt with. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0})
    default void anUploadThatBreaksOffIsOneLineAndNothingElse(int linger) throws IOException {
        int before = output().length();
        String login = Base64.getEncoder().encodeToString(console().login().getBytes(StandardCharsets.UTF_8));
        URI url = URI.create(console().url());
        try (Socket client = new Socket(url.getHost(), url.getPort())) {
            client.getOutputStream().write(("POST /api/sessions HTTP/1.1\r\nHost: x\r\nAuthorization: Basic " + login
                    + "\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{\"username\":\"half")
                            .getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            if (linger >= 0) {
                client.setSoLinger(true, linger);
            }
        }
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!output().substring(before).contains("MR0605 ")) {
            assertTrue(System.nanoTime() < deadline, output());
            LockSupport.parkNanos(50_000_000);
        }
        for (int i = 0; i < 20; i++) {
            assertEquals(200, console().get("/api/pool").status());
        }
        assertEquals(1, output().substring(before).lines().count(), output().substring(before));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%5Cb", "a%00b", "%zz"})
    default void aPathThatTheServerDoesNotTakeIsAnsweredByItselfWithNothingToShow(String name) throws IOException {
        int before = output().length();
        URI url = URI.create(console().url());
        try (Socket client = new Socket(url.getHost(), url.getPort())) {
            client.getOutputStream().write(("GET /api/sessions/" + name + " HTTP/1.1\r\nHost: x\r\n"
                    + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.contains("\r\nContent-Length: 0\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\n"), answer);
            assertEquals("", output().substring(before));
        }
    }

    @Test
    default void requestsThatWouldFillTheMemoryAreAskedToComeAgainAndNothingBreaks() throws Exception {
        int port = console().get("/api/mailbox").json().getInt("port");
        assertEquals(201, console().post("/api/sessions",
                "{\"username\":\"large\",\"server\":\"127.0.0.1\",\"port\":" + port + "}").status());
        String mail = "{\"sender\":\"me@example.org\",\"recipients\":[\"you@example.org\"],\"attachments\":[{\"name\":"
                + "\"a.bin\",\"content\":\"" + "QUJD".repeat(17 * 1024 * 1024 / 4) + "\"}]}";
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> send = () -> {
                Answer answer = console().post("/api/sessions/large/messages", mail);
                if (answer.status() == 503) {
                    assertEquals("1", answer.header("Retry-After"));
                }
                return answer.status();
            };
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> one : clients.invokeAll(Stream.generate(() -> send).limit(24).toList())) {
                statuses.add(one.get());
            }
            assertTrue(statuses.contains(200), statuses.toString());
            assertTrue(statuses.contains(503), statuses.toString());
            assertTrue(statuses.stream().allMatch(status -> status == 200 || status == 503), statuses.toString());
        } finally {
            clients.shutdownNow();
        }
        assertFalse(output().contains("OutOfMemoryError"), output());
        assertEquals(204, console().delete("/api/mailbox").status());
        assertEquals(204, console().delete("/api/sessions/large").status());
    }

    @Test
    default void whatAnAdministratorChangesIsALineWithWhoFromWhereAndWhat() {
        assertEquals(200, console().ask("PATCH", "/api/pool/total", "{\"suspended\":true}",
                "Content-Type", "application/json").status());
        assertEquals(200, console().ask("PATCH", "/api/pool/total", "{\"suspended\":false}",
                "Content-Type", "application/json", "Sec-Fetch-Site", "same-origin").status());
        assertTrue(output().contains("MR0701 admin from 127.0.0.1 by REST suspended the whole pool"), output());
        assertTrue(output().contains("MR0701 admin from 127.0.0.1 on the console's page resumed the whole pool"),
                output());
    }

    @Test
    default void whoStartsASessionSendsOverItAndClosesItIsInTheAuditTrailWithoutAnySecretOrContent() {
        int port = console().get("/api/mailbox").json().getInt("port");
        String mail = "{\"sender\":\"me@x.org\",\"recipients\":[\"you@x.org\"],\"message\":\"for your eyes\"}";
        assertEquals(201, console().post("/api/sessions", "{\"username\":\"traced\",\"password\":\"hush\\u00e9d\","
                + "\"server\":\"127.0.0.1\",\"port\":" + port + "}").status());
        String id = console().post("/api/sessions/traced/messages", mail).json().getString("messageId");
        isProblem(400, console().post("/api/sessions/traced/messages", "{\"sender\":\"nobody\"}"));
        assertEquals(204, console().delete("/api/sessions/traced").status());
        assertEquals(List.of("started session traced at 127.0.0.1:" + port,
                "sent mail " + id + " over session traced", "closed session traced"),
                output().lines().filter(line -> line.contains("MR0701 ") && line.contains("session traced"))
                        .map(line -> line.replaceAll(".* by REST ", "")).toList());
        assertFalse(output().contains("hush") || output().contains("for your eyes"), output());
    }
}
