package dev.mailroom.it.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import jakarta.json.JsonObject;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console promises about mailboxes. */
interface ReceivingContract {
    String MAIL = "From: Jill <jill@example.org>\r\nTo: jack@example.org, Joe <joe@example.org>\r\n"
            + "Cc: ann@example.org\r\nSubject: =?utf-8?q?The_h=C3=BCgel?=\r\nDate: Fri, 27 Nov 2026 08:00:00 +0100\r\n"
            + "Message-ID: <1@example.org>\r\nX-Hill: steep\r\nX-Hill: wet\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/alternative; "
            + "boundary=c\r\n\r\n--c\r\n\r\nUp we go.\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>Up <script>we()"
            + "</script>\r\n--c--\r\n--b\r\nContent-Type: text/html\r\nContent-ID: <pail>\r\nContent-Disposition: "
            + "attachment; filename*=utf-8''..%2Fp%C3%A4il%22.html\r\n\r\nwater\r\n--b--\r\n";

    /** How reading the first mail begins with IMAP. */
    String BODY = "UID FETCH 10 (UID RFC822.SIZE FLAGS INTERNALDATE BODY";

    /** The console of a running jar. */
    Console console();

    /** Starts a session there. */
    private Console.Answer start(String user, boolean pop3, int port) {
        return console().post("/api/receiving",
                "{\"username\":\"%s\",\"password\":\"secret\",\"server\":\"127.0.0.1\",\"port\":%d,\"protocol\":\"%s\"}"
                        .formatted(user, port, pop3 ? "pop3" : "imap"));
    }

    private String started(String user, boolean pop3, int port) {
        Console.Answer open = start(user, pop3, port);
        assertEquals(201, open.status(), open.response().body());
        return "/api/receiving/" + open.json().getString("id");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void aMailboxIsListedReadEmptiedAndClosed(boolean pop3) {
        try (var server = ScriptedMailbox.of(pop3, MAIL, MAIL.replace("Up we go", "Down"))) {
            Console.Answer open = start("jack", pop3, server.port());
            assertEquals(201, open.status(), open.response().body());
            String session = "/api/receiving/" + open.json().getString("id");
            assertEquals(console().url() + session, open.header("Location"));

            JsonObject list = console().get("/api/receiving/jack/messages").json();
            assertEquals(2, list.getInt("count"));
            JsonObject listed = list.getJsonArray("messages").getJsonObject(0);
            assertEquals("1;The hügel;Jill <jill@example.org>;2026-11-27T07:00:00Z;" + MAIL.length() + ";false",
                    String.join(";", String.valueOf(listed.getInt("number")), listed.getString("subject"),
                            listed.getString("sender"), listed.getString("date"),
                            String.valueOf(listed.getInt("size")), String.valueOf(listed.getBoolean("seen"))));
            assertFalse(listed.getString("id").isEmpty());

            JsonObject mail = console().get(session + "/messages/1").json();
            assertEquals("[\"jack@example.org\",\"Joe <joe@example.org>\"]", mail.get("recipients").toString());
            assertEquals("[\"ann@example.org\"]", mail.get("cc").toString());
            assertEquals("Up we go.", mail.getString("message").strip());
            assertTrue(mail.getString("html").contains("<script>"), mail.toString());
            assertEquals(List.of("steep", "wet"), mail.getJsonArray("headers").getValuesAs(JsonObject.class).stream()
                    .filter(one -> one.getString("name").equals("X-Hill")).map(one -> one.getString("value")).toList());
            assertEquals("[{\"name\":\"../päil\\\".html\",\"contentType\":\"text/html\",\"identifier\":\"pail\","
                    + "\"size\":5}]", mail.get("attachments").toString());
            assertEquals(!pop3, console().get(session + "/messages").json().getJsonArray("messages").getJsonObject(0)
                    .getBoolean("seen"));

            assertEquals(204, console().delete(session + "/messages/2").status());
            RunnableJarIT.isProblem(404, console().get(session + "/messages/2"));
            RunnableJarIT.isProblem(404, console().delete(session + "/messages/2"));
            assertEquals(2, server.mails().size());
            assertEquals(204, console().delete(session).status());
            assertEquals(List.of(MAIL), server.mails());
            RunnableJarIT.isProblem(404, console().get(session + "/messages"));
            RunnableJarIT.isProblem(404, console().get("/api/receiving/jack/messages"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void aSourceAndAnAttachmentAreFilesThatNoBrowserShows(boolean pop3) {
        try (var server = ScriptedMailbox.of(pop3, MAIL)) {
            String mail = started("files", pop3, server.port()) + "/messages/1";
            Console.Answer source = console().get(mail + "/source");
            assertEquals(MAIL, source.response().body());
            assertEquals("message/rfc822", source.header("Content-Type"));
            assertEquals("attachment; filename=\"message-1.eml\"", source.header("Content-Disposition"));
            Console.Answer attachment = console().get(mail + "/attachments/0");
            assertEquals("water", attachment.response().body());
            assertEquals("application/octet-stream", attachment.header("Content-Type"));
            assertEquals("attachment; filename=\"p_il_.html\"; filename*=UTF-8''p%C3%A4il_.html",
                    attachment.header("Content-Disposition"));
            for (Console.Answer file : List.of(source, attachment)) {
                assertEquals("nosniff", file.header("X-Content-Type-Options"));
                assertEquals("no-store", file.header("Cache-Control"));
                assertTrue(file.header("Content-Security-Policy").contains("default-src 'none'"));
            }
            RunnableJarIT.isProblem(404, console().get(mail + "/attachments/1"));
            RunnableJarIT.isProblem(404, console().get(mail + "/attachments/-1"));
            assertEquals(204, console().delete("/api/receiving/files").status());
        }
    }

    @Test
    default void oneLoginOnTwoServersIsTwoMailboxesByTheirIds() {
        try (var first = ScriptedMailbox.pop3(MAIL); var second = ScriptedMailbox.imap(MAIL, MAIL)) {
            String one = started("twin", true, first.port());
            String other = started("twin", false, second.port());
            for (String session : List.of(one, other, "/api/receiving/twin")) {
                assertEquals(session.equals(one) ? 1 : 2, console().get(session + "/messages").json().getInt("count"));
            }
            assertEquals(204, console().delete(other + "/messages/1").status());
            assertEquals(204, console().delete(other).status());
            RunnableJarIT.isProblem(404, console().get(other + "/messages"));
            assertEquals(1, console().get("/api/receiving/twin/messages").json().getInt("count"));
            assertEquals(204, console().delete(one).status());
            assertEquals(List.of(1, 1), List.of(first.mails().size(), second.mails().size()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void deletionsThatTheServerDoesNotConfirmAreA502(boolean pop3) {
        try (var server = ScriptedMailbox.of(pop3, MAIL)
                .on(pop3 ? "QUIT" : "UID EXPUNGE", StoreScript.sayAndCut(pop3 ? "-ERR not removed\r\n" : ""))) {
            String session = started("refused", pop3, server.port());
            assertEquals(204, console().delete(session + "/messages/1").status());
            Console.Answer closed = console().delete(session);
            RunnableJarIT.isProblem(502, closed);
            assertTrue(closed.json().getString("detail").contains("has not confirmed that 1 mail"),
                    closed.response().body());
            assertEquals("QUIT", closed.json().getString("phase"));
            assertFalse(closed.json().containsKey("delivery"), "nothing was sent");
            RunnableJarIT.isProblem(404, console().get(session + "/messages"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void halfAMailIsAProblemAndNoFile(boolean pop3) {
        String half = "From: jill@example.org\r\n\r\nUp we";
        try (var server = ScriptedMailbox.of(pop3, MAIL).on(pop3 ? "RETR" : BODY,
                StoreScript.sayAndCut(pop3 ? "+OK\r\n" + half : "* 1 FETCH (UID 10 BODY[] {4711}\r\n" + half))) {
            String session = started("half", pop3, server.port());
            Console.Answer source = console().get(session + "/messages/1/source");
            RunnableJarIT.isProblem(502, source);
            assertEquals("FETCH", source.json().getString("phase"));
            RunnableJarIT.isProblem(502, console().get(session + "/messages"));
            console().delete(session);
        }
    }

    @Test
    default void aMailThatIsTooLargeIsRefusedByItsSize() {
        try (var server = ScriptedMailbox.pop3(MAIL).on("LIST", StoreScript.say("+OK\r\n1 99999999\r\n.\r\n"))) {
            String session = started("large", true, server.port());
            for (String of : List.of("", "/source", "/attachments/0")) {
                Console.Answer refused = console().get(session + "/messages/1" + of);
                RunnableJarIT.isProblem(403, refused);
                assertTrue(refused.json().getString("detail").contains("99999999 octets"));
            }
            assertEquals(204, console().delete(session).status());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void aLongListCostsNoThreeRoundTripsAMail(boolean pop3) {
        int many = 1_000;
        try (var server = ScriptedMailbox.of(pop3, Collections.nCopies(many + 1, MAIL).toArray(String[]::new))) {
            String session = started("long", pop3, server.port());
            int before = server.lines().size();
            JsonObject list = console().get(session + "/messages?limit=" + many).json();
            assertEquals(many, list.getJsonArray("messages").size());
            assertEquals(many + 1, list.getInt("count"));
            int asked = server.lines().size() - before;
            assertTrue(asked < (pop3 ? many + 10 : 10), asked + " commands");
            JsonObject rest = console().get(session + "/messages?from=999&limit=2").json();
            assertEquals(List.of(999, 1_000), rest.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                    .map(one -> one.getInt("number")).toList());
            assertEquals(100, console().get(session + "/messages").json().getJsonArray("messages").size());
            assertEquals(204, console().delete(session).status());
        }
    }

    @ParameterizedTest
    @CsvSource({"from=0", "from=x", "limit=0", "limit=1001", "limit=-1", "from=99999999999"})
    default void aListIsAskedForWithinItsLimits(String parameter) {
        try (var server = ScriptedMailbox.pop3(MAIL)) {
            String session = started("limits", true, server.port());
            RunnableJarIT.isProblem(400, console().get(session + "/messages?" + parameter));
            assertEquals(204, console().delete(session).status());
        }
    }

    @Test
    default void aReceivingSessionThatCannotBeStartedSaysWhyAndTellsNoPassword() throws Exception {
        String wanted = "{\"username\":\"jack\",\"password\":\"hunter2\",\"server\":\"127.0.0.1\",\"port\":%d,"
                + "\"protocol\":\"%s\"}";
        RunnableJarIT.isProblem(400, console().post("/api/receiving", wanted.formatted(110, "smtp")));
        RunnableJarIT.isProblem(400, console().post("/api/receiving", wanted.formatted(70_000, "pop3")));
        RunnableJarIT.isProblem(400, console().post("/api/receiving", wanted.replace("jack", "ja\\nck")
                .formatted(110, "pop3")));
        RunnableJarIT.isProblem(400, console().post("/api/receiving", wanted.replace("hunter2", "")
                .formatted(110, "pop3")));
        Console.Answer closed = console().post("/api/receiving", wanted.formatted(RunnableJarIT.freePort(), "imap"));
        RunnableJarIT.isProblem(502, closed);
        assertEquals("CONNECT", closed.json().getString("phase"));
        try (var server = ScriptedMailbox.imap(MAIL)) {
            Console.Answer refused = console().post("/api/receiving", wanted.formatted(server.port(), "imap"));
            RunnableJarIT.isProblem(502, refused);
            assertEquals("AUTH", refused.json().getString("phase"));
            assertFalse(refused.response().body().contains("hunter2"));
        }
        RunnableJarIT.isProblem(404, console().get("/api/receiving/nobody/messages"));
        RunnableJarIT.isProblem(404, console().get("/api/receiving/~bm8.id/messages/1"));
        RunnableJarIT.isProblem(404, console().delete("/api/receiving/nobody"));
    }
}
