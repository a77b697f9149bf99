package dev.mailroom.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The ids of log lines: those in the code of a module, and those that the documentation explains. */
public final class LogIds {
    private static final Path SOURCES = Path.of("src/main/java");

    private LogIds() {
    }

    /**
     * The table and the code name the same ids, of those that match a regular expression. Run with the module's folder
     * as working directory.
     */
    public static void assertExplained(String ids) throws IOException {
        SortedSet<String> logged = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> logged.addAll(found("\"(" + ids + ")\\b", Documentation.text(file))));
        }
        assertEquals(logged, found("(?m)^\\| `(" + ids + ")` \\|", Documentation.text()));
    }

    private static SortedSet<String> found(String pattern, String text) {
        SortedSet<String> ids = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        return ids;
    }
}
