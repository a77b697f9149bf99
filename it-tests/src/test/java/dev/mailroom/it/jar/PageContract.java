package dev.mailroom.it.jar;

import static dev.mailroom.it.jar.Browser.quoted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console's page promises whoever clicks on it. */
interface PageContract {
    /** The console whose page it is. */
    Console console();

    private static void startSession(Browser page, String user, int port) {
        page.type("#session [name=port]", String.valueOf(port));
        page.type("#session [name=username]", user);
        page.click("#session", "Start session", "");
    }

    /** Refuses the fourth mail of a connection, and says so. */
    static ScriptedSmtpServer takingThreeMailsAConnection() {
        return ScriptedSmtpServer.builder().script(now -> now.step() == Step.MAIL && now.nth() > 3
                ? Optional.of(Action.reply("452 4.5.3 Too many messages sent")) : Optional.empty()).start();
    }

    private int mailbox() {
        return console().get("/api/mailbox").json().getInt("port");
    }

    /** The row of a table's body that has this in its first cells. */
    private static String row(String table, String text) {
        return "[...document.querySelectorAll('#" + table + " tbody tr')].find((row) => row.innerText.includes("
                + quoted(text) + "))";
    }

    /** Clicks a button of such a row. */
    private static void act(Browser page, String table, String text, String button, String answer) {
        page.click(row(table, text), button, answer);
    }

    @Test
    default void aMailSentFromThePageIsInItsMailbox(@TempDir Path profile) {
        try (Browser page = Browser.openOrSkip(profile, console())) {
            startSession(page, "page", mailbox());
            page.await("the session", "document.querySelector('#session .good')");
            page.type("#mail [name=subject]", "Clicked & sent");
            page.click("#mail", "Send", "");
            page.await("the mail", "document.querySelector('#mail .good').textContent.startsWith('Sent.')");
            page.await("its row", row("mailbox", "Clicked & sent"));
            page.click("#mailbox", "Clicked & sent", "");
            page.await("its text", "byId('reading-source').textContent.includes('It works.')");
        }
    }

    @Test
    default void whatWentWrongIsShownWithTheServersReply(@TempDir Path profile) {
        try (var server = ScriptedSmtpServer.builder().user("refused", "right").start();
                Browser page = Browser.openOrSkip(profile, console())) {
            page.type("#session [name=password]", "wrong");
            startSession(page, "refused", server.port());
            page.await("the reply", "document.querySelector('#session .bad').textContent"
                    + ".includes('The server said: 535')");
        }
    }

    @Test
    default void everyButtonOfThePoolActs(@TempDir Path profile) {
        try (Browser page = Browser.openOrSkip(profile, console())) {
            startSession(page, "buttons", mailbox());
            page.await("the row", row("pool", "buttons"));
            for (String who : List.of("buttons", "Total")) {
                act(page, "pool", who, "Limit", "seven");
                page.await("the complaint", "byId('pool-note').textContent.includes('was \"seven\"')");
                act(page, "pool", who, "Limit", "7");
                page.await("the limit", row("pool", who) + ".cells[6].textContent === '7'");
                assertEquals(7, pool(who).getInt("limit"));
                act(page, "pool", who, "Suspend", "");
                page.await("the suspension", row("pool", who + " (suspended)"));
                assertTrue(pool(who).getBoolean("suspended"));
                act(page, "pool", who, "Resume", "");
                page.await("its end", "!" + row("pool", "(suspended)"));
                act(page, "pool", who, "Flush", "");
                page.await("nothing idle", row("pool", who) + ".cells[3].textContent === '0'");
                assertEquals(0, pool(who).getInt("idle"));
            }
            act(page, "pool", "Total", "Limit", "100");
            page.await("the old limit", row("pool", "Total") + ".cells[6].textContent === '100'");
            act(page, "pool", "buttons", "Drop", "");
            page.await("the end of the row", "!" + row("pool", "buttons") + " && " + row("pool", "Total"));
        }
    }

    @Test
    default void thePoolSaysHowManyMailsAServerTakesOnAConnection(@TempDir Path profile) {
        try (var server = takingThreeMailsAConnection(); Browser page = Browser.openOrSkip(profile, console())) {
            startSession(page, "limited", server.port());
            page.await("the session", row("pool", "limited"));
            page.await("no limit", "!" + row("pool", "limited") + ".innerText.includes('mails a connection')");
            for (int mail = 0; mail < 12; mail++) {
                assertEquals(200, console().post("/api/sessions/limited/messages", RunnableJarIT.MAIL).status());
            }
            page.click("[aria-labelledby=pool-title]", "Refresh", "");
            page.await("the limit", row("pool", "limited") + ".innerText.includes('3 mails a connection')");
        }
    }

    @Test
    default void whatStopsMailsOrCannotBeTakenBackIsAskedForFirst(@TempDir Path profile) {
        try (Browser page = Browser.openOrSkip(profile, console())) {
            startSession(page, "asked", mailbox());
            page.await("the row", row("pool", "asked"));
            page.run(row("pool", "asked") + ".id = 'acted-on'");
            for (String button : List.of("Flush", "Suspend", "Drop")) {
                String question = page.refuse(row("pool", "asked"), button);
                assertTrue(question.contains("asked at 127.0.0.1:"), question);
                page.await("the list again", row("pool", "asked") + ".id !== 'acted-on'");
                page.run(row("pool", "asked") + ".id = 'acted-on'");
            }
            page.run("byId('empty').parentNode.id = 'emptying'");
            assertTrue(page.refuse("#emptying", "Empty").contains("all mails"));
            JsonObject pool = pool("asked");
            assertFalse(pool.getBoolean("suspended"));
            assertEquals(0, pool.getJsonObject("discarded").getInt("FLUSHED", 0));
        }
    }

    @Test
    default void everythingFitsANarrowWindowAndAPhone(@TempDir Path profile) {
        try (Browser page = Browser.openOrSkip(profile, console())) {
            startSession(page, "somebody.with.a.long.name@mail.example.org", mailbox());
            page.await("the row", row("pool", "somebody"));
            for (int width : List.of(1_010, 390)) {
                page.width(width);
                page.await("nothing to scroll sideways at " + width, "innerWidth === " + width
                        + " && [document.documentElement, ...document.querySelectorAll('.scroll')]"
                        + ".every((one) => one.scrollWidth <= one.clientWidth)");
            }
        }
    }

    private JsonObject pool(String who) {
        JsonObject rows = console().get("/api/pool").json();
        return who.equals("Total") ? rows.getJsonObject("total")
                : rows.getJsonArray("sessions").getValuesAs(JsonObject.class).stream()
                        .filter(row -> row.getString("user").equals(who)).findFirst().orElseThrow();
    }

    @Test
    default void theSpoolsButtonsSendAgainAndDelete(@TempDir Path profile) {
        try (var server = ScriptedSmtpServer.builder().reply(Step.RCPT, "550 5.1.1 Unknown").start();
                Browser page = Browser.openOrSkip(profile, console())) {
            page.run("sessionForm.asynchronous.checked = true");
            for (String button : List.of("Delete", "Send again")) {
                startSession(page, "clicked", server.port());
                page.await("the session", "document.querySelector('#session .good')");
                page.click("#mail", "Send", "");
                page.await("the refusal", row("spool", "clicked") + ".innerText.includes('550 5.1.1 Unknown')");
                if (button.equals("Send again")) {
                    server.behave();
                }
                act(page, "spool", "clicked", button, "");
                page.await("the end of the row", "!" + row("spool", "clicked"));
            }
            server.await("the mail", () -> server.mailCount() == 1, Duration.ofMinutes(2));
        }
    }
}
