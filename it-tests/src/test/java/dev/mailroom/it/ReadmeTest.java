package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.server.Readme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The quick start of the README is a class that {@link WLanguageSamplesIT} runs. */
final class ReadmeTest {
    private static final Path MODULE = Path.of(System.getProperty("basedir", "it-tests")).toAbsolutePath();

    @Test
    void theQuickStartIsTheCodeThatRuns() throws IOException {
        String source = Files.readString(
                MODULE.resolve("src/test/java/dev/mailroom/it/application/Invitations.java"));
        String shown = between(source, "// readme:begin\n", "// readme:end\n");
        String readme = Files.readString(MODULE.resolveSibling("README.md"));
        assertTrue(readme.contains("```java\n" + shown + "```\n"),
                "README.md must show, as Java, exactly what stands between the readme marks of Invitations.java");
    }

    @Test
    void theDefinedPoolIsTheOneThatIsTested() {
        assertEquals(Readme.shownBy("connector/PoolDefinition.java"), Readme.block("defined-pool"));
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
