package dev.mailroom.it.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What the console promises about mails of asynchronous sessions; mails in doubt are held. */
interface SpoolContract {
    Duration PATIENCE = Duration.ofMinutes(2);
    String BODY = "what-nobody-else-may-read";
    String PASSWORD = "hunter2";

    /** The console of a running jar. */
    Console console();

    /** Starts an asynchronous session and sends one mail over it; what the console answered. */
    private JsonObject accepted(String user, int port) {
        Console.Answer session = console().post("/api/sessions", ("{\"username\":\"%s\",\"password\":\"%s\","
                + "\"server\":\"127.0.0.1\",\"port\":%d,\"asynchronous\":true}").formatted(user, PASSWORD, port));
        assertEquals(201, session.status(), session.response().body());
        Console.Answer answer = console().post("/api/sessions/" + user + "/messages", ("{\"sender\":\"me@example.org\","
                + "\"recipients\":[\"you@example.org\"],\"subject\":\"%s\",\"message\":\"%s\"}").formatted(BODY, BODY));
        assertEquals(202, answer.status(), answer.response().body());
        assertEquals("pending", answer.json().getString("status"));
        return answer.json();
    }

    /** What became of a mail, once something did. */
    private JsonObject settled(String id) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Console.Answer answer = console().get("/api/messages/" + id);
            assertEquals(200, answer.status(), answer.response().body());
            if (!answer.json().getString("status").equals("pending")) {
                return answer.json();
            }
            assertTrue(System.nanoTime() < deadline, answer.response().body());
            LockSupport.parkNanos(50_000_000);
        }
    }

    private List<JsonObject> listed(String query, String id) {
        Console.Answer answer = console().get("/api/spool" + query);
        assertEquals(200, answer.status(), answer.response().body());
        assertFalse(answer.response().body().contains(BODY) || answer.response().body().contains(PASSWORD));
        assertTrue(answer.json().getJsonObject("waiting").getInt("messages") >= 0);
        return answer.json().getJsonArray("messages").getValuesAs(JsonValue::asJsonObject).stream()
                .filter(mail -> mail.getString("id").equals(id)).toList();
    }

    @Test
    default void anAcceptedMailReachesTheDevelopmentMailbox() {
        JsonObject mail = accepted("later", console().get("/api/mailbox").json().getInt("port"));
        assertEquals("sent", settled(mail.getString("id")).getString("status"));
        assertTrue(console().get("/api/mailbox").json().getJsonArray("messages").getValuesAs(JsonValue::asJsonObject)
                .stream().anyMatch(one -> one.getString("messageId").contains(mail.getString("messageId"))));
        assertEquals(List.of(), listed("", mail.getString("id")));
        assertEquals("SENT", listed("?state=sent&limit=1000", mail.getString("id")).get(0).getString("state"));
    }

    @Test
    default void aRefusedMailIsListedWithTheServersReplyAndSentAgainOnRequest() {
        try (var server = ScriptedSmtpServer.builder().reply(Step.RCPT, "550 5.1.1 Unknown").start()) {
            String id = accepted("again", server.port()).getString("id");
            JsonObject refused = settled(id);
            assertEquals("error", refused.getString("status"));
            assertTrue(refused.getString("reason").contains("550 5.1.1 Unknown"), refused.toString());
            assertEquals("550 5.1.1 Unknown",
                    refused.getJsonArray("recipients").getJsonObject(0).getString("reply"));

            JsonObject mail = listed("?state=FAILED", id).get(0);
            assertEquals("again", mail.getString("username"));
            assertEquals("127.0.0.1:" + server.port(), mail.getString("server"));
            assertEquals(1, mail.getInt("attempts"));
            assertFalse(mail.getString("error").isBlank());
            JsonObject recipient = mail.getJsonArray("recipients").getJsonObject(0);
            assertEquals("you@example.org", recipient.getString("address"));
            assertEquals("550 5.1.1 Unknown", recipient.getString("reply"));

            server.behave();
            assertEquals(202, console().ask("POST", "/api/spool/" + id + "/resend", "").status());
            assertEquals("sent", settled(id).getString("status"));
            assertEquals(1, server.mailCount());
            assertEquals(List.of(), listed("", id));
            RunnableJarIT.isProblem(409, console().ask("POST", "/api/spool/" + id + "/resend", ""));
        }
    }

    @Test
    default void whatACutHasPutInDoubtIsSentAgainInOneAction() {
        try (var server = ScriptedSmtpServer.builder().without("CHUNKING").on(Step.FINAL_DOT, Action.cut()).start()) {
            String id = accepted("doubtful", server.port()).getString("id");
            settled(id);
            String incident = listed("?state=IN_DOUBT", id).get(0).getString("incident");
            server.behave();
            String path = "/api/spool/incidents/" + incident;
            Console.Answer again = console().ask("POST", path + "/resend", "");
            assertEquals(202, again.status(), again.response().body());
            assertEquals(1, again.json().getInt("messages"));
            assertEquals("sent", settled(id).getString("status"));
            RunnableJarIT.isProblem(404, console().ask("POST", path + "/resend", ""));
            RunnableJarIT.isProblem(404, console().delete(path));
        }
    }

    @Test
    default void aDeletedMailIsGone() {
        try (var server = ScriptedSmtpServer.builder().reply(Step.RCPT, "550 5.1.1 Unknown").start()) {
            String id = accepted("gone", server.port()).getString("id");
            assertEquals("error", settled(id).getString("status"));
            assertEquals(204, console().delete("/api/spool/" + id).status());
            RunnableJarIT.isProblem(404, console().get("/api/messages/" + id));
            RunnableJarIT.isProblem(404, console().get("/api/spool/" + id));
            RunnableJarIT.isProblem(404, console().delete("/api/spool/" + id));
            RunnableJarIT.isProblem(404, console().ask("POST", "/api/spool/" + id + "/resend", ""));
        }
    }

    @Test
    default void aMailInDoubtIsHeldUntilAPersonSendsItAgain() {
        try (var server = ScriptedSmtpServer.builder().without("CHUNKING").on(Step.FINAL_DOT, Action.cut()).start()) {
            String id = accepted("held", server.port()).getString("id");
            assertEquals("error", settled(id).getString("status"));
            assertEquals("IN_DOUBT", listed("?state=IN_DOUBT", id).get(0).getString("state"));
            server.behave();
            assertEquals(202, console().ask("POST", "/api/spool/" + id + "/resend", "").status());
            assertEquals("sent", settled(id).getString("status"));
            assertEquals(1, server.mailCount());
        }
    }

    @Test
    default void aSenselessQuestionAboutTheSpoolIsA400() {
        RunnableJarIT.isProblem(400, console().get("/api/spool?state=LOST"));
        RunnableJarIT.isProblem(400, console().get("/api/spool?limit=0"));
        RunnableJarIT.isProblem(400, console().get("/api/spool?after=yesterday"));
    }
}
