package dev.mailroom.it.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the console promises about mails of synchronous sessions. */
interface SendingContract {
    /** The console of a running jar. */
    Console console();

    private Console.Answer session(String user, int port) {
        return console().post("/api/sessions",
                "{\"username\":\"%s\",\"server\":\"127.0.0.1\",\"port\":%d}".formatted(user, port));
    }

    @Test
    default void refusedRecipientsAreListedAndPartialSendSparesTheOthers() {
        try (var server = ScriptedSmtpServer.builder().reply(Step.RCPT, "no@x.org", "550 5.1.1 Unknown").start()) {
            assertEquals(201, session("partial", server.port()).status());
            String mail = "{\"sender\":\"me@x.org\",\"recipients\":[\"no@x.org\",\"yes@x.org\"],\"partialSend\":%s}";
            Console.Answer none = console().post("/api/sessions/partial/messages", mail.formatted("false"));
            RunnableJarIT.isProblem(502, none);
            assertEquals("no@x.org", none.json().getJsonArray("refused").getJsonObject(0).getString("address"));
            assertEquals("""
                    [{"address":"no@x.org","state":"FAILED","reply":"550 5.1.1 Unknown","enhancedStatus":"5.1.1"},\
                    {"address":"yes@x.org","state":"FAILED",\
                    "reason":"accepted, then not sent because of no@x.org"}]""",
                    none.json().getJsonArray("recipients").toString());
            assertEquals(0, server.mailCount());
            Console.Answer others = console().post("/api/sessions/partial/messages", mail.formatted("true"));
            assertEquals(200, others.status(), others.response().body());
            assertEquals("550 5.1.1 Unknown",
                    others.json().getJsonArray("refused").getJsonObject(0).getString("reply"));
            assertEquals(List.of("FAILED", "SENT"), others.json().getJsonArray("recipients")
                    .getValuesAs(JsonObject.class).stream().map(one -> one.getString("state")).toList());
            assertEquals(List.of("yes@x.org"), server.mails().get(0).recipientPaths());
        }
    }

    @Test
    default void aMailInDoubtIsCalledSo() {
        try (var server = ScriptedSmtpServer.builder().without("CHUNKING")
                .on(Step.FINAL_DOT, Action.cut()).start()) {
            assertEquals(201, session("doubt", server.port()).status());
            Console.Answer answer = console().post("/api/sessions/doubt/messages", RunnableJarIT.MAIL);
            RunnableJarIT.isProblem(502, answer);
            assertEquals("IN_DOUBT", answer.json().getString("delivery"));
        }
    }

    @Test
    default void aSynchronousSessionRefusesAnIdempotencyKey() {
        int mailbox = console().get("/api/mailbox").json().getInt("port");
        assertEquals(201, session("direct", mailbox).status());
        Console.Answer answer = console().post("/api/sessions/direct/messages",
                RunnableJarIT.MAIL.replaceFirst("\\{", "{\"idempotencyKey\":\"invoice 7\","));
        RunnableJarIT.isProblem(400, answer);
        assertTrue(answer.json().getString("detail").contains("IdempotencyKey is \"invoice 7\""),
                answer.response().body());
        assertEquals(204, console().delete("/api/sessions/direct").status());
    }

    @Test
    default void aSessionIsListedWithTheNameThatTheAdministratorGaveIt() {
        int mailbox = console().get("/api/mailbox").json().getInt("port");
        for (String user : List.of("shop", "nobodys")) {
            assertEquals(201, session(user, mailbox).status());
            JsonObject listed = console().get("/api/sessions").json().getJsonArray("sessions")
                    .getValuesAs(JsonObject.class).stream().filter(one -> one.getString("username").equals(user))
                    .findFirst().orElseThrow();
            assertEquals(user.equals("shop") ? "[\"shop\"]" : "[]", listed.getJsonArray("names").toString());
            assertEquals(204, console().delete("/api/sessions/" + user).status());
        }
    }

    @Test
    default void thePoolTellsHowManyMailsAServerTakesOnAConnection() {
        try (var server = PageContract.takingThreeMailsAConnection()) {
            assertEquals(201, session("borne", server.port()).status());
            for (int mail = 0; mail < 12; mail++) {
                assertEquals(200, console().post("/api/sessions/borne/messages", RunnableJarIT.MAIL).status());
            }
            JsonObject row = pooled("borne");
            assertEquals(3, row.getInt("mailLimit"));
            assertEquals(3, console().get("/api/pool/" + row.getString("id")).json().getInt("mailLimit"));
            assertEquals(12, server.mailCount());
            assertEquals(204, console().delete("/api/sessions/borne").status());
        }
    }

    @Test
    default void theIdOfASessionIsThatSessionWhateverIsStartedUnderItsName() {
        try (var first = ScriptedSmtpServer.builder().start(); var second = ScriptedSmtpServer.builder().start()) {
            String one = session("apikey", first.port()).json().getString("id");
            String other = session("apikey", second.port()).json().getString("id");
            assertEquals(200, console().post("/api/sessions/" + one + "/messages", RunnableJarIT.MAIL).status());
            assertEquals(List.of(1L, 0L), List.of(first.mailCount(), second.mailCount()));
            assertEquals(200, console().post("/api/sessions/apikey/messages", RunnableJarIT.MAIL).status());
            assertEquals(List.of(1L, 1L), List.of(first.mailCount(), second.mailCount()));
            assertEquals(204, console().delete("/api/sessions/" + other).status());
            RunnableJarIT.isProblem(404, console().post("/api/sessions/" + other + "/messages", RunnableJarIT.MAIL));
            RunnableJarIT.isProblem(404, console().delete("/api/sessions/" + other));
            assertEquals(200, console().post("/api/sessions/" + one + "/messages", RunnableJarIT.MAIL).status());
            assertEquals(204, console().delete("/api/sessions/" + one).status());
        }
    }

    /** The row of a session in the pool. */
    private JsonObject pooled(String user) {
        return console().get("/api/pool").json().getJsonArray("sessions").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("user").equals(user)).findFirst().orElseThrow();
    }

    @Test
    default void thePoolTellsWhichSessionsAreLoggedIn() {
        try (var judging = ScriptedSmtpServer.builder().user("known", "hunter-two").authOptional().start();
                var open = ScriptedSmtpServer.builder().start()) {
            String with = "{\"username\":\"%s\",\"password\":\"hunter-two\",\"server\":\"127.0.0.1\",\"port\":%d}";
            assertEquals(201, console().post("/api/sessions", with.formatted("known", judging.port())).status());
            assertEquals(201, console().post("/api/sessions", with.formatted("unasked", open.port())).status());
            assertEquals(201, session("nameless", judging.port()).status());
            for (String user : List.of("known", "unasked", "nameless")) {
                assertEquals(200,
                        console().post("/api/sessions/" + user + "/messages", RunnableJarIT.MAIL).status(), user);
                JsonObject row = pooled(user);
                assertEquals(user.equals("known"), row.getBoolean("authenticated"), user);
                assertEquals(row.getBoolean("authenticated"), console().get("/api/pool/" + row.getString("id"))
                        .json().getBoolean("authenticated"), user);
                assertEquals(204, console().delete("/api/sessions/" + user).status());
            }
        }
    }
}
