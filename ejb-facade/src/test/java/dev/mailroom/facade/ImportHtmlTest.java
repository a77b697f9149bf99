package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.MailError.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EmailImportHTML: images of a directory become parts of the mail. */
final class ImportHtmlTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};

    private final MailFacade mail = new Bench().facade;
    private final Email email = new Email();

    @TempDir
    private Path parent;
    private Path directory;

    @BeforeEach
    void files() throws IOException {
        directory = Files.createDirectories(parent.resolve("html/img")).getParent();
        Files.write(directory.resolve("logo.png"), PNG);
        Files.write(directory.resolve("img/a & b.GIF"), new byte[] {'G', 'I', 'F', '8'});
        Files.writeString(directory.resolve("secret.txt"), "secret");
        Files.write(parent.resolve("outside.png"), PNG);
    }

    private String imported(String html) {
        assertTrue(mail.emailImportHTML(email, html, directory), mail.errorInfo());
        return email.getHtml();
    }

    private String cid(int index) {
        return "cid:" + email.getAttach().get(index).identifier();
    }

    @Test
    void imagesBecomePartsThatAreShown() {
        String html = imported("<body background=logo.png><p>src=\"logo.png\"</p>"
                + "<IMG alt='a > b' SRC = 'img/a%20&amp;%20b.GIF'><img src=\"./img/../logo.png?v=1\"></body>");
        assertEquals(2, email.getAttach().size());
        int logo = email.getAttach().get(0).name().equals("logo.png") ? 0 : 1;
        assertEquals("<body background=\"" + cid(logo) + "\"><p>src=\"logo.png\"</p><IMG alt='a > b' SRC = \""
                + cid(1 - logo) + "\"><img src=\"" + cid(logo) + "\"></body>", html);
        email.setSender("jack@example.org");
        email.getRecipient().add("jill@example.org");
        assertTrue(mail.emailBuildSource(email), mail.errorInfo());
        assertTrue(email.getSource().contains("multipart/related") && email.getSource().contains("image/png")
                && email.getSource().contains("Content-ID: <" + cid(logo).substring(4) + ">"), email.getSource());
    }

    @Test
    void whatIsElsewhereStaysAndNothingIsFetched() {
        String html = "<img src=\"https://127.0.0.1:1/x\"><img src='//host/x.png'><img src=data:image/png;base64,AA>"
                + "<img src=\"cid:x@y\"><img src=\"\"><script src=\"logo.png\"></script><a href=\"logo.png\">x</a>";
        assertEquals(html, imported(html));
        assertEquals(0, email.getAttach().size());
    }

    @Test
    void anImageIsAttachedOnceHoweverOftenItIsImported() {
        String first = imported("<img src=logo.png>");
        assertEquals(first, imported("<img src=logo.png>"));
        assertEquals(1, email.getAttach().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.png", "img/../../outside.png", "..%2Foutside.png", "..\\outside.png",
        "/etc/logo.png", "file:///etc/logo.png", "C:/logo.png", "missing.png", "img", "secret.txt", "a%00.png",
        "link.png", "%zz.png"})
    void noReferenceLeadsOutOfTheDirectoryOrToWhatIsNoImage(String reference) throws IOException {
        Files.createSymbolicLink(directory.resolve("link.png"), parent.resolve("outside.png"));
        email.setHtml("<p>before</p>");
        assertFalse(mail.emailImportHTML(email, "<img src=logo.png><img src=\"" + reference + "\">", directory));
        assertEquals(Code.BAD_ARGUMENT, mail.lastError().orElseThrow().code());
        assertTrue(mail.errorInfo().contains("<HTML> cannot be used: the image \"" + reference + "\""),
                mail.errorInfo());
        assertEquals("<p>before</p>", email.getHtml());
        assertEquals(0, email.getAttach().size());
    }

    @Test
    void argumentsAreNamed() {
        assertFalse(mail.emailImportHTML(email, "<p>", parent.resolve("none")));
        assertTrue(mail.errorInfo().contains("<Directory> is"), mail.errorInfo());
        assertFalse(mail.emailImportHTML(email, "<p>", null));
        assertTrue(mail.errorInfo().contains("<Directory> is null"), mail.errorInfo());
        assertFalse(mail.emailImportHTML(email, null, directory));
        assertTrue(mail.errorInfo().contains("<HTML> is null"), mail.errorInfo());
        assertTrue(mail.emailImportHTML("<p>structure</p>", directory), mail.errorInfo());
        assertEquals("<p>structure</p>", mail.email().getHtml());
        String quotes = "<img ".repeat(20_000) + "src='".repeat(20_000);
        assertEquals(quotes, imported(quotes));
    }
}
