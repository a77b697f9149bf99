package dev.mailroom.reading;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where attachments of strangers are saved. */
final class AttachmentFilesTest {
    @TempDir
    private Path directory;

    private Path save(String wish, String content) throws IOException {
        return AttachmentFiles.save(directory, wish, "attachment",
                new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "report.pdf|report.pdf", "../../etc/passwd|passwd", "C:\\Windows\\x.exe|x.exe", "/|attachment", "..|attachment",
        ".bashrc|bashrc", "CON|_CON", "con.txt|_con.txt", "LPT1 .txt|_LPT1 .txt", "a:b|a_b", "a<b>\"c|a_b__c",
        "x.txt. . |x.txt", "$(rm)|_(rm)", "gr\u00fc\u00dfe \u65e5.txt|gr\u00fc\u00dfe \u65e5.txt",
        "exe.\u202efdp|exe._fdp", "?*|attachment", "-|-"})
    void aNameKeepsWhatIsSafe(String wish, String name) throws Exception {
        Path file = save(wish, "x");
        assertEquals(name, file.getFileName().toString());
        assertEquals(directory, file.getParent());
    }

    @Test
    void nothingThatIsThereIsTouched() throws Exception {
        assertEquals("a.tar.gz", save("a.tar.gz", "1").getFileName().toString());
        assertEquals("a.tar-2.gz", save("a.tar.gz", "2").getFileName().toString());
        assertEquals("1", Files.readString(directory.resolve("a.tar.gz")));
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("elsewhere"));
        assertEquals("link-2", save("link", "3").getFileName().toString());
        assertTrue(Files.notExists(directory.resolve("elsewhere")));
    }

    @Test
    void aLongNameKeepsItsExtension() throws Exception {
        String name = save("\u65e5".repeat(300) + ".pdf", "x").getFileName().toString();
        assertTrue(name.endsWith("\u65e5.pdf") && name.getBytes(StandardCharsets.UTF_8).length <= 200, name);
    }

    @Test
    void whatCannotBeReadLeavesNoFile() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }
        };
        assertThrows(IOException.class, () -> AttachmentFiles.save(directory, "a", "b", broken));
        assertArrayEquals(new String[0], directory.toFile().list());
    }

    @Test
    void aDirectoryThatIsNotThereIsAnError() {
        assertThrows(IOException.class, () -> AttachmentFiles.save(directory.resolve("none"), "a", "b",
                InputStream.nullInputStream()));
    }
}
