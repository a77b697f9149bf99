package dev.mailroom.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The product page: what it shows is what tests run. */
public final class Readme {
    private static final Path MODULE = Path.of(System.getProperty("basedir", "it-tests")).toAbsolutePath();

    private Readme() {
    }

    /** The lines of the code block between the marks of that name. */
    public static String block(String name) {
        String marked = between(text(MODULE.resolveSibling("README.md")),
                "<!-- " + name + ":begin -->\n```", "```\n<!-- " + name + ":end -->");
        return marked.substring(marked.indexOf('\n') + 1);
    }

    /** What a test source shows between its marks for the README. */
    public static String shownBy(String source) {
        return between(text(MODULE.resolve("src/test/java/dev/mailroom/it").resolve(source)),
                "// readme:begin\n", "// readme:end\n");
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin);
        int to = text.indexOf(end, from);
        if (from < 0 || to < 0) {
            throw new AssertionError("nothing stands between " + begin + " and " + end);
        }
        return text.substring(from + begin.length(), to);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
