package dev.mailroom.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages for people: README.md and its siblings, and those in {@code docs/}. What the code knows stands between two
 * comments, {@code <!-- NAME:begin -->} and {@code <!-- NAME:end -->}, on whichever page; a name is used once.
 */
public final class Documentation {
    private static final Path ROOT = root();

    private Documentation() {
    }

    /** Every page. */
    public static List<Path> pages() {
        try (Stream<Path> top = Files.list(ROOT); Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs).filter(page -> page.toString().endsWith(".md")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the project, by its path from the project's folder. */
    public static Path file(String path) {
        return ROOT.resolve(path);
    }

    /** The text of a page, or of another file of the project, by its path from the project's folder. */
    public static String text(String path) {
        return text(file(path));
    }

    /** The text of one of the pages. */
    public static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of all pages. */
    public static String text() {
        return String.join("\n", pages().stream().map(Documentation::text).toList());
    }

    /** The lines of the code block between the comments of that name. */
    public static String block(String name) {
        String text = text(pageOf(name));
        String fenced = text.substring(begin(text, name), end(text, name));
        return fenced.substring(fenced.indexOf('\n') + 1, fenced.lastIndexOf("```"));
    }

    /**
     * Compares what stands between the comments of that name with what the code says;
     * {@code -Dmailroom.docs.write=true} rewrites it.
     */
    public static void assertUpToDate(String name, String expected) {
        Path page = pageOf(name);
        String text = text(page);
        String before = text.substring(0, begin(text, name));
        String after = text.substring(end(text, name));
        if (Boolean.getBoolean("mailroom.docs.write")) {
            write(page, before + expected + after);
        } else {
            String written = text.substring(before.length(), text.length() - after.length());
            assertEquals("", difference(expected, written), ROOT.relativize(page)
                    + " is not what the code says; rewrite it with -Dmailroom.docs.write=true");
        }
    }

    /** The lines that only one of them has, not two long tables; where there are none their order differs. */
    private static String difference(String code, String page) {
        if (code.equals(page)) {
            return "";
        }
        String lines = only("the code says: ", code, page) + only("the page says: ", page, code);
        return lines.isEmpty() ? "the same lines in another order" : lines;
    }

    private static String only(String label, String text, String other) {
        Set<String> lines = new LinkedHashSet<>(text.lines().toList());
        lines.removeAll(other.lines().toList());
        return lines.stream().map(line -> "\n" + label + line).collect(Collectors.joining());
    }

    private static Path pageOf(String name) {
        List<Path> found = pages().stream().filter(page -> text(page).contains(mark(name, "begin"))).toList();
        if (found.size() != 1) {
            throw new AssertionError(mark(name, "begin") + " must stand on one page, but stands on " + found);
        }
        return found.get(0);
    }

    private static int begin(String text, String name) {
        return text.indexOf(mark(name, "begin")) + mark(name, "begin").length() + 1;
    }

    private static int end(String text, String name) {
        int end = text.indexOf(mark(name, "end"), begin(text, name));
        if (end < 0) {
            throw new AssertionError(mark(name, "end") + " is missing");
        }
        return end;
    }

    private static String mark(String name, String side) {
        return "<!-- " + name + ":" + side + " -->";
    }

    private static void write(Path page, String text) {
        try {
            Files.writeString(page, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tests run in the folder of their module. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("docs"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
