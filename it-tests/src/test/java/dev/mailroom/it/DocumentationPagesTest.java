package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.Documentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the pages show is what tests compile and run. A block of code stands below a comment
 * {@code <!-- from FILE -->} and is a part of that file, which a test compiles or deploys, or between the two comments
 * by which a test reads it ({@link Documentation#block}).
 */
final class DocumentationPagesTest {
    private static final Pattern BLOCK = Pattern.compile(
            "(?:<!-- from (\\S+) -->\n)?```(java|xml|properties|sql|json|html)\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern IMPORT = Pattern.compile(
            "import (?:static )?(dev\\.mailroom\\.[a-z.]+\\.[A-Z]\\w*)(?:\\.\\w+)?;");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    @Test
    void whatIsShownIsAPartOfWhatIsTested() {
        assertAll(Documentation.pages().stream().flatMap(page -> matches(BLOCK, Documentation.text(page))
                .map(block -> () -> assertShown(page, block))));
    }

    @Test
    void everyLinkLeadsSomewhere() {
        assertAll(Documentation.pages().stream().flatMap(page -> matches(LINK, Documentation.text(page))
                .map(link -> () -> assertLeads(page, link.group(1), link.group(2)))));
    }

    @Test
    void whoCopiesASampleFindsThePackagesOnItsPage() {
        assertAll(Stream.of("docs/application.md", "docs/receiving.md").flatMap(page -> {
            String text = Documentation.text(page);
            return matches(BLOCK, text).filter(block -> block.group(1) != null)
                    .flatMap(block -> matches(IMPORT, Documentation.text(block.group(1)))
                    .filter(line -> uses(block.group(3), line.group())).map(line -> line.group(1)))
                    .map(type -> () -> assertTrue(text.contains(type), page + " does not name " + type));
        }));
    }

    private static boolean uses(String sample, String line) {
        String name = line.substring(line.lastIndexOf('.') + 1, line.length() - 1);
        return Pattern.compile("\\b" + name + "\\b").matcher(sample).find();
    }

    @Test
    void theReadmeIsShort() {
        assertTrue(Documentation.text("README.md").lines().count() <= 200, "README.md has more than 200 lines");
    }

    private static void assertShown(Path page, MatchResult block) {
        if (block.group(1) != null) {
            List<String> source = Documentation.text(block.group(1)).lines().toList();
            assertTrue(isPart(block.group(3).lines().toList(), source),
                    page + " must show lines of " + block.group(1) + " as they stand there, not\n" + block.group(3));
        } else {
            String text = Documentation.text(page).substring(0, block.start());
            assertTrue(text.endsWith(":begin -->\n"), page + ": no test compiles, or reads, this\n" + block.group(3));
        }
    }

    /** Only the indentation of the whole may be another. */
    private static boolean isPart(List<String> block, List<String> file) {
        return IntStream.rangeClosed(0, file.size() - block.size()).anyMatch(from -> {
            String indentation = file.get(from).substring(0, Math.max(0, file.get(from).indexOf(block.get(0))));
            return IntStream.range(0, block.size()).allMatch(i -> file.get(from + i)
                    .equals(block.get(i).isEmpty() ? "" : indentation + block.get(i)));
        });
    }

    private static void assertLeads(Path page, String file, String heading) {
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        assertTrue(Files.exists(target), page + " links to " + target + ", which is not there");
        if (heading != null) {
            Stream<MatchResult> headings = matches(HEADING, Documentation.text(target));
            assertEquals(1, headings.filter(it -> anchor(it.group(1)).equals(heading)).count(),
                    page + " links to " + file + "#" + heading);
        }
    }

    /** As the sites that show Markdown make it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
