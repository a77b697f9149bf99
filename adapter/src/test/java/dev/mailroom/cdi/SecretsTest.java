package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @TempDir
    private Path folder;

    private MapConfig withFile(Path file) {
        return MapConfig.of("mailroom.session.a.server", "mail", "mailroom.session.a.password-file", file.toString());
    }

    private Path file(String content) throws Exception {
        return Files.writeString(folder.resolve("secret"), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {" päss ", " päss \n", " päss \r\n"})
    void oneLineEndBehindAPasswordDoesNotCountAndBlanksDo(String content) throws Exception {
        assertEquals(" päss ", Reading.session(withFile(file(content))).settings().secret().value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "hunter2\n\n", "hunter2\nhunter3", "hunter2\0"})
    void aFileThatIsNotOneLineIsRefused(String content) throws Exception {
        String problem = String.join("\n", Reading.problems(withFile(file(content))));
        assertTrue(problem.contains("expected a file with exactly one line that is not empty"), problem);
        assertFalse(problem.contains("hunter"), problem);
    }

    @Test
    void aFileThatCannotBeReadIsRefusedWithItsPath() {
        String problem = String.join("\n", Reading.problems(withFile(folder.resolve("missing"))));
        assertTrue(problem.contains("mailroom.session.a.password-file = \"" + folder.resolve("missing")), problem);
        assertTrue(problem.contains("expected a file that the server may read"), problem);
    }

    @Test
    void aFileThatIsNotTextOrMuchTooLongIsRefused() throws Exception {
        Path file = Files.write(folder.resolve("secret"), "p\u00e4ss".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(Reading.problems(withFile(file)).get(0).endsWith("expected a file that holds a secret in UTF-8"));
        assertTrue(Reading.problems(withFile(file("x".repeat(70_000)))).get(0)
                .endsWith("expected a secret of at most 65536 octets"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileThatEveryoneMayReadIsWarnedOf() throws Exception {
        Path file = file("s3cret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        var warnings = Reading.read(withFile(file)).warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).startsWith(
                "MR0401 mailroom.session.a.password-file: every user of this machine may read"));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertTrue(Reading.read(withFile(file)).warnings().isEmpty());
    }

    @Test
    void noSecretIsShownByWhatWasRead() throws Exception {
        var configuration = Reading.read(MapConfig.of("mailroom.session.a.server", "mail",
                "mailroom.session.a.password", "hunter2",
                "mailroom.security.trust-store", file("x").toString(),
                "mailroom.security.trust-store-password", "hunter2"));
        assertFalse(configuration.toString().contains("hunter2"), configuration.toString());
    }

    @Test
    void noSecretIsShownByAProblem() {
        String problems = String.join("\n", Reading.problems(MapConfig.of("mailroom.session.a.server", "mail",
                "mailroom.session.a.password", "hunter2\r\n", "mailroom.session.a.pasword", "hunter2",
                "mailroom.session.b.access-token", "hunter2\0")));
        assertTrue(problems.contains("mailroom.session.a.password (from Properties): the password must not contain"),
                problems);
        assertFalse(problems.contains("hunter2"), problems);
    }
}
