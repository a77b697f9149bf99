package dev.mailroom.it.jar;

import static dev.mailroom.it.jar.Browser.quoted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.ScriptedMailbox;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console's page promises whoever reads a mailbox on it. */
interface ReceivingPageContract {
    /** The console whose page it is. */
    Console console();

    private static void open(Browser page, ScriptedMailbox server, String protocol, String password) {
        page.type("#receiving [name=server]", "127.0.0.1");
        page.type("#receiving [name=port]", String.valueOf(server.port()));
        page.type("#receiving [name=protocol]", protocol);
        page.type("#receiving [name=password]", password);
        page.click("#receiving", "Open mailbox", "");
    }

    private static String row(String text) {
        return "[...document.querySelectorAll('#received tbody tr')].find((row) => row.innerText.includes("
                + quoted(text) + "))";
    }

    @Test
    default void aMailboxIsOpenedListedReadSavedEmptiedAndClosedOnThePage(@TempDir Path profile) {
        try (var server = ScriptedMailbox.imap(ReceivingContract.MAIL,
                ReceivingContract.MAIL.replace("Subject: =?utf-8?q?The_h=C3=BCgel?=", "Subject: <b>two</b>"));
                Browser page = Browser.openOrSkip(profile, console())) {
            open(page, server, "imap", "secret");
            page.await("the list", row("<b>two</b>"));
            page.click("#received", "The hügel", "");
            page.await("its text", "byId('received-text').textContent.includes('Up we go.')");
            page.await("the focus", "document.activeElement === byId('received-mail')");
            page.click("#received-mail", "HTML source", "");
            page.await("its HTML", "byId('received-text').textContent.includes('<script>we()')");
            page.await("links to files", "byId('received-files').children.length === 2 && [...byId('received-files')"
                    + ".children].every((link) => link.href.startsWith(location.origin + '/api/receiving/~'))");
            page.run("fetch(byId('received-files').children[1].href).then((file) => file.text())"
                    + ".then((text) => { window.saved = text; })");
            page.await("the attachment", "window.saved === 'water'");
            assertTrue(page.refuse(row("hügel"), "Delete").contains("when the mailbox is closed"));
            page.click(row("hügel"), "Delete", "");
            page.await("the end of the row", "!" + row("hügel"));
            assertEquals(2, server.mails().size());
            page.click("#receiving", "Close mailbox", "");
            page.await("the end", "document.querySelector('#receiving .good').textContent.includes('is closed')"
                    + " && byId('received').hidden");
            assertEquals(1, server.mails().size());
        }
    }

    @Test
    default void theHtmlOfAStrangerLoadsNothing(@TempDir Path profile) throws Exception {
        try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + elsewhere.getLocalPort() + "/";
            String html = "<link rel='preconnect' href='" + url + "'><img src='" + url + "a.png'><link "
                    + "rel='stylesheet' href='" + url + "b.css'><iframe src='"
                    + url + "c'></iframe><style>@import url(" + url + "d.css);</style><meta http-equiv='refresh' "
                    + "content='0;url=" + url + "e'><script>top.ran = true; fetch('" + url + "f')</script>"
                    + "<img src='/api/pool' onerror='top.ran = true'><p>shown";
            try (var server = ScriptedMailbox.pop3("Subject: hostile\r\nContent-Type: text/html\r\n\r\n" + html);
                    Browser page = Browser.openOrSkip(profile, console())) {
                open(page, server, "pop3", "secret");
                page.await("the list", row("hostile"));
                page.click("#received", "hostile", "");
                page.await("the mail", "!byId('received-mail').hidden");
                page.run("new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach("
                        + "(frame) => frame.addEventListener('load', () => { window.frameLoaded = true; }))))"
                        + ".observe(byId('received-preview'), { childList: true })");
                page.click("#received-mail", "HTML, without styles and pictures", "");
                page.await("the frame", "window.frameLoaded");
                page.await("its walls", "document.querySelector('#received-preview iframe').getAttribute('sandbox') "
                        + "=== '' && !window.ran");
                elsewhere.setSoTimeout(1_000);
                assertEquals("nobody", caller(elsewhere));
                page.click("#receiving", "Close mailbox", "");
                page.await("the end", "byId('received').hidden");
            }
        }
    }

    private static String caller(ServerSocket elsewhere) throws Exception {
        try (Socket caller = elsewhere.accept()) {
            return caller.toString();
        } catch (SocketTimeoutException e) {
            return "nobody";
        }
    }

    @Test
    default void whyAMailboxDoesNotOpenIsShown(@TempDir Path profile) {
        try (var server = ScriptedMailbox.imap(ReceivingContract.MAIL);
                Browser page = Browser.openOrSkip(profile, console())) {
            open(page, server, "imap", "wrong");
            page.await("the reason", "document.querySelector('#receiving .bad').textContent.includes('Phase: AUTH')");
        }
    }

    @Test
    default void longMailboxesArePaged(@TempDir Path profile) {
        String[] mails = new String[120];
        for (int i = 0; i < mails.length; i++) {
            mails[i] = "From: jill@example.org\r\nSubject: number " + (i + 1) + ".\r\n\r\n";
        }
        try (var server = ScriptedMailbox.imap(mails); Browser page = Browser.openOrSkip(profile, console())) {
            open(page, server, "imap", "secret");
            page.await("the newest", row("number 120.") + " && " + row("number 71.") + " && !" + row("number 70."));
            page.click("#received-buttons", "Older", "");
            page.await("older ones", row("number 70.") + " && !" + row("number 71."));
            page.click("#received-buttons", "Older", "");
            page.await("the oldest", row("number 1.") + " && byId('received-older').disabled");
            page.click("#received-buttons", "Refresh", "");
            page.await("the newest", row("number 120.") + " && byId('received-newer').disabled");
            page.click("#receiving", "Close mailbox", "");
            page.await("the end", "byId('received').hidden");
        }
    }

    @Test
    default void theMailboxFitsANarrowWindowAndAPhoneAndEveryFieldHasALabel(@TempDir Path profile) {
        String mail = "From: A person with a rather long name <somebody.with.a.long.name@mail.example.org>\r\nSubject: "
                + "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichenverordnung\r\n"
                + "Content-Type: application/pdf; name=" + "x".repeat(150) + ".pdf\r\n\r\n";
        try (var server = ScriptedMailbox.pop3(mail); Browser page = Browser.openOrSkip(profile, console())) {
            open(page, server, "pop3", "secret");
            page.await("the row", row("Donau"));
            page.run("[...document.querySelectorAll('#received button')].find((one) => one.textContent"
                    + ".startsWith('Donau')).click()");
            page.await("the mail", "!byId('received-mail').hidden");
            for (int width : List.of(1_010, 390)) {
                page.width(width);
                page.await("nothing to scroll sideways at " + width, "innerWidth === " + width
                        + " && [document.documentElement, ...document.querySelectorAll('.scroll')]"
                        + ".every((one) => one.scrollWidth <= one.clientWidth)");
            }
            page.await("labels", "[...document.querySelectorAll('#receiving input, #receiving select')]"
                    + ".every((field) => field.labels.length === 1 && field.tabIndex === 0)");
            page.click("#receiving", "Close mailbox", "");
            page.await("the end", "byId('received').hidden");
        }
    }
}
