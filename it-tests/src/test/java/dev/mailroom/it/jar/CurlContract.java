package dev.mailroom.it.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.Documentation;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The lines of curl that the banner and the documentation show. */
interface CurlContract {
    Pattern CURL =
            Pattern.compile("curl -u (\\S+) (?:-H 'Content-Type: application/json' -d '([^']+)' )?(http\\S+)");

    /** The console of a running jar. */
    Console console();

    /** What it has printed. */
    String output();

    private String port(String which) {
        return String.valueOf(console().get("/api/mailbox").json().getInt(which));
    }

    /** What each line of curl answers. */
    private List<Console.Answer> curled(String lines) {
        return CURL.matcher(lines).results().map(line -> line.group(2) == null
                ? console().as(line.group(1)).send(line.group(3), "GET", "")
                : console().as(line.group(1)).send(line.group(3), "POST", line.group(2),
                        "Content-Type", "application/json")).toList();
    }

    @Test
    default void theBannersLinesSendAMailToTheDevelopmentMailboxAndReadItBack() {
        assertEquals(204, console().delete("/api/mailbox").status());
        List<Console.Answer> answers = curled(output());
        assertEquals(List.of(201, 200, 201, 200), answers.stream().map(Console.Answer::status).toList(), output());
        JsonObject mailbox = console().get("/api/mailbox").json();
        assertTrue(mailbox.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                .anyMatch(mail -> mail.getString("subject").equals("Hello")
                        && mail.getString("text").equals("It works.")), mailbox.toString());
        JsonObject read = answers.get(3).json();
        assertEquals(List.of("Hello", "It works.", "me@example.org", "[\"you@example.org\"]"),
                List.of(read.getString("subject"), read.getString("message").strip(), read.getString("sender"),
                        read.get("recipients").toString()));
        assertEquals(204, console().delete("/api/receiving/you@example.org").status());
    }

    @Test
    default void theDocumentedLinesSendAMailReadItAndEmptyTheMailbox() {
        assertEquals(204, console().delete("/api/mailbox").status());
        String page = Documentation.text("docs/console.md").split("## The first mail", 2)[1].split("## The page", 2)[0]
                .replaceAll("\\\\\n\\s+", "").replaceAll("(http\\S+) -d ('[^']+')", "-d $2 $1")
                .replace("PASSWORD", console().login().substring("admin:".length()))
                .replace("http://127.0.0.1:8080", console().url())
                .replace("3025", port("port")).replace("3110", port("pop3Port"));
        List<Console.Answer> answers = curled(page);
        assertEquals(List.of(201, 200, 201, 200, 200), answers.stream().map(Console.Answer::status).toList(), page);
        assertEquals("Hello", answers.get(3).json().getJsonArray("messages").getJsonObject(0).getString("subject"));
        assertEquals("It works.", answers.get(4).json().getString("message").strip());
        Matcher deleting = Pattern.compile("curl -u \\S+ -X DELETE (http\\S+)").matcher(page);
        List<Integer> deleted = deleting.results().map(line -> console().send(line.group(1), "DELETE", "").status())
                .toList();
        assertEquals(List.of(204, 204), deleted, page);
        assertTrue(console().get("/api/mailbox").json().getJsonArray("messages").isEmpty());
    }
}
